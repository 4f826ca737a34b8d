using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is asked of a loop that is not there.</summary>
internal enum MissingLoopKind
{
    /// <summary><c>TaskScheduler.FromCurrentSynchronizationContext()</c>, which throws <c>InvalidOperationException</c>.</summary>
    Scheduler,

    /// <summary>A dereference of <c>SynchronizationContext.Current</c>, which is null.</summary>
    Context,

    /// <summary><c>Dispatcher.CurrentDispatcher</c>, which makes a dispatcher that nobody runs.</summary>
    Dispatcher,
}

/// <summary>A place that needs the loop of its thread, on a thread that has none.</summary>
/// <param name="Kind">What is asked of it.</param>
/// <param name="Use">The call or the property.</param>
/// <param name="Thread">Why there is none.</param>
internal sealed record MissingLoop(MissingLoopKind Kind, IOperation Use, LooplessThread Thread);

/// <summary>
/// Which places need the loop of their thread where none runs. What they do then:
/// https://learn.microsoft.com/dotnet/api/system.threading.tasks.taskscheduler.fromcurrentsynchronizationcontext ("The current
/// SynchronizationContext may not be used as a TaskScheduler"), and
/// https://learn.microsoft.com/dotnet/api/system.windows.threading.dispatcher.currentdispatcher ("If a Dispatcher is not associated
/// with the current thread, a new Dispatcher will be created").
/// </summary>
internal sealed class MissingLoops(AsyncModel model)
{
    /// <summary>What an operation asks of a loop that is not there; null for all other operations, and where the code has asked before whether there is one.</summary>
    public MissingLoop? Of(IOperation operation, CancellationToken cancellation) =>
        KindOf(operation) is { } kind
        && !model.Unexecuted.Holds(operation)
        && !IsAsked(operation, null)
        && (kind != MissingLoopKind.Context || IsDereferenced(operation, cancellation))
        && !(kind == MissingLoopKind.Scheduler && IsTried(operation))
        && model.LooplessThreads.Of(operation, cancellation) is { } thread
            ? new MissingLoop(kind, operation, thread)
            : null;

    private MissingLoopKind? KindOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "FromCurrentSynchronizationContext", ContainingType: var type } } when KnownTypes.Same(type, model.Types.TaskScheduler) => MissingLoopKind.Scheduler,
        IPropertyReferenceOperation when IsCurrent(operation) => MissingLoopKind.Context,
        IPropertyReferenceOperation { Property: { Name: "CurrentDispatcher", ContainingType: var type } } when KnownTypes.Same(type, model.Types.WpfDispatcher) => MissingLoopKind.Dispatcher,
        _ => null,
    };

    private bool IsCurrent(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true, ContainingType: var type } } && KnownTypes.Same(type, model.Types.SynchronizationContext);

    /// <summary>Whether something is asked of a value that fails where it is null: a member of it, on the spot or through the local that keeps it.</summary>
    private bool IsDereferenced(IOperation value, CancellationToken cancellation)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        if (HasMemberUsed(value))
            return true;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            && OwnOperations.FunctionAround(value).Descendants().OfType<ILocalReferenceOperation>().Any(read =>
                SymbolEqualityComparer.Default.Equals(read.Local, local)
                && HasMemberUsed(read)
                && !IsAsked(read, local)
                && Locals.OnlyValueOf(read, cancellation) is not null);
    }

    private static bool HasMemberUsed(IOperation value) => value.Parent switch
    {
        IInvocationOperation call => call.Instance == value,
        IMemberReferenceOperation member => member.Instance == value,
        _ => false,
    };

    /// <summary>Whether the code has asked before whether there is a loop: for the context, a local that holds it, or the thread's dispatcher.</summary>
    private bool IsAsked(IOperation operation, ILocalSymbol? local) => Guards.Hold(operation, condition => condition.DescendantsAndSelf().Any(part => part switch
    {
        ILocalReferenceOperation read => SymbolEqualityComparer.Default.Equals(read.Local, local),
        IInvocationOperation { TargetMethod: { Name: "FromThread" or "CheckAccess", ContainingType: var type } } => KnownTypes.Same(type, model.Types.WpfDispatcher) || KnownTypes.SameOrBelow(type, model.Types.WpfDispatcherObject),
        IPropertyReferenceOperation { Property: { Name: "InvokeRequired", ContainingType: var type } } => KnownTypes.SameOrBelow(type, model.Types.SynchronizeInvoke),
        _ => IsCurrent(part),
    }));

    /// <summary>Whether the exception for a missing context is caught by its type, so that the code goes on without one.</summary>
    private bool IsTried(IOperation operation)
    {
        for (var (inner, outer) = (operation, operation.Parent); outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is ITryOperation attempt && attempt.Body == inner && attempt.Catches.Any(handler => KnownTypes.Same(handler.ExceptionType, model.Types.InvalidOperationException)))
                return true;
        }

        return false;
    }
}
