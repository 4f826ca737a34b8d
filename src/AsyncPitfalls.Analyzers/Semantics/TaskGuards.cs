using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a branch on a condition means for the task that some variables hold.</summary>
internal enum TaskBranch
{
    /// <summary>Nothing.</summary>
    Open,

    /// <summary>Somebody has asked for the task's state, and looks after it: nothing counts as lost there.</summary>
    CaredFor,

    /// <summary>No path with a task goes there.</summary>
    Impossible,
}

/// <summary>What a condition says of the task that some variables hold.</summary>
/// <param name="variableOf">The variable that an operation of the graph reads; null for other operations.</param>
/// <param name="holds">Whether a variable is one of those.</param>
internal sealed class TaskGuards(Func<IOperation, ISymbol?> variableOf, Func<ISymbol, bool> holds)
{
    /// <summary>What the branches mean that are taken where a condition is true, and where it is false.</summary>
    public (TaskBranch WhenTrue, TaskBranch WhenFalse) Of(IOperation condition)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                var (whenTrue, whenFalse) = Of(operand);
                return (whenFalse, whenTrue);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand);
            case IIsNullOperation isNull when Holds(isNull.Operand):
                return (TaskBranch.Impossible, TaskBranch.Open);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when Compared(comparison) is { } compared && Holds(compared):
                return comparison.OperatorKind == BinaryOperatorKind.Equals ? (TaskBranch.Impossible, TaskBranch.Open) : (TaskBranch.Open, TaskBranch.Impossible);
            case IIsPatternOperation pattern when pattern.Pattern is IDiscardPatternOperation || pattern.Pattern is IDeclarationPatternOperation { MatchesNull: true }:
                return (TaskBranch.Open, TaskBranch.Impossible);
            case IIsPatternOperation pattern when Tests(pattern) && IsNullTest(pattern.Pattern) is { } isNull:
                return isNull ? (TaskBranch.Impossible, TaskBranch.Open) : (TaskBranch.Open, TaskBranch.Impossible);
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled", Instance: { } task } when Holds(task):
                return (TaskBranch.CaredFor, TaskBranch.Open);
            default:
                // Any other question about the task itself, such as its status, is taken as care for it.
                return condition.DescendantsAndSelf().Any(operation => Holds(operation) || operation is IIsPatternOperation pattern && Tests(pattern)) ? (TaskBranch.CaredFor, TaskBranch.CaredFor) : (TaskBranch.Open, TaskBranch.Open);
        }
    }

    /// <summary>Whether a pattern is matched against the task, or has just put it into one of the variables.</summary>
    private bool Tests(IIsPatternOperation test) => Holds(test.Value) || TaskDestinations.NameIn(test.Pattern) is { } name && holds(name);

    /// <summary>Whether a pattern matches null alone, or all but null; null where it is no such test.</summary>
    private static bool? IsNullTest(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant when IsNull(constant.Value) => true,
        INegatedPatternOperation negated => !IsNullTest(negated.Pattern),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } recursive
            when SymbolEqualityComparer.Default.Equals(recursive.MatchedType, recursive.InputType) => false,
        _ => null,
    };

    private static IOperation? Compared(IBinaryOperation comparison) =>
        IsNull(comparison.RightOperand) ? comparison.LeftOperand : IsNull(comparison.LeftOperand) ? comparison.RightOperand : null;

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private bool Holds(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return variableOf(operation) is { } variable && holds(variable);
    }
}
