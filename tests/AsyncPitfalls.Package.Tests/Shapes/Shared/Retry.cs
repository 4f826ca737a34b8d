namespace Shop.Shared;

internal class Retry
{
    public async Task AgainAsync(Func<Task<bool>> attempt)
    {
        while (!await attempt())
        {
            // AP0013
            Thread.Sleep(1000);
        }
    }
}
