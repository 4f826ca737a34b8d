using System.Collections.Concurrent;

namespace OrderService;

/// <summary>A loop as a desktop program has it: one thread that draws, and does what others post to it in turn.</summary>
public sealed class DisplayLoop : SynchronizationContext
{
    private readonly BlockingCollection<Action> _work = [];

    public DisplayLoop() => new Thread(Run) { IsBackground = true, Name = "Display" }.Start();

    public override void Post(SendOrPostCallback callback, object? state) => _work.Add(() => callback(state));

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

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }
}
