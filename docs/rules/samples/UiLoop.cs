using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A loop of one thread, as a window has it: it does what is posted to it, one thing after the other.</summary>
public sealed class UiLoop : SynchronizationContext
{
    private readonly BlockingCollection<Action> queue = new();

    /// <summary>Runs asynchronous work in a loop on this thread, and ends with that work.</summary>
    public static void Run(Func<Task> work)
    {
        var loop = new UiLoop();
        var previous = Current;
        SetSynchronizationContext(loop);
        try
        {
            var task = work();
            _ = task.ContinueWith(_ => loop.queue.CompleteAdding(), TaskScheduler.Default);
            foreach (var action in loop.queue.GetConsumingEnumerable())
                action();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>Starts a loop on a thread of its own, which ends with the process.</summary>
    public static UiLoop Start()
    {
        var loop = new UiLoop();
        var thread = new Thread(() =>
        {
            SetSynchronizationContext(loop);
            foreach (var action in loop.queue.GetConsumingEnumerable())
                action();
        });
        thread.IsBackground = true;
        thread.Start();
        return loop;
    }

    /// <summary>Puts something into the queue, and returns at once.</summary>
    public override void Post(SendOrPostCallback callback, object? state) => queue.Add(() => callback(state));

    /// <summary>Puts something into the queue, and keeps the calling thread until it is done.</summary>
    public override void Send(SendOrPostCallback callback, object? state)
    {
        using var done = new ManualResetEventSlim();
        Post(_ =>
        {
            callback(state);
            done.Set();
        }, null);
        done.Wait();
    }
}
