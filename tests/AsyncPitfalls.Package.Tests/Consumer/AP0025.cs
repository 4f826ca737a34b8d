namespace Orders;

public class Guest(SynchronizationContext loop)
{
    public void Run(Action work)
    {
        // AP0025
        SynchronizationContext.SetSynchronizationContext(loop);
        work();
    }
}
