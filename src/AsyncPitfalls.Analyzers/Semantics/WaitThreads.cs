using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which thread a wait blocks, as far as the code tells.</summary>
internal sealed class WaitThreads(AsyncModel model)
{
    /// <summary>
    /// Whether a wait blocks the loop on which the task has to go on, so that neither does: in a handler of a user interface or in what
    /// a loop runner runs. Work that was sent to the pool, a delay, and a wait that gives up are none.
    /// </summary>
    public bool Deadlocks(BlockingWait wait, CancellationToken cancellation) =>
        wait is { Timeout: null, Token: null, Awaited: { } task }
        && model.Awaitables.Behind(task) is IInvocationOperation call
        && !KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Task)
        && !KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.TaskFactory)
        && wait.Operation.SemanticModel is { } semantics
        && Functions.Around(wait.Name) is { } function
        && (model.Surroundings.Of(function, semantics, cancellation) == Surrounding.UserInterfaceHandler
            || model.LoopRunners.IsRunnerDelegate(function, semantics, cancellation));

    /// <summary>Whether a blocking operation holds a thread of the pool: in async functions, and in what a host calls.</summary>
    public bool IsOfPool(IOperation operation, CancellationToken cancellation) =>
        Functions.Around(operation.Syntax) is { } function
        && operation.SemanticModel is { } semantics
        && model.Surroundings.Of(function, semantics, cancellation) switch
        {
            Surrounding.RequestHandler or Surrounding.HostedService or Surrounding.CloudFunction => true,
            Surrounding.Ordinary => Functions.IsAsync(function),
            _ => false,
        };
}
