namespace Orders;

public class Import(SynchronizationContext loop)
{
    public void Run(Action work)
    {
        // AP0025
        SynchronizationContext.SetSynchronizationContext(loop);
        work();
    }
}
