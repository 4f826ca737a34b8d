namespace Pitfalls;

public sealed class Till
{
    [ThreadStatic]
    private static string? cashier;

    private readonly object gate = new();
    private readonly ReaderWriterLockSlim drawer = new();
    private decimal cash;

    public async Task PayAsync(decimal amount, Stream log)
    {
        {|AP0016:Monitor.Enter(gate)|};
        try
        {
            cash += amount;
            await log.WriteAsync(new byte[1]);
        }
        finally
        {
            Monitor.Exit(gate);
        }
    }

    public async IAsyncEnumerable<decimal> CountAsync(IAsyncEnumerable<decimal> coins)
    {
        cashier = "Ann";
        if (!{|AP0016:drawer.TryEnterReadLock(100)|})
            yield break;
        await foreach (var coin in coins.ConfigureAwait(false))
            yield return coin;
        drawer.ExitReadLock();
        Console.WriteLine({|AP0016:cashier|});
    }
}
