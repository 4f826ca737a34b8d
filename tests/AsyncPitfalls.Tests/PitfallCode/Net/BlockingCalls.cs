using System.Diagnostics;

namespace Pitfalls;

public sealed class BlockingCalls
{
    private readonly SemaphoreSlim gate = new(1);
    private volatile bool ready;

    public async Task ImportAsync(IAsyncEnumerable<string> lines, Process process, CancellationToken cancellationToken)
    {
        gate.{|AP0013:Wait|}(cancellationToken);
        try
        {
            foreach (var line in lines.{|AP0013:ToBlockingEnumerable|}())
                await SaveAsync(line, cancellationToken);
        }
        finally
        {
            gate.Release();
        }

        process.{|AP0013:WaitForExit|}();
        if (!process.{|AP0013:WaitForExit|}(1000))
            SpinWait.{|AP0013:SpinUntil|}(() => ready);
        Parallel.{|AP0013:ForEach|}(new[] { 1, 2, 3 }, number =>
        {
            if (number > 1)
                Thread.Sleep(number);
        });
    }

    public Task<int> ReadAsync(Stream stream, byte[] buffer)
    {
        var count = stream.{|AP0013:EndRead|}(stream.BeginRead(buffer, 0, buffer.Length, null, null));
        if (count == 0)
            return Task.FromResult(0);
        Thread.{|AP0013:Sleep|}(10);
        return stream.ReadAsync(buffer, 0, count);
    }

    public async Task<string?> AskAsync(Thread worker)
    {
        await Task.Yield();
        worker.{|AP0013:Join|}();
        return Console.{|AP0013:ReadLine|}();
    }

    private static async Task SaveAsync(string line, CancellationToken cancellationToken)
    {
        Thread.{|AP0013:Sleep|}(100);
        await File.AppendAllTextAsync("lines.txt", line, cancellationToken);
    }
}
