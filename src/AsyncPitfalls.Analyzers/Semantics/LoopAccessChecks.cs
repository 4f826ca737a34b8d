using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Questions whether this thread is the loop's own, or the loop done: <c>CheckAccess()</c>, <c>InvokeRequired</c>, <c>operation.Status</c> and their kin.</summary>
internal sealed class LoopAccessChecks(AsyncModel model)
{
    /// <summary>Whether an operation runs only with one answer to such a question, in the same function: a branch of it, or what follows an early exit.</summary>
    public bool Guard(IOperation operation, CancellationToken cancellation)
    {
        for (var (child, current) = (operation, operation.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (GuardOf(current, child) is { } guard && Asks(guard, cancellation))
                return true;
            if (current is IBlockOperation block && block.Operations.TakeWhile(statement => statement != child).Any(statement => IsEarlyExit(statement, cancellation)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a value is the loop that runs here: <c>Dispatcher.CurrentDispatcher</c>, <c>SynchronizationContext.Current</c>. What is sent to it runs at once.</summary>
    public static bool IsOwnLoop(IOperation? value, KnownTypes types) =>
        ConditionalAccesses.Receiver(value) is IPropertyReferenceOperation { Property: { Name: var name, ContainingType: var type } }
        && (name == "CurrentDispatcher" && KnownTypes.Same(type, types.WpfDispatcher) || name == "Current" && KnownTypes.Same(type, types.SynchronizationContext));

    /// <summary>The question on which it depends whether a child of an operation runs; null where it always does.</summary>
    private static IOperation? GuardOf(IOperation operation, IOperation child) => operation switch
    {
        IConditionalOperation conditional when child != conditional.Condition => conditional.Condition,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when child == binary.RightOperand => binary.LeftOperand,
        ISwitchOperation choice when child != choice.Value => choice.Value,
        ISwitchExpressionOperation choice when child != choice.Value => choice.Value,
        IWhileLoopOperation { Condition: { } condition } loop when child == loop.Body => condition,
        _ => null,
    };

    private bool IsEarlyExit(IOperation statement, CancellationToken cancellation) =>
        statement is IConditionalOperation conditional
        && (Leaves(conditional.WhenTrue) || Leaves(conditional.WhenFalse))
        && Asks(conditional.Condition, cancellation);

    private static bool Leaves(IOperation? branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: { IsEmpty: false } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

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
