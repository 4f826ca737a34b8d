using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Waits for tasks that keep their thread waiting, which not all do that are written so.</summary>
internal sealed class GenuineWaits(AsyncModel model)
{
    /// <summary>
    /// The wait that an operation is; null for all others, for one that only asks, for one that comes after the task has
    /// completed, and for one whose task only logs, so that neither it nor the wait should be there. It asks neither whether
    /// the code runs where it stands (<see cref="UnexecutedCode"/>) nor on whose thread (<see cref="DedicatedThreads"/>).
    /// </summary>
    public BlockingWait? Of(IOperation operation, CancellationToken cancellation) =>
        model.BlockingWaits.Of(operation) is { ReturnsAtOnce: false } wait && !IsOver(wait, cancellation) && !WaitsForLogging(wait)
            ? wait
            : null;

    /// <summary>Whether what is waited for has completed before the wait, so that nothing blocks.</summary>
    private bool IsOver(BlockingWait wait, CancellationToken cancellation) => wait.Form switch
    {
        BlockingForm.SpinLoop or BlockingForm.SpinUntil => false,
        BlockingForm.WaitAny => wait.Tasks.Any(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
        _ => !wait.Tasks.IsEmpty && wait.Tasks.All(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
    };

    private bool WaitsForLogging(BlockingWait wait) =>
        wait.Awaited is { } task
        && model.Awaitables.Behind(task) is IInvocationOperation call
        && OffloadedLogging.Of(call, model) is not null;
}
