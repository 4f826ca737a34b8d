using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What conditions say of whether a call has taken its lock: by its result, by what it was passed by reference, or by being the
/// decision, made again, whether to take it.
/// </summary>
/// <param name="taking">The call.</param>
internal sealed class LockOutcome(LockCall taking)
{
    /// <summary>The variables that tell, each with the value that it has where the lock was taken.</summary>
    private readonly Dictionary<ISymbol, bool> told = ToldBy(taking);

    private readonly HashSet<CaptureId> captures = [];

    /// <summary>Takes note of an operation of the graph that keeps the call's result for later.</summary>
    public void Note(IOperation operation)
    {
        if (operation is IFlowCaptureOperation { Value: var value } capture && In(value) is true)
            captures.Add(capture.Id);
    }

    /// <summary>Whether an operation gives one of the variables another value, so that it no longer tells.</summary>
    public bool IsForgottenAt(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target: var target, Value: var value }
        && Variables.SymbolOf(target) is { } variable
        && told.ContainsKey(variable)
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
        _ => Variables.SymbolOf(condition) is { } variable && told.TryGetValue(variable, out var value) ? value : null,
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

    private static Dictionary<ISymbol, bool> ToldBy(LockCall taking)
    {
        var told = new Dictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        foreach (var (outer, inner) in OwnOperations.Around(taking.Call))
        {
            if (outer is IConditionalOperation choice && choice.Condition != inner)
                Decide(choice.Condition, inner == choice.WhenTrue, told);
        }

        if (FlagOf(taking) is { } flag)
            told[flag] = true;
        return told;
    }

    /// <summary>Adds the locals and parameters whose value a condition tells that is known to be true or false.</summary>
    private static void Decide(IOperation condition, bool isTrue, Dictionary<ISymbol, bool> told)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                Decide(parenthesized.Operand, isTrue, told);
                break;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                Decide(negation.Operand, !isTrue, told);
                break;
            case IBinaryOperation { OperatorKind: var kind } both when kind == (isTrue ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr):
                Decide(both.LeftOperand, isTrue, told);
                Decide(both.RightOperand, isTrue, told);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                told[Correlation.VariableOf(condition)!] = isTrue;
                break;
        }
    }

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
