using System.Collections.Concurrent;

namespace Clean;

public sealed class MeantBlocking : IDisposable
{
    private readonly BlockingCollection<string> lines = new();
    private readonly SemaphoreSlim gate = new(1);
    private readonly object sync = new();
    private readonly Thread writer;
    private bool changed;

    public MeantBlocking()
    {
        writer = new Thread(Write) { IsBackground = true };
        writer.Start();
    }

    public async Task<bool> TryAddAsync(string line, CancellationToken cancellationToken)
    {
        if (!gate.Wait(0, cancellationToken))
            await gate.WaitAsync(cancellationToken);
        try
        {
            lines.Add(line, cancellationToken);
            return lines.TryTake(out _);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<int> CountAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            while (!changed)
                Monitor.Wait(sync);
        }

        await Parallel.ForEachAsync(numbers, cancellationToken, async (number, token) => await Task.Delay(number, token));
        return await Task.Run(() =>
        {
            Thread.Sleep(10);
            return lines.GetConsumingEnumerable(cancellationToken).Count();
        }, cancellationToken);
    }

    public void Change()
    {
        lock (sync)
        {
            changed = true;
            Monitor.PulseAll(sync);
        }
    }

    public void Dispose()
    {
        lines.CompleteAdding();
        writer.Join();
        lines.Dispose();
        gate.Dispose();
    }

    private void Write()
    {
        foreach (var line in lines.GetConsumingEnumerable())
            Console.WriteLine(line);
    }
}
