using System.Collections.Immutable;
using System.Diagnostics;
using AsyncPitfalls.Benchmarks.Floors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>Cancels an analysis once its actions have run for a time together, and tells for how long the one goes on that runs then. It is for one thread.</summary>
/// <param name="moment">After which time; null for never.</param>
/// <param name="source">What is cancelled.</param>
internal sealed class CancelledCalls(TimeSpan? moment, CancellationTokenSource source) : ActionCalls
{
    private readonly Stopwatch clock = new();
    private TimeSpan cancelledAt;
    private volatile bool isOver;

    /// <summary>For how long actions have run.</summary>
    public TimeSpan Time => clock.Elapsed;

    /// <summary>Whether an action ran when the analysis was cancelled.</summary>
    public bool HasHit { get; private set; }

    /// <summary>The processor time from the cancellation to the end of that action.</summary>
    public TimeSpan Late { get; private set; }

    public override Action<T> InsteadOf<T>(Action<T> action) => context =>
    {
        clock.Start();
        try
        {
            action(context);
        }
        finally
        {
            clock.Stop();
            if (source.IsCancellationRequested && !HasHit)
                (HasHit, Late) = (true, Environment.CpuUsage.TotalTime - cancelledAt);
        }
    };

    public override Action<T> InsteadOfStart<T>(Action<T> action) =>
        context => action(context is OperationBlockStartAnalysisContext block ? (T)(object)new Block(block, this) : context);

    /// <summary>Waits for the moment, on a thread of its own.</summary>
    public Task WatchAsync() => Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Stops waiting.</summary>
    public void Stop() => isOver = true;

    private void Watch()
    {
        // Most actions end within microseconds, so that no thread that sleeps would meet one.
        while (!isOver && clock.Elapsed < moment)
            Thread.SpinWait(1);
        if (isOver || moment is null)
            return;
        cancelledAt = Environment.CpuUsage.TotalTime;
        source.Cancel();
    }

#pragma warning disable RS1012, CS0618 // It hands what is registered on; nobody else can make one.
    private sealed class Block(OperationBlockStartAnalysisContext start, CancelledCalls calls)
        : OperationBlockStartAnalysisContext(start.OperationBlocks, start.OwningSymbol, start.Compilation, start.Options, start.CancellationToken)
    {
        public override void RegisterOperationBlockEndAction(Action<OperationBlockAnalysisContext> action) => start.RegisterOperationBlockEndAction(calls.InsteadOf(action));

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) =>
            start.RegisterOperationAction(calls.InsteadOf(action), operationKinds);
    }
#pragma warning restore RS1012, CS0618
}
