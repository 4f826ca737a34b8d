using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What conditions say of whether a call has taken its lock: by its result, or by what it was passed by reference.</summary>
/// <param name="taking">The call.</param>
internal sealed class LockOutcome(LockCall taking)
{
    /// <summary>The variable that is true where the lock was taken, and false where it was not; null where there is none.</summary>
    private readonly ISymbol? flag = FlagOf(taking);

    private readonly HashSet<CaptureId> captures = [];

    /// <summary>Takes note of an operation of the graph that keeps the call's result for later.</summary>
    public void Note(IOperation operation)
    {
        if (operation is IFlowCaptureOperation { Value: var value } capture && In(value) is true)
            captures.Add(capture.Id);
    }

    /// <summary>Whether an operation gives the variable another value, so that it no longer tells.</summary>
    public bool IsForgottenAt(IOperation operation) =>
        flag is not null
        && operation is ISimpleAssignmentOperation { Target: var target, Value: var value }
        && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(target), flag)
        && In(value) is null;

    /// <summary>The value of a condition with which the lock is held; null where it does not tell.</summary>
    public bool? In(IOperation condition) => condition switch
    {
        IConversionOperation conversion => In(conversion.Operand),
        IParenthesizedOperation parenthesized => In(parenthesized.Operand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation => !In(negation.Operand),
        IInvocationOperation call => taking.TellsByResult && call.Syntax == taking.Call.Syntax ? true : null,
        IFlowCaptureReferenceOperation reference => captures.Contains(reference.Id) ? true : null,
        ISimpleAssignmentOperation assignment => In(assignment.Value),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => InComparison(comparison),
        IIsPatternOperation { Value: var value, Pattern: var pattern } => Same(In(value), Matched(pattern)),
        _ => flag is not null && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(condition), flag) ? true : null,
    };

    private bool? InComparison(IBinaryOperation comparison)
    {
        var (told, constant) = comparison.RightOperand.ConstantValue is { HasValue: true, Value: bool right }
            ? (comparison.LeftOperand, right)
            : comparison.LeftOperand.ConstantValue is { HasValue: true, Value: bool left } ? (comparison.RightOperand, left) : (null, false);
        if (told is null)
            return null;
        return Same(In(told), comparison.OperatorKind == BinaryOperatorKind.Equals ? constant : !constant);
    }

    private static bool? Same(bool? told, bool? compared) => told is null || compared is null ? null : told == compared;

    private static bool? Matched(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool constant } } => constant,
        INegatedPatternOperation negated => !Matched(negated.Pattern),
        _ => null,
    };

    private static ISymbol? FlagOf(LockCall taking)
    {
        if (taking.Taken is { } taken)
            return Variables.SymbolOf(taken);
        if (!taking.TellsByResult)
            return null;
        IOperation value = taking.Call;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd })
            value = value.Parent;
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
            ISimpleAssignmentOperation assignment when assignment.Value == value => Variables.SymbolOf(assignment.Target),
            _ => null,
        };
    }
}
