using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Questions on whose answer it depends whether an operation runs.</summary>
internal static class Guards
{
    /// <summary>Whether an operation runs only with one answer to a question of some kind, in the same function: a branch of it, or what follows an early exit.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="asks">Whether a condition asks the question.</param>
    public static bool Hold(IOperation operation, Func<IOperation, bool> asks)
    {
        for (var (child, current) = (operation, operation.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (GuardOf(current, child) is { } guard && asks(guard))
                return true;
            if (current is IBlockOperation block && block.Operations.TakeWhile(statement => statement != child).Any(statement => IsEarlyExit(statement, asks)))
                return true;
        }

        return false;
    }

    /// <summary>The question on which it depends whether a child of an operation runs; null where it always does.</summary>
    private static IOperation? GuardOf(IOperation operation, IOperation child) => operation switch
    {
        IConditionalOperation conditional when child != conditional.Condition => conditional.Condition,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when child == binary.RightOperand => binary.LeftOperand,
        ISwitchOperation choice when child != choice.Value => choice.Value,
        ISwitchExpressionOperation choice when child != choice.Value => choice.Value,
        IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when child == loop.Body => condition,
        _ => null,
    };

    private static bool IsEarlyExit(IOperation statement, Func<IOperation, bool> asks) =>
        statement is IConditionalOperation conditional
        && (Leaves(conditional.WhenTrue) || Leaves(conditional.WhenFalse))
        && asks(conditional.Condition);

    private static bool Leaves(IOperation? branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IBlockOperation { Operations: { IsEmpty: false } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };
}
