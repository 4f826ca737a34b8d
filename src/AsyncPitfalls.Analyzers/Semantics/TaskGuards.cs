using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a condition says of the task that some variables hold.</summary>
/// <param name="holds">Whether an operation, its conversions taken off, reads one of those variables.</param>
/// <param name="trustsQuestionsForState">Whether a question for the task's state counts as care for it.</param>
internal sealed class TaskGuards(Func<IOperation, bool> holds, bool trustsQuestionsForState)
{
    /// <summary>Whether a path is to be followed where a condition is true, and where it is false: not where the task is null or has completed.</summary>
    public (bool WhenTrue, bool WhenFalse) Of(IOperation condition)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                var (whenTrue, whenFalse) = Of(operand);
                return (whenFalse, whenTrue);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand);
            case IIsNullOperation isNull when Holds(isNull.Operand):
                return (false, true);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when Compared(comparison) is { } compared && Holds(compared):
                return comparison.OperatorKind == BinaryOperatorKind.Equals ? (false, true) : (true, false);
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } pattern when IsNull(constant.Value) && Holds(pattern.Value):
                return (false, true);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } pattern when IsNull(constant.Value) && Holds(pattern.Value):
                return (true, false);
            case var _ when !trustsQuestionsForState:
                return (true, true);
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled", Instance: { } task } when Holds(task):
                return (false, true);
            default:
                // Any other question about the task itself, such as its status, is taken as care for it.
                return condition.DescendantsAndSelf().Any(Holds) ? (false, false) : (true, true);
        }
    }

    private static IOperation? Compared(IBinaryOperation comparison) =>
        IsNull(comparison.RightOperand) ? comparison.LeftOperand : IsNull(comparison.LeftOperand) ? comparison.RightOperand : null;

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private bool Holds(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return holds(operation);
    }
}
