using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way a thread waits for the loop of another.</summary>
internal enum ForeignWaitKind
{
    /// <summary>A synchronous hand-over: <c>Dispatcher.Invoke</c>, <c>Control.Invoke</c>.</summary>
    Invoke,

    /// <summary><c>SynchronizationContext.Send</c>.</summary>
    Send,

    /// <summary>A wait for work that was handed over before.</summary>
    Result,

    /// <summary>A wait for what <c>BeginInvoke</c> returned, by <c>EndInvoke</c>.</summary>
    EndInvoke,

    /// <summary><c>Thread.Join</c> on a thread that runs a loop.</summary>
    Join,
}

/// <summary>A place where a thread blocks until the loop of another thread has done something.</summary>
/// <param name="Kind">In which way it waits.</param>
/// <param name="Name">The name of the member that waits, which is where it is reported.</param>
/// <param name="Operation">The whole operation that waits.</param>
/// <param name="Awaited">What is waited for; null where the operation itself hands the work over.</param>
/// <param name="Source">The call that handed the work over, or that runs the thread's loop; null where the operation itself does.</param>
/// <param name="IsMeant">Whether the code has asked first which thread it is on, or waits for nothing: no rule has anything to say there.</param>
internal sealed record ForeignWait(ForeignWaitKind Kind, SyntaxNode Name, IOperation Operation, IOperation? Awaited, IOperation? Source, bool IsMeant);

/// <summary>Waits for the loop of another thread.</summary>
internal sealed class ForeignLoops(AsyncModel model)
{
    private readonly ForeignWork work = new(model);
    private readonly LoopAccessChecks checks = new(model);
    private readonly LoopThreads threads = new(model);

    /// <summary>Whether an operation waits for the loop of another thread, so that rules which speak of blocking in general have nothing to add.</summary>
    public bool Concern(IOperation operation, CancellationToken cancellation = default) => Of(operation, cancellation) is not null;

    /// <summary>The wait for another thread's loop that an operation is; null for all others.</summary>
    public ForeignWait? Of(IOperation operation, CancellationToken cancellation = default)
    {
        if (operation is IInvocationOperation call && OfCall(call, cancellation) is { } ofCall)
            return ofCall;
        if (model.BlockingWaits.Of(operation) is not { } wait)
            return null;
        var awaited = wait.Awaited ?? (wait.Operation as IInvocationOperation)?.Arguments.FirstOrDefault()?.Value;
        return work.SourceOf(awaited, cancellation) is { } source
            ? Make(ForeignWaitKind.Result, wait.Name, operation, awaited, source, cancellation)
            : null;
    }

    private ForeignWait? OfCall(IInvocationOperation call, CancellationToken cancellation)
    {
        var (name, type) = (call.TargetMethod.Name, call.TargetMethod.ContainingType);
        var types = model.Types;
        switch (name)
        {
            case "Invoke" when IsDispatcher(type) || KnownTypes.SameOrBelow(type, types.SynchronizeInvoke) || KnownTypes.Same(type, types.WpfDispatcherExtensions):
                return IsInAsyncFunction(call) ? Make(ForeignWaitKind.Invoke, call, null, null, cancellation) : null;
            case "Send" when KnownTypes.SameOrBelow(type, types.SynchronizationContext):
                return IsInAsyncFunction(call) ? Make(ForeignWaitKind.Send, call, null, null, cancellation) : null;
            case "Wait" when work.IsOperation(type):
                return Make(ForeignWaitKind.Result, call, call.Instance, work.SourceOf(call.Instance, cancellation), cancellation);
            case "EndInvoke" when KnownTypes.SameOrBelow(type, types.SynchronizeInvoke) && call.Arguments is [{ Value: var begun }]:
                return work.SourceOf(begun, cancellation) is { } source ? Make(ForeignWaitKind.EndInvoke, call, begun, source, cancellation) : null;
            case "Join" when KnownTypes.Same(type, types.Thread):
                return threads.LoopOf(call.Instance, cancellation) is { } loop ? Make(ForeignWaitKind.Join, call, call.Instance, loop, cancellation) : null;
            default:
                return null;
        }
    }
}
