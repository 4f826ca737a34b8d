using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is known of a variable once a value was put into it.</summary>
internal sealed class CompletionAssignments(CompletionQuestions ask)
{
    private const int MostElements = 16;

    private readonly AsyncModel model = ask.Model;

    /// <summary>The state after a value was put where a path names it.</summary>
    public CompletionState Assign(ValuePath path, IOperation value, CompletionState state)
    {
        var after = state.Forget(path);
        if (ask.Paths.Of(value) is { } source)
            after = source.DependsOn(path) ? after : Visit(path, source, after.Alias(path, source));
        return AssignValue(path, value, state, after);
    }

    /// <summary>The state after a variable was given an element that is already named by a path.</summary>
    public CompletionState Assign(ValuePath path, ValuePath source, CompletionState state) =>
        Visit(path, source, state.Forget(path).Alias(path, source));

    private CompletionState AssignValue(ValuePath path, IOperation value, CompletionState before, CompletionState after)
    {
        value = ask.Paths.Same(value);
        if (ask.Values.IsCompleted(value, before))
            after = after.Learn(FactKind.Completed, path);
        if (value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation { Type: { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } })
            return after.Exclude(new Fact(FactKind.NotNull, path)).Exclude(new Fact(FactKind.True, path)).Exclude(new Fact(FactKind.False, path));
        after = Nested(path, value) is { } parts
            ? parts.Aggregate(after, (state, part) => AssignPart(part.Path, part.Value, before, state))
            : after;
        if (IsBoolean(value.Type))
            return AssignCondition(path, value, before, after);
        if (ask.Guards.IsTaskProperty(value, "Exception"))
            return after.Imply(new Fact(FactKind.NotNull, path), ask.Guards.NotNull(value, before).Where(fact => fact.Kind == FactKind.Completed));
        if (ask.Guards.IsTaskProperty(value, "Status"))
            return after.Imply(new Fact(FactKind.Final, path), ask.Values.WhenCompleted(((IPropertyReferenceOperation)value).Instance!, before));
        if (ask.Values.IsCall(value, "WaitAny"))
            return AssignWinnerIndex(path, (IInvocationOperation)value, before, after);
        if (ask.Collections.IsCollection(value.Type) || value is IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetEnumeratorMethodName or WellKnownMemberNames.GetAsyncEnumeratorMethodName })
            return AssignCollection(path, value, before, after);
        if (ask.Values.YieldsCompleted(value, before))
            after = after.Learn(FactKind.YieldsCompleted, path);
        if (ask.Values.ContendersOf(value) is { } contenders)
            return AssignWinner(path, contenders, before, after);
        return ask.Paths.Of(value) is null
            ? after.Imply(new Fact(FactKind.Completed, path), Valid(ask.Values.WhenCompleted(value, before), path))
                .Imply(new Fact(FactKind.Succeeded, path), Valid(ask.Values.WhenCompleted(value, before, normally: true), path))
            : after;
    }

    private CompletionState AssignPart(ValuePath path, IOperation value, CompletionState before, CompletionState after)
    {
        if (ask.Paths.Of(value) is { } source)
            after = after.Alias(path, source);
        return AssignValue(path, value, before, after);
    }

    /// <summary>The parts of a tuple, an anonymous object, or an object with an initializer, each with its path.</summary>
    private static IEnumerable<(ValuePath Path, IOperation Value)>? Nested(ValuePath path, IOperation value) => value switch
    {
        ITupleOperation tuple => tuple.Elements
            .Select((element, index) => (path.Member(ValuePaths.TupleKey(index))!, element))
            .Where(part => part.Item1 is not null),
        IAnonymousObjectCreationOperation anonymous => Members(path, anonymous.Initializers),
        IObjectCreationOperation { Initializer: { } initializer } => Members(path, initializer.Initializers),
        _ => null,
    };

    private static IEnumerable<(ValuePath Path, IOperation Value)> Members(ValuePath path, ImmutableArray<IOperation> initializers) =>
        initializers.OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Target is IMemberReferenceOperation)
            .Select(assignment => (path.Member(ValuePaths.KeyOf(((IMemberReferenceOperation)assignment.Target).Member))!, assignment.Value))
            .Where(part => part.Item1 is not null);

    private CompletionState AssignCondition(ValuePath path, IOperation value, CompletionState before, CompletionState after)
    {
        foreach (var truth in new[] { true, false })
        {
            var fact = new Fact(truth ? FactKind.True : FactKind.False, path);
            after = ask.Guards.Follows(value, truth, before) is { } follows
                ? after.Imply(fact, Valid(follows.Where(followed => followed.Kind == FactKind.Completed), path))
                : after.Exclude(fact).Learn(truth ? FactKind.False : FactKind.True, path);
        }

        return after;
    }

    private CompletionState AssignWinnerIndex(ValuePath path, IInvocationOperation call, CompletionState before, CompletionState after)
    {
        var tasks = call.Arguments[0].Value;
        if (ListedElements.Of(tasks) is { } elements)
        {
            for (var index = 0; index < elements.Length && index < MostElements; index++)
                after = after.Imply(new Fact(FactKind.Constant, path, index), ask.Guards.WhereWinnerIs(call, index, before));
            return after;
        }

        // With a time-out the index may be -1, which names no element.
        return path.Variable is { } variable && ask.Paths.Of(tasks) is { } collection
            ? after.Learn(FactKind.Completed, collection.At(variable))
            : after;
    }

    private CompletionState AssignWinner(ValuePath path, (IOperation One, IOperation Other) contenders, CompletionState before, CompletionState after) =>
        ask.Guards.WhereOtherWon(contenders, before)
            .Where(won => !won.Lost.DependsOn(path))
            .Aggregate(after, (state, won) => state.Imply(new Fact(FactKind.IsOther, path, won.Lost), Valid(won.Follows, path)));

    private CompletionState AssignCollection(ValuePath path, IOperation value, CompletionState before, CompletionState after)
    {
        after = after.Learn(ask.Collections.KnownOfEach(value, before)
            .Select(known => path.Each() is { } each ? known.Rebase(ValuePath.Element, each) : null)
            .OfType<ValuePath>()
            .Select(known => new Fact(FactKind.Completed, known)));
        if (value is IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetEnumeratorMethodName or WellKnownMemberNames.GetAsyncEnumeratorMethodName })
            after = after.Learn(FactKind.Visited, path);
        if (ask.Collections.IsMaterialized(value, before))
            after = after.Learn(FactKind.Materialized, path);
        if (path.Each() is not { } all)
            return after;

        var parts = Valid(ask.Collections.WhenAllCompleted(EnumeratedBy(value), before), path).ToList();
        after = after.Imply(new Fact(FactKind.Completed, all), parts);
        if (parts.Count == 1)
            after = after.Imply(parts[0], [new Fact(FactKind.Completed, all)]);
        if (ListedElements.Of(value) is { } elements)
        {
            for (var index = 0; index < elements.Length && index < MostElements; index++)
            {
                if (path.At(index) is { } element)
                    after = AssignPart(element, elements[index], before, after);
            }
        }

        return after;
    }

    private static IOperation EnumeratedBy(IOperation value) =>
        value is IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetEnumeratorMethodName, Instance: { } collection } ? collection : value;

    /// <summary>An element that an enumerator gives must complete before all that it has given have completed.</summary>
    private static CompletionState Visit(ValuePath path, ValuePath source, CompletionState state)
    {
        var visited = state.Known.Where(fact => fact.Kind == FactKind.Visited && source.Equals(fact.Path.AtSome())).ToList();
        foreach (var fact in visited)
            state = state.Without(fact).Imply(new Fact(FactKind.Completed, path), [fact]);
        return state;
    }

    private static bool IsBoolean(ITypeSymbol? type) =>
        type?.SpecialType == SpecialType.System_Boolean
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments } && arguments[0].SpecialType == SpecialType.System_Boolean;

    /// <summary>The facts that do not change their meaning with the assignment itself.</summary>
    private static IEnumerable<Fact> Valid(IEnumerable<Fact> facts, ValuePath assigned) =>
        facts.Where(fact => !fact.Path.DependsOn(assigned));
}
