using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What holds on every path to a point of a function: facts, and what further facts would follow from a fact that is not
/// known yet (<c>all</c> completed ⇒ <c>a</c> completed; <c>done</c> is true ⇒ <c>t</c> completed). Immutable; an operation that changes nothing
/// returns the same instance. The lattice is finite, since paths come from the code, and joining only loses facts.
/// </summary>
internal sealed class CompletionState : IEquatable<CompletionState>
{
    /// <summary>Above this, no further consequences are kept: it bounds what generated-looking code can cost.</summary>
    private const int MostRules = 600;

    private static readonly ImmutableHashSet<Fact> NoFacts = ImmutableHashSet<Fact>.Empty;

    private readonly ImmutableHashSet<Fact> known;

    /// <summary>The facts that follow from a fact; null where that fact cannot hold here.</summary>
    private readonly ImmutableDictionary<Fact, ImmutableHashSet<Fact>?> rules;

    /// <summary>The state that this one only adds knowledge to; null where knowledge was lost.</summary>
    private readonly CompletionState? weaker;

    private CompletionState(ImmutableHashSet<Fact> known, ImmutableDictionary<Fact, ImmutableHashSet<Fact>?> rules, CompletionState? weaker = null)
    {
        this.known = known;
        this.rules = rules;
        this.weaker = weaker;
    }

    /// <summary>Nothing is known.</summary>
    public static CompletionState Empty { get; } =
        new(NoFacts, ImmutableDictionary<Fact, ImmutableHashSet<Fact>?>.Empty);

    /// <summary>No path leads here.</summary>
    public static CompletionState Unreachable { get; } =
        new(NoFacts, ImmutableDictionary<Fact, ImmutableHashSet<Fact>?>.Empty);

    /// <summary>The facts that are known.</summary>
    public IEnumerable<Fact> Known => known;

    /// <summary>How much is known.</summary>
    public int Size => known.Count + rules.Count;

    /// <summary>Whether a fact holds; what holds for every element holds for each.</summary>
    public bool Knows(Fact fact) =>
        fact.Path.Generalizations().Any(path => path.IsExact && known.Contains(fact with { Path = path }));

    public bool Knows(FactKind kind, ValuePath? path) => path is not null && Knows(new Fact(kind, path));

    /// <summary>The state once these facts hold too, with all that follows from them.</summary>
    public CompletionState Learn(IEnumerable<Fact> facts)
    {
        if (this == Unreachable)
            return this;
        var learned = known;
        var open = new Stack<Fact>(facts);
        while (open.Count > 0)
        {
            var fact = open.Pop();
            if (!fact.Path.IsExact || learned.Contains(fact))
                continue;
            learned = learned.Add(fact);
            if (!rules.TryGetValue(fact, out var consequences))
                continue;
            if (consequences is null)
                return Unreachable;
            foreach (var consequence in consequences)
                open.Push(consequence);
        }

        return learned == known ? this : new CompletionState(learned, rules, this);
    }

    public CompletionState Learn(FactKind kind, ValuePath? path) => path is null ? this : Learn([new Fact(kind, path)]);

    /// <summary>The state with the knowledge that these facts follow from another.</summary>
    public CompletionState Imply(Fact cause, IEnumerable<Fact> consequences)
    {
        if (this == Unreachable || !cause.Path.IsExact)
            return this;
        if (known.Contains(cause))
            return Learn(consequences);
        if (rules.TryGetValue(cause, out var old) && old is null)
            return this;
        var all = (old ?? NoFacts).Union(consequences.Where(fact => fact.Path.IsExact && !fact.Equals(cause)));
        return all.IsEmpty || all.SetEquals(old ?? NoFacts) || rules.Count >= MostRules
            ? this
            : new CompletionState(known, rules.SetItem(cause, all), this);
    }

    /// <summary>The state with the knowledge that a fact cannot hold.</summary>
    public CompletionState Exclude(Fact fact) =>
        this == Unreachable ? this : known.Contains(fact) ? Unreachable : new CompletionState(known, rules.SetItem(fact, null), this);

    /// <summary>The state once <paramref name="copy"/> names what <paramref name="original"/> names.</summary>
    public CompletionState Alias(ValuePath copy, ValuePath original)
    {
        var state = Learn(known.Select(fact => Rebased(fact, original, copy)).OfType<Fact>().ToList());
        if (!original.IsExact)
            return original.WithEach() is var each && each.IsExact
                ? state.Learn(known.Select(fact => Rebased(fact, each, copy)).OfType<Fact>().ToList())
                : state;

        foreach (var rule in rules)
        {
            if (Rebased(rule.Key, original, copy) is { } cause)
                state = rule.Value is null ? state.Exclude(cause) : state.Imply(cause, rule.Value);
            else if (rule.Value?.Where(fact => fact.Path.Equals(original)).ToList() is { Count: > 0 } onOriginal)
                state = state.Imply(rule.Key, onOriginal.Select(fact => fact with { Path = copy }));
        }

        return state.Link(copy, original).Link(copy.Each(), original.Each());
    }

    /// <summary>The state without one fact.</summary>
    public CompletionState Without(Fact fact) => known.Contains(fact) ? new CompletionState(known.Remove(fact), rules) : this;

    /// <summary>The state without all that may no longer hold once a path is assigned.</summary>
    public CompletionState Forget(ValuePath changed)
    {
        var kept = known.Except(known.Where(fact => fact.DependsOn(changed)));
        var keptRules = rules;
        foreach (var rule in rules)
        {
            if (rule.Key.DependsOn(changed))
                keptRules = keptRules.Remove(rule.Key);
            else if (rule.Value is { } consequences && consequences.Any(fact => fact.DependsOn(changed)))
                keptRules = WithRule(keptRules, rule.Key, consequences.Except(consequences.Where(fact => fact.DependsOn(changed))));
        }

        return kept == known && keptRules == rules ? this : new CompletionState(kept, keptRules);
    }

    /// <summary>The state once what a path names may have changed, while all that would follow from it still does.</summary>
    public CompletionState ForgetKnown(ValuePath path)
    {
        var kept = known.Except(known.Where(fact => fact.Path.Rebase(path, path) is not null));
        var keptRules = rules;
        foreach (var rule in rules)
        {
            if (rule.Value is { } consequences && consequences.Any(fact => fact.Path.Rebase(path, path) is not null))
                keptRules = WithRule(keptRules, rule.Key, consequences.Except(consequences.Where(fact => fact.Path.Rebase(path, path) is not null)));
        }

        return kept == known && keptRules == rules ? this : new CompletionState(kept, keptRules);
    }

    /// <summary>The state without what is known of single elements of a collection; what is known of every element is kept.</summary>
    public CompletionState ForgetSingle(ValuePath element)
    {
        var kept = known.Except(known.Where(fact => fact.Path.DependsOn(element) && !fact.Path.Equals(fact.Path.WithEach())));
        return kept == known ? this : new CompletionState(kept, rules);
    }

    /// <summary>The state with only those facts and consequences whose paths pass a test.</summary>
    public CompletionState Keep(Func<ValuePath, bool> keeps)
    {
        var keptRules = rules;
        foreach (var rule in rules)
        {
            keptRules = !keeps(rule.Key.Path) ? keptRules.Remove(rule.Key)
                : rule.Value is null ? keptRules
                : WithRule(keptRules, rule.Key, rule.Value.Where(fact => keeps(fact.Path)).ToImmutableHashSet());
        }

        return this == Unreachable ? this : new CompletionState(known.Where(fact => keeps(fact.Path)).ToImmutableHashSet(), keptRules);
    }

    /// <summary>Whether all that another state knows is certainly known here too; false where that would take long to tell.</summary>
    public bool AddsTo(CompletionState other)
    {
        var state = this;
        for (var step = 0; state is not null && step < 64; step++, state = state.weaker)
        {
            if (state == other)
                return true;
        }

        return false;
    }

    /// <summary>What holds whether one comes from here or from there.</summary>
    public CompletionState Join(CompletionState other)
    {
        if (this == other || other == Unreachable)
            return this;
        if (this == Unreachable)
            return other;
        var both = known.Intersect(other.known);
        both = both.Count == known.Count ? known : both;
        var joined = rules.ToBuilder();
        foreach (var rule in rules)
            Set(joined, rule.Key, rule.Value, WhatFollows(rule.Value, other.ConsequencesOf(rule.Key), other, both));
        foreach (var rule in other.rules)
        {
            if (!rules.ContainsKey(rule.Key))
                Set(joined, rule.Key, NoFacts, WhatFollows(NoFacts, rule.Value, other, both));
        }

        var joinedRules = joined.ToImmutable();
        if (both == known && joinedRules == rules)
            return this;
        var state = new CompletionState(both, joinedRules);
        return state.Equals(this) ? this : state;
    }

    public bool Equals(CompletionState? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || this == Unreachable || other == Unreachable || rules.Count != other.rules.Count || !known.SetEquals(other.known))
            return false;
        return ReferenceEquals(rules, other.rules) || rules.All(rule =>
            other.rules.TryGetValue(rule.Key, out var consequences)
            && (rule.Value is null || consequences is null ? rule.Value == consequences : rule.Value.SetEquals(consequences)));
    }

    public override bool Equals(object? obj) => Equals(obj as CompletionState);

    public override int GetHashCode() => known.Count;

    private static Fact? Rebased(Fact fact, ValuePath prefix, ValuePath onto) =>
        fact.Path.Rebase(prefix, onto) is { } path ? fact with { Path = path } : null;

    private static ImmutableDictionary<Fact, ImmutableHashSet<Fact>?> WithRule(
        ImmutableDictionary<Fact, ImmutableHashSet<Fact>?> rules, Fact cause, ImmutableHashSet<Fact> consequences) =>
        consequences.IsEmpty ? rules.Remove(cause) : rules.SetItem(cause, consequences);

    private CompletionState Link(ValuePath? one, ValuePath? other) =>
        one is null || other is null
            ? this
            : Imply(new Fact(FactKind.Completed, one), [new Fact(FactKind.Completed, other)])
                .Imply(new Fact(FactKind.Completed, other), [new Fact(FactKind.Completed, one)]);

    /// <summary>The facts that only follow from a fact; null where it cannot hold here.</summary>
    private ImmutableHashSet<Fact>? ConsequencesOf(Fact cause) => rules.TryGetValue(cause, out var consequences) ? consequences : NoFacts;

    /// <summary>What follows from a fact whether one comes from here or from there, beyond what holds on both ways anyway; null where it cannot hold.</summary>
    /// <param name="here">What follows from it here; null where it cannot hold here.</param>
    /// <param name="there">What follows from it there; null where it cannot hold there.</param>
    /// <param name="other">The state there.</param>
    /// <param name="both">What is known on both ways.</param>
    private ImmutableHashSet<Fact>? WhatFollows(ImmutableHashSet<Fact>? here, ImmutableHashSet<Fact>? there, CompletionState other, ImmutableHashSet<Fact> both)
    {
        if (here is null)
            return there?.Union(other.known).Except(both);
        if (there is null)
            return here.Union(known).Except(both);

        // A fact that follows on neither way is known on both, or is lost.
        var follows = here;
        foreach (var fact in here)
        {
            if (both.Contains(fact) || !(there.Contains(fact) || other.known.Contains(fact)))
                follows = follows.Remove(fact);
        }

        foreach (var fact in there)
        {
            if (known.Contains(fact) && !both.Contains(fact))
                follows = follows.Add(fact);
        }

        return follows;
    }

    private static void Set(
        ImmutableDictionary<Fact, ImmutableHashSet<Fact>?>.Builder rules, Fact cause, ImmutableHashSet<Fact>? before, ImmutableHashSet<Fact>? after)
    {
        if (ReferenceEquals(before, after) && after is not { IsEmpty: true })
            return;
        if (after is { IsEmpty: true })
            rules.Remove(cause);
        else
            rules[cause] = after;
    }
}
