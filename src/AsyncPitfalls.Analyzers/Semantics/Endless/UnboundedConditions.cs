using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Conditions that let a loop go on until somebody outside stops it: constants, and what only reads a token, a source of one, or a field.</summary>
internal sealed class UnboundedConditions(AsyncModel model)
{
    private readonly TimedTokens timed = new(model);

    /// <summary>Whether a loop goes on for ever, or until a token is cancelled or a field is set.</summary>
    public bool Rules(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => Goes(condition),
        IForLoopOperation { Condition: var condition } => condition is null || Goes(condition),
        _ => false,
    };

    /// <summary>Whether a loop's condition is true for ever: it is constant, or there is none.</summary>
    public static bool IsConstant(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: var condition, ConditionIsUntil: false } => IsTrue(condition),
        IForLoopOperation { Condition: var condition } => condition is null || IsTrue(condition),
        _ => false,
    };

    /// <summary>Whether an operation asks a token, or a source of one, whether somebody outside has cancelled it.</summary>
    public bool AsksToken(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested", ContainingType: var type }, Instance: var asked }
        && (model.CancellationTokens.IsToken(type) || model.CancellationTokens.IsSource(type))
        && !timed.Are(asked, CancellationToken.None);

    /// <summary>Whether an operation waits for the next tick of a timer, which comes until the timer is disposed or the token cancelled.</summary>
    public bool AwaitsTick(IOperation operation) =>
        operation is IAwaitOperation { Operation: var task }
        && model.Awaitables.Behind(task) is IInvocationOperation { TargetMethod: { Name: "WaitForNextTickAsync", ContainingType: var type } }
        && KnownTypes.Same(type, model.Types.PeriodicTimer);

    /// <summary>Whether an expression is made of nothing but constants, tokens and fields.</summary>
    public bool Goes(IOperation condition) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => value is not false,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Goes(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or } both =>
            Goes(both.LeftOperand) && Goes(both.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared =>
            Goes(compared.LeftOperand) && IsBoolean(compared.RightOperand) || IsBoolean(compared.LeftOperand) && Goes(compared.RightOperand),
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation } tested => Goes(tested.Value),
        IConversionOperation conversion => Goes(conversion.Operand),
        IParenthesizedOperation parenthesized => Goes(parenthesized.Operand),
        IInvocationOperation { TargetMethod: { Name: "Read", ContainingType: var type }, Arguments.Length: 1 } read when KnownTypes.Same(type, model.Types.Volatile) =>
            Goes(read.Arguments[0].Value),
        IFieldReferenceOperation { Field: { IsConst: false, Type.SpecialType: SpecialType.System_Boolean } } => true,
        _ => AsksToken(condition) || AwaitsTick(condition),
    };

    private static bool IsTrue(IOperation? condition) => condition is { ConstantValue: { HasValue: true, Value: true } };

    private static bool IsBoolean(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: bool };
}
