using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What is known of the elements of a collection or query. What is known of each element is a set of paths that begin
/// with <see cref="ValuePath.Element"/>: the element itself, or members of it, that have completed.
/// </summary>
internal sealed class TaskCollections(CompletionQuestions ask)
{
    private static readonly ImmutableHashSet<ValuePath> Nothing = ImmutableHashSet<ValuePath>.Empty;

    private static readonly ImmutableHashSet<ValuePath> Itself = ImmutableHashSet.Create(ValuePath.Element);

    private readonly AsyncModel model = ask.Model;

    /// <summary>What has completed of each element that a collection or query gives.</summary>
    public ImmutableHashSet<ValuePath> KnownOfEach(IOperation? collection, CompletionState state)
    {
        if (collection is null)
            return Nothing;
        var value = ask.Paths.Same(collection);
        if (ask.Paths.Of(value) is { } path)
            return path.Generalizations().SelectMany(same => KnownBelow(same.Each(), state)).ToImmutableHashSet();
        if (ListedElements.Of(value) is { } elements)
            return elements.All(element => ask.Values.IsCompleted(element, state)) ? Itself : Nothing;
        return value is IInvocationOperation call ? KnownOfEach(call, state) : Nothing;
    }

    /// <summary>Whether each element of a collection or query is a task that has completed.</summary>
    public bool AreAllCompleted(IOperation collection, CompletionState state) =>
        KnownOfEach(collection, state).Contains(ValuePath.Element);

    /// <summary>Whether a call gives an element of a collection whose elements have completed: <c>ts.First()</c>, <c>queue.Dequeue()</c>.</summary>
    public bool IsElement(IInvocationOperation call, CompletionState state) =>
        MayGiveElement(call)
        && SourceOf(call) is { } source
        && (KnownOfEach(source, state).Contains(ValuePath.Element) || PredicateFacts(call, true, state).Contains(ValuePath.Element));

    /// <summary>Whether a call is named as those are that give one element of a collection.</summary>
    public static bool MayGiveElement(IInvocationOperation call) =>
        call.TargetMethod.Name is "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault"
            or "ElementAt" or "ElementAtOrDefault" or "Dequeue" or "Pop" or "Peek" or "Find" or "FindLast" or "GetValueOrDefault";

    /// <summary>The collection that a method of LINQ, of a collection, or of <c>Array</c> works on; null for other calls.</summary>
    public IOperation? SourceOf(IInvocationOperation call)
    {
        if (call.Instance is { } instance)
            return IsCollection(instance.Type) ? instance : null;
        return call.Arguments.Length > 0 && call.Arguments[0].Value is { } first && IsCollection(first.Type) ? first : null;
    }

    /// <summary>What is known once every element of a collection, or every listed task, has completed. Of a lazy query nothing is: it makes its tasks anew.</summary>
    public IEnumerable<Fact> WhenAllCompleted(IOperation tasks, CompletionState state)
    {
        var value = ask.Paths.Same(tasks);
        if (ListedElements.Of(value) is { } elements)
            return elements.SelectMany(element => ask.Values.WhenCompleted(element, state));
        if (ListedElements.PartsOf(value) is { } parts)
            return parts.SelectMany(part => part.IsSpread ? WhenAllCompleted(part.Value, state) : ask.Values.WhenCompleted(part.Value, state));
        if (ask.Paths.Of(value) is { } path)
            return IsMaterialized(value, state) && path.Each() is { } each ? [new Fact(FactKind.Completed, each)] : [];
        if (value is not IInvocationOperation call || SourceOf(call) is not { } source)
            return [];
        return call.TargetMethod.Name switch
        {
            _ when GivesEach(call) => WhenAllCompleted(source, state),
            "Append" or "Prepend" when call.Arguments.Length == 2 =>
                WhenAllCompleted(source, state).Concat(ask.Values.WhenCompleted(call.Arguments[1].Value, state)),
            "Concat" or "Union" when call.Arguments.Length == 2 =>
                WhenAllCompleted(source, state).Concat(WhenAllCompleted(call.Arguments[1].Value, state)),
            "Select" => WhenSelectedCompleted(call, source, state),
            _ => [],
        };
    }

    /// <summary>Whether a collection keeps its elements: it is an array or the like, was made from one, or came in from outside.</summary>
    public bool IsMaterialized(IOperation collection, CompletionState state)
    {
        var value = ask.Paths.Same(collection);
        return KeepsElements(value.Type)
            || (ask.Paths.Of(value) is { } path && (path.Variable is null || state.Knows(FactKind.Materialized, path)));
    }

    /// <summary>Whether a type can be enumerated.</summary>
    public bool IsCollection(ITypeSymbol? type) =>
        type is { SpecialType: not SpecialType.System_String }
        && (type.SpecialType == SpecialType.System_Collections_IEnumerable
            || KnownTypes.SameOrBelow(type, model.Types.EnumerableOfT)
            || KnownTypes.Same(type, model.Types.AsyncEnumerableOfT));

    /// <summary>Whether a type is a task, or a sequence of tasks.</summary>
    public bool IsTaskOrTasks(ITypeSymbol type) => model.Awaitables.IsTaskOrValueTask(type)
        || (type is IArrayTypeSymbol array && model.Awaitables.IsTask(array.ElementType))
        || (type is INamedTypeSymbol { TypeArguments.Length: 1 } sequence && model.Awaitables.IsTask(sequence.TypeArguments[0]));

    /// <summary>Whether a collection's elements can be handed to a parameter of a type.</summary>
    public bool Holds(ITypeSymbol? collection, ITypeSymbol element) => collection switch
    {
        IArrayTypeSymbol array => Fits(array.ElementType, element),
        INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } => Fits(arguments[arguments.Length - 1], element)
            || (arguments.Length == 2 && KnownTypes.Same(element, model.Types.KeyValuePairOfT)),
        not null => collection.AllInterfaces.Any(implemented =>
            KnownTypes.Same(implemented, model.Types.EnumerableOfT) && Fits(implemented.TypeArguments[0], element)),
        _ => false,
    };

    private static bool Fits(ITypeSymbol given, ITypeSymbol taken) => KnownTypes.SameOrBelow(given, taken.OriginalDefinition as INamedTypeSymbol)
        || SymbolEqualityComparer.Default.Equals(given, taken);

    /// <summary>What a predicate's answer says of the element that it is asked about.</summary>
    public ImmutableHashSet<ValuePath> PredicateFacts(IInvocationOperation call, bool answer, CompletionState state) =>
        LambdaOf(call) is { Symbol.Parameters.IsEmpty: false } predicate
        && WrittenLambdas.ReturnedBy(predicate) is { } condition
        && ask.Guards.Follows(condition, answer, state) is { } facts
            ? Below(ValuePath.Root(predicate.Symbol.Parameters[0]), facts)
            : Nothing;

    private static bool KeepsElements(ITypeSymbol? type, KnownTypes types) =>
        type is IArrayTypeSymbol
        || KnownTypes.SameOrBelow(type, types.CollectionInterfaceOfT)
        || KnownTypes.SameOrBelow(type, types.ReadOnlyCollectionOfT);

    private bool KeepsElements(ITypeSymbol? type) => KeepsElements(type, model.Types);

    private ImmutableHashSet<ValuePath> KnownOfEach(IInvocationOperation call, CompletionState state)
    {
        if (ask.Values.IsCall(call, "WhenEach"))
            return Itself;
        if (SourceOf(call) is not { } source)
            return Nothing;
        return call.TargetMethod.Name switch
        {
            "Where" or "FindAll" or "TakeWhile" => KnownOfEach(source, state).Union(PredicateFacts(call, true, state)),
            _ when GivesEach(call) => KnownOfEach(source, state),
            "Skip" or "SkipLast" or "SkipWhile" or "Take" or "TakeLast" or "OfType" or "Except" or "Intersect" or "GetRange"
                or "GetEnumerator" or "GetAsyncEnumerator" => KnownOfEach(source, state),
            "Concat" or "Union" when call.Arguments.Length == 2 => KnownOfEach(source, state).Intersect(KnownOfEach(call.Arguments[1].Value, state)),
            "Append" or "Prepend" when call.Arguments.Length == 2 =>
                ask.Values.IsCompleted(call.Arguments[1].Value, state) ? KnownOfEach(source, state) : Nothing,
            "Select" => KnownOfSelected(call, source, state),
            _ => Nothing,
        };
    }

    /// <summary>Whether a call gives each element of its collection, and no others.</summary>
    private bool GivesEach(IInvocationOperation call) =>
        call.TargetMethod.Name is "ToArray" or "ToList" or "ToHashSet" or "ToImmutableArray" or "ToImmutableList" or "AsReadOnly" or "AsEnumerable"
            or "AsParallel" or "AsSpan" or "Cast" or "Reverse" or "Distinct" or "Order" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending"
        && !call.TargetMethod.ReturnsVoid;

    private ImmutableHashSet<ValuePath> KnownOfSelected(IInvocationOperation call, IOperation source, CompletionState state)
    {
        if (LambdaOf(call) is not { Symbol: { IsAsync: false, Parameters.IsEmpty: false } } selector || WrittenLambdas.ReturnedBy(selector) is not { } selected)
            return Nothing;
        var element = ValuePath.Root(selector.Symbol.Parameters[0]);
        var inside = state.Learn(KnownOfEach(source, state)
            .Select(known => known.Rebase(ValuePath.Element, element))
            .OfType<ValuePath>()
            .Select(path => new Fact(FactKind.Completed, path)));
        var result = ValuePath.Root(selector.Syntax);
        return KnownBelow(result, ask.Assignments.Assign(result, selected, inside));
    }

    private IEnumerable<Fact> WhenSelectedCompleted(IInvocationOperation call, IOperation source, CompletionState state)
    {
        if (LambdaOf(call) is not { Symbol.Parameters.IsEmpty: false } selector
            || WrittenLambdas.ReturnedBy(selector) is not { } selected
            || !IsMaterialized(source, state)
            || ask.Paths.Of(source)?.WithEach().Each() is not { } each)
            return [];
        var element = ValuePath.Root(selector.Symbol.Parameters[0]);
        var task = selector.Symbol.IsAsync && selected is IAwaitOperation await ? await.Operation : selected;
        return ask.Values.WhenCompleted(task, state)
            .Select(fact => fact.Path.Rebase(element, each) is { } path ? fact with { Path = path } : null)
            .OfType<Fact>();
    }

    private static ImmutableHashSet<ValuePath> KnownBelow(ValuePath? path, CompletionState state) =>
        path is null ? Nothing : Below(path, state.Known);

    private static ImmutableHashSet<ValuePath> Below(ValuePath path, IEnumerable<Fact> facts) =>
        facts.Where(fact => fact.Kind == FactKind.Completed)
            .Select(fact => fact.Path.Rebase(path, ValuePath.Element))
            .OfType<ValuePath>()
            .ToImmutableHashSet();

    private IAnonymousFunctionOperation? LambdaOf(IInvocationOperation call) =>
        call.Arguments.Select(argument => ask.Lambdas.Of(argument.Value)).FirstOrDefault(lambda => lambda is not null);
}
