using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What follows where a pattern matches, or does not: <c>t is { IsCompleted: true }</c>, <c>t.Status is RanToCompletion or Faulted</c>.</summary>
internal sealed class CompletionPatterns(CompletionQuestions ask)
{
    private static readonly ImmutableHashSet<Fact> Nothing = ImmutableHashSet<Fact>.Empty;
    private static readonly object[] Truths = [true, false];
    private static readonly object[] Statuses = [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>The path of what a pattern is matched against: its own where it has one, else its place in the code.</summary>
    public ValuePath InputOf(IIsPatternOperation match) =>
        (IsTold(match.Value) ? null : ask.Paths.Of(match.Value)) ?? ValuePath.Root(match.Value.Syntax);

    /// <summary>The facts that follow where a pattern matches a value, or where it does not; null where that cannot be.</summary>
    /// <param name="input">The path of the value.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="matches">Whether it matches.</param>
    public ImmutableHashSet<Fact>? Follows(ValuePath? input, IPatternOperation pattern, bool matches)
    {
        if (input is null)
            return Nothing;
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return Follows(input, negated.Pattern, !matches);
            case IBinaryPatternOperation binary:
                var (left, right) = (Follows(input, binary.LeftPattern, matches), Follows(input, binary.RightPattern, matches));
                var isBoth = (binary.OperatorKind == BinaryOperatorKind.And) == matches;
                return isBoth ? CompletionGuards.Both(left, right)
                    : Final(input, pattern, matches) ?? CompletionGuards.Either(left, right);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } }:
                return OfConstant(input, pattern, constant, matches);
            case IRecursivePatternOperation recursive:
                return OfRecursive(input, recursive, matches);
            case IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation when matches:
                return Only(FactKind.NotNull, input);
            case IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } when !matches:
                return null;
            default:
                return Final(input, pattern, matches) ?? Nothing;
        }
    }

    /// <summary>The variables that a pattern declares, each with the path of what it is when the pattern matches.</summary>
    public static IEnumerable<(ISymbol Variable, ValuePath Path)> Declared(ValuePath? input, IPatternOperation pattern)
    {
        if (input is null)
            return [];
        return pattern switch
        {
            IDeclarationPatternOperation { DeclaredSymbol: { } variable } => [(variable, input)],
            IRecursivePatternOperation recursive =>
                (recursive.DeclaredSymbol is { } variable ? [(variable, input)] : Enumerable.Empty<(ISymbol, ValuePath)>())
                    .Concat(recursive.PropertySubpatterns.SelectMany(sub => Declared(MemberOf(input, sub), sub.Pattern)))
                    .Concat(recursive.DeconstructionSubpatterns.SelectMany((sub, index) => Declared(input.Member(ValuePaths.TupleKey(index)), sub))),
            INegatedPatternOperation negated => Declared(input, negated.Pattern),
            IBinaryPatternOperation binary => Declared(input, binary.LeftPattern).Concat(Declared(input, binary.RightPattern)),
            _ => [],
        };
    }

    /// <summary>The path of the member that a subpattern looks at.</summary>
    public static ValuePath? MemberOf(ValuePath? input, IPropertySubpatternOperation subpattern) =>
        (subpattern.Member as IMemberReferenceOperation)?.Member is { } member ? input?.Member(ValuePaths.KeyOf(member)) : null;

    /// <summary>What follows where a subpattern matches, or does not, of the value that it looks into.</summary>
    public ImmutableHashSet<Fact>? Follows(ValuePath input, IPropertySubpatternOperation subpattern, bool matches)
    {
        if (subpattern.Member is IPropertyReferenceOperation property)
        {
            if (ask.Guards.IsCompletion(property) && Allowed(Truths, subpattern.Pattern, matches).All(value => value is true)
                || ask.Guards.IsTaskProperty(property, "Status") && Allowed(Statuses, subpattern.Pattern, matches).All(CompletionGuards.IsFinal)
                || ask.Guards.IsTaskProperty(property, "Exception") && MatchesNull(subpattern.Pattern) != matches)
                return Only(FactKind.Completed, input);
        }

        return Follows(MemberOf(input, subpattern), subpattern.Pattern, matches);
    }

    /// <summary>Whether a value tells of a task, so that it may change by itself and has no path that could be kept.</summary>
    private bool IsTold(IOperation value) =>
        value is IPropertyReferenceOperation property
        && (ask.Guards.IsCompletion(property) || ask.Guards.IsTaskProperty(property, "Status") || ask.Guards.IsTaskProperty(property, "Exception"));

    private ImmutableHashSet<Fact>? OfConstant(ValuePath input, IPatternOperation pattern, object? constant, bool matches) => constant switch
    {
        null => matches ? Nothing : Only(FactKind.NotNull, input),
        bool truth => Only(truth == matches ? FactKind.True : FactKind.False, input),
        int number when matches && !IsStatus(pattern) => Only(FactKind.Constant, input, number),
        _ => Final(input, pattern, matches) ?? Nothing,
    };

    private ImmutableHashSet<Fact>? OfRecursive(ValuePath input, IRecursivePatternOperation recursive, bool matches)
    {
        var parts = recursive.PropertySubpatterns.Select(sub => Follows(input, sub, matches))
            .Concat(recursive.DeconstructionSubpatterns.Select((sub, index) => Follows(input.Member(ValuePaths.TupleKey(index)), sub, matches)))
            .ToList();
        if (matches)
            return parts.Aggregate((ImmutableHashSet<Fact>?)Only(FactKind.NotNull, input), CompletionGuards.Both);

        // Where the type is tested too, or a part need not be looked at, not matching says nothing of the parts.
        var testsType = !SymbolEqualityComparer.Default.Equals(recursive.MatchedType, recursive.InputType);
        return parts.Count == 0 || testsType ? Nothing : parts.Aggregate(CompletionGuards.Either);
    }

    /// <summary>That a <c>TaskStatus</c> is final, where a pattern allows no other; null where it allows others, or is not about one.</summary>
    private ImmutableHashSet<Fact>? Final(ValuePath input, IPatternOperation pattern, bool matches) =>
        IsStatus(pattern) && Allowed(Statuses, pattern, matches).All(CompletionGuards.IsFinal) ? Only(FactKind.Final, input) : null;

    private bool IsStatus(IPatternOperation pattern) => KnownTypes.Same(pattern.InputType, ask.Model.Types.TaskStatus);

    private static IEnumerable<object> Allowed(object[] values, IPatternOperation pattern, bool matches) =>
        values.Where(value => Matches(pattern, value) is not { } answer || answer == matches);

    /// <summary>Whether a pattern matches a constant; null where that is not known.</summary>
    private static bool? Matches(IPatternOperation pattern, object value)
    {
        switch (pattern)
        {
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } }:
                return value.Equals(constant);
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value);
            case IBinaryPatternOperation binary:
                var (left, right) = (Matches(binary.LeftPattern, value), Matches(binary.RightPattern, value));
                return binary.OperatorKind == BinaryOperatorKind.And ? left & right : left | right;
            case IRelationalPatternOperation { Value.ConstantValue: { HasValue: true, Value: int limit } } relational when value is int number:
                return relational.OperatorKind switch
                {
                    BinaryOperatorKind.LessThan => number < limit,
                    BinaryOperatorKind.LessThanOrEqual => number <= limit,
                    BinaryOperatorKind.GreaterThan => number > limit,
                    BinaryOperatorKind.GreaterThanOrEqual => number >= limit,
                    _ => null,
                };
            case IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true }:
                return true;
            default:
                return null;
        }
    }

    private static ImmutableHashSet<Fact> Only(FactKind kind, ValuePath path, object? value = null) =>
        ImmutableHashSet.Create(new Fact(kind, path, value));

    private static bool MatchesNull(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => constant.Value.ConstantValue is { HasValue: true, Value: null },
        INegatedPatternOperation negated => !MatchesNull(negated.Pattern),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both => MatchesNull(both.LeftPattern) && MatchesNull(both.RightPattern),
        IBinaryPatternOperation either => MatchesNull(either.LeftPattern) || MatchesNull(either.RightPattern),
        IDeclarationPatternOperation declaration => declaration.MatchesNull,
        IDiscardPatternOperation => true,
        _ => false,
    };
}
