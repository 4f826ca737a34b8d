using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What follows from the truth of a condition: of <c>t.IsCompleted</c>, <c>winner == t</c>, <c>t.Wait(100)</c>, <c>ts.All(t => t.IsCompleted)</c>.</summary>
internal sealed class CompletionGuards(CompletionQuestions ask)
{
    private static readonly ImmutableHashSet<Fact> Nothing = ImmutableHashSet<Fact>.Empty;

    private readonly AsyncModel model = ask.Model;

    /// <summary>The state where a condition has turned out true or false.</summary>
    public CompletionState Refine(CompletionState state, IOperation condition, bool value) =>
        Follows(condition, value, state) is { } facts ? state.Learn(facts) : CompletionState.Unreachable;

    /// <summary>The facts that follow where a condition is true, or false; null where it cannot be.</summary>
    public ImmutableHashSet<Fact>? Follows(IOperation condition, bool value, CompletionState state)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
            return constant == value ? Nothing : null;
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Follows(parenthesized.Operand, value, state);
            case IConversionOperation conversion:
                return Follows(conversion.Operand, value, state);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Follows(not.Operand, !value, state);
            case IBinaryOperation binary:
                return OfBinary(binary, value, state);
            case IIsPatternOperation match:
                return ask.Patterns.Follows(ask.Patterns.InputOf(match), match.Pattern, value);
            case IIsNullOperation isNull:
                return value ? IsNull(isNull.Operand) : NotNull(isNull.Operand, state);
            case IPropertyReferenceOperation { Instance: { } instance } property when value && IsCompletion(property):
                return All(ask.Values.WhenCompleted(instance, state, normally: property.Property.Name == "IsCompletedSuccessfully"));
            case IPropertyReferenceOperation { Instance: { } instance } property when IsCompletion(property) && IsFailure(property):
                return NotFailed(instance, property.Property.Name == "IsFaulted" ? FactKind.NotFaulted : FactKind.NotCanceled);
            case IInvocationOperation { TargetMethod: { Name: "GetValueOrDefault", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable }:
                return value ? Follows(nullable, value, state) : Nothing;
            case IInvocationOperation call:
                return All(OfCall(call, value, state), About(condition, value));
            case IAwaitOperation await when MovedOn(await.Operation) is { } enumerator:
                return value ? Nothing : AllVisited(enumerator, state);
            default:
                return All(About(condition, value));
        }
    }

    /// <summary>Whether a property is true only of a completed task or awaiter.</summary>
    public bool IsCompletion(IPropertyReferenceOperation property) => property.Property.Name switch
    {
        "IsCompleted" => model.Awaitables.IsTaskOrValueTask(property.Property.ContainingType) || model.Awaitables.IsAwaiter(property.Instance?.Type)
            || KnownTypes.Same(property.Property.ContainingType, model.Types.AsyncResult),
        "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" => model.Awaitables.IsTaskOrValueTask(property.Property.ContainingType),
        _ => false,
    };

    /// <summary>Whether an operation reads a property of a task.</summary>
    public bool IsTaskProperty(IOperation? operation, string name) =>
        operation is IPropertyReferenceOperation { Instance: not null } property
        && property.Property.Name == name
        && model.Awaitables.IsTask(property.Property.ContainingType);

    /// <summary>Whether a constant is a <c>TaskStatus</c> that no task leaves again: <c>RanToCompletion</c>, <c>Canceled</c> or <c>Faulted</c>, which are 5, 6 and 7.</summary>
    public static bool IsFinal(object? status) => status is int and >= 5 and <= 7;

    /// <summary>The facts that follow where a value is not null.</summary>
    public ImmutableHashSet<Fact> NotNull(IOperation operation, CompletionState state)
    {
        var value = operation is IConversionOperation conversion ? conversion.Operand : operation;
        var own = ask.Paths.Of(value) is { } path ? All([new Fact(FactKind.NotNull, path)]) : Nothing;
        return IsTaskProperty(value, "Exception")
            ? All(own, ask.Values.WhenCompleted(((IPropertyReferenceOperation)value).Instance!, state))
            : own;
    }

    /// <summary>What holds where both of two things do; null where one of them cannot.</summary>
    public static ImmutableHashSet<Fact>? Both(ImmutableHashSet<Fact>? one, ImmutableHashSet<Fact>? other) =>
        one is null || other is null ? null : one.Union(other);

    /// <summary>What holds where one of two things does; null where neither can.</summary>
    public static ImmutableHashSet<Fact>? Either(ImmutableHashSet<Fact>? one, ImmutableHashSet<Fact>? other) =>
        one is null ? other : other is null ? one : one.Intersect(other);

    private static ImmutableHashSet<Fact> All(params IEnumerable<Fact>[] facts) => facts.SelectMany(some => some).ToImmutableHashSet();

    /// <summary>Where a task is null, no wait for it can block.</summary>
    private ImmutableHashSet<Fact>? IsNull(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: not null })
            return null;
        var value = operation is IConversionOperation conversion ? conversion.Operand : operation;
        return model.Awaitables.IsTask(value.Type) && ask.Paths.Of(value) is { } path
            ? All([new Fact(FactKind.Completed, path)])
            : Nothing;
    }

    private static bool IsFailure(IPropertyReferenceOperation property) => property.Property.Name is "IsFaulted" or "IsCanceled";

    private ImmutableHashSet<Fact> NotFailed(IOperation task, FactKind kind) =>
        ask.Paths.Of(task) is { } path ? All([new Fact(kind, path)]) : Nothing;

    private IEnumerable<Fact> About(IOperation condition, bool value) =>
        ask.Paths.Of(condition) is { } path ? [new Fact(value ? FactKind.True : FactKind.False, path)] : [];

    private ImmutableHashSet<Fact>? OfBinary(IBinaryOperation binary, bool value, CompletionState state)
    {
        var (left, right) = (binary.LeftOperand, binary.RightOperand);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And:
                var (l, r) = (Follows(left, value, state), Follows(right, value, state));
                return value ? Both(l, r) : Either(l, r);
            case BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or:
                var (first, second) = (Follows(left, value, state), Follows(right, value, state));
                return value ? Either(first, second) : Both(first, second);
            case BinaryOperatorKind.Equals:
                return OfEquality(left, right, value, state);
            case BinaryOperatorKind.NotEquals:
                return OfEquality(left, right, !value, state);
            case BinaryOperatorKind.GreaterThanOrEqual when value && IsFinal(right.ConstantValue.Value):
            case BinaryOperatorKind.GreaterThan when value && right.ConstantValue.Value is int and >= 4:
            case BinaryOperatorKind.LessThan when !value && IsFinal(right.ConstantValue.Value):
                return StatusIsFinal(left, state);
            default:
                return Nothing;
        }
    }

    private ImmutableHashSet<Fact>? OfEquality(IOperation left, IOperation right, bool equal, CompletionState state)
    {
        if (ConstantOf(left).HasValue)
            (left, right) = (right, left);
        if (ConstantOf(right) is not { HasValue: true, Value: var constant })
            return equal ? All(OfSame(left, right, state), OfSame(right, left, state)) : All(OfOther(left, right, state), OfOther(right, left, state));
        switch (constant)
        {
            case null:
                return equal ? IsNull(left) : NotNull(left, state);
            case bool truth when equal:
                return Follows(left, truth, state);
            case bool truth:
                return left.Type?.SpecialType == SpecialType.System_Boolean ? Follows(left, !truth, state) : Nothing;
            case int number when equal:
                var same = ask.Paths.Of(left) is { } path ? All([new Fact(FactKind.Constant, path, number)]) : Nothing;
                return All(same, IsFinal(number) ? StatusIsFinal(left, state) : Nothing, WhereWinnerIs(left, number, state));
            default:
                return Nothing;
        }
    }

    private static Optional<object?> ConstantOf(IOperation operation)
    {
        while (operation is IConversionOperation { ConstantValue.HasValue: false } conversion)
            operation = conversion.Operand;
        return operation is IDefaultValueOperation { Type.IsReferenceType: true } ? new Optional<object?>(null) : operation.ConstantValue;
    }

    /// <summary>What follows of a value that is the same as one that has completed.</summary>
    private IEnumerable<Fact> OfSame(IOperation completed, IOperation other, CompletionState state) =>
        ask.Values.IsCompleted(completed, state) ? ask.Values.WhenCompleted(other, state) : [];

    /// <summary>What follows of a value that is not another: of two tasks, the one that has not won has lost.</summary>
    private IEnumerable<Fact> OfOther(IOperation value, IOperation other, CompletionState state)
    {
        if (ask.Paths.Of(other) is not { } otherPath)
            return [];
        if (ask.Values.ContendersOf(value) is { } contenders)
            return WhereOtherWon(contenders, state).Where(won => won.Lost.Equals(otherPath)).SelectMany(won => won.Follows);
        return ask.Paths.Of(value) is { } path ? [new Fact(FactKind.IsOther, path, otherPath)] : [];
    }

    /// <summary>For each of two tasks, what follows where it is not the winner.</summary>
    public IEnumerable<(ValuePath Lost, IEnumerable<Fact> Follows)> WhereOtherWon((IOperation One, IOperation Other) contenders, CompletionState state)
    {
        if (ask.Paths.Of(contenders.One) is { } one)
            yield return (one, ask.Values.WhenCompleted(contenders.Other, state));
        if (ask.Paths.Of(contenders.Other) is { } other)
            yield return (other, ask.Values.WhenCompleted(contenders.One, state));
    }

    private ImmutableHashSet<Fact> StatusIsFinal(IOperation status, CompletionState state)
    {
        if (IsTaskProperty(status, "Status"))
            return All(ask.Values.WhenCompleted(((IPropertyReferenceOperation)status).Instance!, state));
        return KnownTypes.Same(status.Type, model.Types.TaskStatus) && ask.Paths.Of(status) is { } path
            ? All([new Fact(FactKind.Final, path)])
            : Nothing;
    }

    /// <summary>What follows where <c>Task.WaitAny</c> gave a certain index.</summary>
    public IEnumerable<Fact> WhereWinnerIs(IOperation call, int index, CompletionState state)
    {
        if (!ask.Values.IsCall(call, "WaitAny"))
            return [];
        var tasks = ((IInvocationOperation)call).Arguments[0].Value;
        if (ListedElements.Of(tasks) is { } elements)
            return index >= 0 && index < elements.Length ? ask.Values.WhenCompleted(elements[index], state) : [];
        return ask.Paths.Of(tasks)?.At(index) is { } path ? [new Fact(FactKind.Completed, path)] : [];
    }

    private IEnumerable<Fact> OfCall(IInvocationOperation call, bool value, CompletionState state)
    {
        if (MovedOn(call) is { } enumerator)
            return value ? [] : AllVisited(enumerator, state);
        if (IsSpin(call.TargetMethod))
            return value ? AfterSpin(call, state) : [];
        if (model.BlockingWaits.Of(call) is { } wait)
            return value ? AfterWait(wait, state) : [];
        var arguments = call.Arguments;
        switch (call.TargetMethod.Name)
        {
            case "ReferenceEquals" or "Equals" when value && arguments.Length == 2 && call.Instance is null:
                return All(OfSame(arguments[0].Value, arguments[1].Value, state), OfSame(arguments[1].Value, arguments[0].Value, state));
            case "Equals" when value && arguments.Length == 1 && call.Instance is { } instance:
                return All(OfSame(instance, arguments[0].Value, state), OfSame(arguments[0].Value, instance, state));
            case "All" or "TrueForAll" when value:
            case "Any" or "Exists" when !value:
                var source = ask.Collections.SourceOf(call);
                return source is not null && ask.Collections.IsMaterialized(source, state) && ask.Paths.Of(source)?.WithEach().Each() is { } each
                    ? ask.Collections.PredicateFacts(call, value, state)
                        .Select(known => known.Rebase(ValuePath.Element, each))
                        .OfType<ValuePath>()
                        .Select(path => new Fact(FactKind.Completed, path))
                    : [];
            default:
                return [];
        }
    }

    /// <summary>What is known after a wait that has not given up.</summary>
    public IEnumerable<Fact> AfterWait(BlockingWait wait, CompletionState state) => wait.Form switch
    {
        BlockingForm.WaitAny => [],
        BlockingForm.WaitAll when wait.Operation is IInvocationOperation call => ask.Collections.WhenAllCompleted(call.Arguments[0].Value, state),
        BlockingForm.SpinLoop or BlockingForm.SpinUntil => [],
        _ => wait.Tasks.Length == 1 ? ask.Values.WhenCompleted(wait.Tasks[0], state, normally: true) : [],
    };

    /// <summary>What is known after <c>SpinWait.SpinUntil</c> that has not given up.</summary>
    public IEnumerable<Fact> AfterSpin(IInvocationOperation call, CompletionState state) =>
        ask.Lambdas.Of(call.Arguments[0].Value) is { } lambda && WrittenLambdas.ReturnedBy(lambda) is { } condition
            ? Follows(condition, true, state) ?? Nothing
            : Nothing;

    /// <summary>Whether a method is <c>SpinWait.SpinUntil</c>.</summary>
    public bool IsSpin(IMethodSymbol method) => method.Name == "SpinUntil" && KnownTypes.Same(method.ContainingType, model.Types.SpinWait);

    /// <summary>The enumerator that a call moves on; null for other calls.</summary>
    private IFlowCaptureReferenceOperation? MovedOn(IOperation call) =>
        call is IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.MoveNextMethodName or "MoveNextAsync", Instance: { } enumerator }
            ? ask.Paths.Same(enumerator) as IFlowCaptureReferenceOperation
            : null;

    /// <summary>At the end of an enumeration all elements have been visited.</summary>
    private ImmutableHashSet<Fact> AllVisited(IFlowCaptureReferenceOperation enumerator, CompletionState state)
    {
        var path = ValuePath.Root(enumerator.Id);
        return state.Knows(FactKind.Visited, path) ? ImmutableHashSet.Create(new Fact(FactKind.Completed, path.Each()!)) : Nothing;
    }
}
