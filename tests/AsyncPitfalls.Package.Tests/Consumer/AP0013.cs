namespace Orders;

public class Pause
{
    public async Task<int> RetryAsync(Func<Task<int>> ask)
    {
        var count = await ask();
        // AP0013
        Thread.Sleep(100);
        return count + await ask();
    }
}
