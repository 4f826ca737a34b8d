using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
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
/// <param name="IsMeant">Whether the code has asked first which thread it is on, or waits for what is done already: no rule has anything to say there.</param>
internal sealed record ForeignWait(ForeignWaitKind Kind, SyntaxNode Name, IOperation Operation, IOperation? Awaited, IOperation? Source, bool IsMeant);

/// <summary>Waits for the loop of another thread.</summary>
internal sealed class ForeignLoops(AsyncModel model)
{
    private readonly ForeignWork work = new(model);
    private readonly LoopAccessChecks checks = new(model);
    private readonly LoopThreads threads = new(model);

    /// <summary>Whether an operation waits for the loop of another thread, so that rules which speak of blocking in general have nothing to add.</summary>
    public bool Concern(IOperation operation, CancellationToken cancellation = default) => Of(operation, cancellation) is not null;

    /// <summary>The loops to which work can be handed over by <c>Invoke</c>, as far as the compilation knows them.</summary>
    public ImmutableArray<INamedTypeSymbol> InvokingTypes => KnownTypes.Known(model.Types.WpfDispatcher, model.Types.AvaloniaDispatcher, model.Types.SynchronizeInvoke);

    /// <summary>What a dispatcher hands out for work that it is to do, as far as the compilation knows it.</summary>
    public ImmutableArray<INamedTypeSymbol> OperationTypes => KnownTypes.Known(model.Types.WpfDispatcherOperation, model.Types.AvaloniaDispatcherOperation);

    /// <summary>The wait for another thread's loop that an operation is; null for all others, and for hand-overs in synchronous functions.</summary>
    public ForeignWait? Of(IOperation operation, CancellationToken cancellation = default) => Find(operation, isCalledByAsync: false, cancellation);

    /// <summary>The wait for another thread's loop that an operation is where async code comes to run it, be the function around it async or not.</summary>
    public ForeignWait? OfCalledByAsync(IOperation operation, CancellationToken cancellation) => Find(operation, isCalledByAsync: true, cancellation);

    private ForeignWait? Find(IOperation operation, bool isCalledByAsync, CancellationToken cancellation)
    {
        if (operation is IInvocationOperation call && OfCall(call, isCalledByAsync, cancellation) is { } ofCall)
            return ofCall;
        if (operation is IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: { } read } && work.IsOperation(type))
            return Make(ForeignWaitKind.Result, operation, read, work.SourceOf(read, cancellation), cancellation);
        if (model.BlockingWaits.Of(operation) is not { } wait)
            return null;
        foreach (var task in wait.Tasks)
        {
            if (work.SourceOf(task, cancellation) is { } source)
                return Make(ForeignWaitKind.Result, operation, task, source, cancellation);
        }

        return null;
    }

    private ForeignWait? OfCall(IInvocationOperation call, bool isCalledByAsync, CancellationToken cancellation)
    {
        var (name, type) = (call.TargetMethod.Name, call.TargetMethod.ContainingType);
        var types = model.Types;
        switch (name)
        {
            case "Invoke" when IsLoop(type):
                return isCalledByAsync || IsInAsyncFunction(call) ? Make(ForeignWaitKind.Invoke, call, null, null, cancellation) : null;
            case "Send" when KnownTypes.SameOrBelow(type, types.SynchronizationContext):
                return isCalledByAsync || IsInAsyncFunction(call) ? Make(ForeignWaitKind.Send, call, null, null, cancellation) : null;
            case "Wait" when work.IsOperation(type):
                return Make(ForeignWaitKind.Result, call, call.Instance, work.SourceOf(call.Instance, cancellation), cancellation);
            case "EndInvoke" when KnownTypes.SameOrBelow(type, types.SynchronizeInvoke) && call.Arguments.Length == 1:
                var begun = call.Arguments[0].Value;
                return work.SourceOf(begun, cancellation) is { } source ? Make(ForeignWaitKind.EndInvoke, call, begun, source, cancellation) : null;
            case "WaitOne" when call.Instance is IPropertyReferenceOperation { Property: { Name: "AsyncWaitHandle" } handle, Instance: { } result } && KnownTypes.Same(handle.ContainingType, types.AsyncResult):
                return work.SourceOf(result, cancellation) is { } begin ? Make(ForeignWaitKind.EndInvoke, call, result, begin, cancellation) : null;
            case "Join" when KnownTypes.Same(type, types.Thread):
                return threads.LoopOf(call.Instance, cancellation) is { } loop ? Make(ForeignWaitKind.Join, call, call.Instance, loop, cancellation) : null;
            default:
                return null;
        }
    }

    private ForeignWait Make(ForeignWaitKind kind, IOperation operation, IOperation? awaited, IOperation? source, CancellationToken cancellation) =>
        new(kind, BlockingWaits.NameOf(operation.Syntax), operation, awaited, source, IsMeant(operation, cancellation) || IsOver(kind, awaited, cancellation));

    /// <summary>Whether what is waited for has been done before the wait.</summary>
    private bool IsOver(ForeignWaitKind kind, IOperation? awaited, CancellationToken cancellation) =>
        kind is ForeignWaitKind.Result or ForeignWaitKind.EndInvoke && awaited is not null
        && (model.CompletedTasks.IsKnownCompleted(awaited, cancellation) || work.IsOfCompletedEvent(awaited));

    // Calls of delegates are calls of 'Invoke' too, and there are many.
    private bool IsLoop(ITypeSymbol type) =>
        type.TypeKind != TypeKind.Delegate
        && (KnownTypes.SameOrBelow(type, model.Types.WpfDispatcher)
            || KnownTypes.SameOrBelow(type, model.Types.AvaloniaDispatcher)
            || KnownTypes.SameOrBelow(type, model.Types.SynchronizeInvoke)
            || KnownTypes.Same(type, model.Types.WpfDispatcherExtensions));

    private static bool IsInAsyncFunction(IOperation operation) => Functions.IsAsync(Functions.Around(operation.Syntax));

    private bool IsMeant(IOperation operation, CancellationToken cancellation) =>
        checks.Guard(operation, cancellation) || LoopAccessChecks.IsOwnLoop((operation as IInvocationOperation)?.Instance, model.Types) || operation is IInvocationOperation call && (WaitsForNothing(call) || IsAfterShutdown(call));

    private bool WaitsForNothing(IInvocationOperation call) =>
        call.TargetMethod.Name is "Wait" or "Join"
        && !call.Arguments.IsEmpty
        && model.BlockingWaits.IsZero(call.Arguments[0].Value);

    /// <summary>Whether a <c>Join</c> comes after the loop has been told to end, in the same body.</summary>
    private bool IsAfterShutdown(IInvocationOperation join)
    {
        IOperation body = join;
        while (body is { Parent: { } parent } and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            body = parent;
        return join.TargetMethod.Name == "Join" && OwnOperations.Of(body)
            .TakeWhile(operation => operation != join)
            .Any(operation => operation is IInvocationOperation call && EndsLoop(call.TargetMethod));
    }

    private bool EndsLoop(IMethodSymbol method) => method.Name switch
    {
        "InvokeShutdown" or "BeginInvokeShutdown" => KnownTypes.SameOrBelow(method.ContainingType, model.Types.WpfDispatcher) || KnownTypes.SameOrBelow(method.ContainingType, model.Types.AvaloniaDispatcher),
        "Shutdown" => KnownTypes.SameOrBelow(method.ContainingType, model.Types.WpfApplication),
        "Exit" or "ExitThread" => KnownTypes.Same(method.ContainingType, model.Types.WinFormsApplication),
        _ => false,
    };
}
