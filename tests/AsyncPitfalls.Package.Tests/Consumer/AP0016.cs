namespace Orders;

public class Shelf
{
    private readonly object _gate = new();
    private int _count;

    public async Task<int> RefreshAsync(Func<Task<int>> count)
    {
        // AP0016
        Monitor.Enter(_gate);
        try
        {
            _count = await count();
            return _count;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
