using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Questions whether this thread is the loop's own, or the loop done: <c>CheckAccess()</c>, <c>InvokeRequired</c>, <c>operation.Status</c> and their kin.</summary>
internal sealed class LoopAccessChecks(AsyncModel model)
{
    /// <summary>Whether an operation runs only with one answer to such a question, in the same function: a branch of it, or what follows an early exit.</summary>
    public bool Guard(IOperation operation, CancellationToken cancellation) => Guards.Hold(operation, condition => Asks(condition, cancellation));

    /// <summary>Whether a value is the loop that runs here: <c>Dispatcher.CurrentDispatcher</c>, <c>SynchronizationContext.Current</c>. What is sent to it runs at once.</summary>
    public static bool IsOwnLoop(IOperation? value, KnownTypes types) =>
        ConditionalAccesses.Receiver(value) is IPropertyReferenceOperation { Property: { Name: var name, ContainingType: var type } }
        && (name == "CurrentDispatcher" && KnownTypes.Same(type, types.WpfDispatcher) || name == "Current" && KnownTypes.Same(type, types.SynchronizationContext));

    private bool Asks(IOperation condition, CancellationToken cancellation) =>
        condition.DescendantsAndSelf().Any(operation =>
            IsCheck(operation)
            || operation is ILocalReferenceOperation && model.AssignedValues.Of(operation, cancellation) is { } values && values.Any(value => value.DescendantsAndSelf().Any(IsCheck)));

    private bool IsCheck(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "CheckAccess", ContainingType: var type } } =>
            KnownTypes.SameOrBelow(type, model.Types.WpfDispatcher)
            || KnownTypes.SameOrBelow(type, model.Types.WpfDispatcherObject)
            || KnownTypes.SameOrBelow(type, model.Types.AvaloniaDispatcher)
            || KnownTypes.SameOrBelow(type, model.Types.AvaloniaObject),
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: var type } } => name switch
        {
            "InvokeRequired" => KnownTypes.SameOrBelow(type, model.Types.SynchronizeInvoke),
            "Thread" => KnownTypes.SameOrBelow(type, model.Types.WpfDispatcher) && IsComparedWithAnother(operation),
            "Status" => KnownTypes.SameOrBelow(type, model.Types.WpfDispatcherOperation) || KnownTypes.SameOrBelow(type, model.Types.AvaloniaDispatcherOperation),
            "IsMainThread" => KnownTypes.Same(type, model.Types.MauiMainThread) || KnownTypes.Same(type, model.Types.XamarinMainThread),
            "IsDispatchRequired" => KnownTypes.SameOrBelow(type, model.Types.MauiDispatcher),
            "HasThreadAccess" => KnownTypes.Same(type, model.Types.WinUIDispatcherQueue) || KnownTypes.Same(type, model.Types.WindowsDispatcherQueue),
            "Current" => KnownTypes.Same(type, model.Types.SynchronizationContext) && IsComparedWithAnother(operation),
            _ => false,
        },
        _ => false,
    };

    /// <summary>Whether a context or thread is compared with another one, and not with <c>null</c>.</summary>
    private static bool IsComparedWithAnother(IOperation context)
    {
        var side = context;
        while (side.Parent is IConversionOperation or IParenthesizedOperation)
            side = side.Parent;
        return side.Parent is IBinaryOperation comparison
            && (comparison.LeftOperand == side ? comparison.RightOperand : comparison.LeftOperand) is not (ILiteralOperation or IConversionOperation { Operand: ILiteralOperation });
    }
}
