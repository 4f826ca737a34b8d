namespace Orders;

public class Screen
{
    public Task RefreshAsync()
    {
        // AP0017
        return Task.Run(() => SynchronizationContext.Current!.Post(_ => Console.Title = "orders", null));
    }
}
