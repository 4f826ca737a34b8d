using System.Diagnostics;

namespace Plain;

internal static class Program
{
    private static readonly object Gate = new();
    private static int runs;

    private static void Main()
    {
        using var process = Process.Start("git", "status");
        process.WaitForExit();

        using var ready = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            lock (Gate)
                runs++;
            ready.Set();
        });
        thread.Start();
        ready.Wait();
        thread.Join();

        Parallel.For(0, 10, number => Interlocked.Add(ref runs, number));
        Console.WriteLine(runs);
        Console.ReadLine();
    }
}
