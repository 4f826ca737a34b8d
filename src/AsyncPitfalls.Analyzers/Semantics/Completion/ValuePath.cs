using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// A way to name a value again: a variable, then members and elements of it, such as <c>this.pending[0].Task</c>. Equal
/// paths name the same value as long as nothing on them is assigned.
/// </summary>
internal sealed class ValuePath : IEquatable<ValuePath>
{
    private const int Deepest = 8;

    /// <summary>The key of "every element".</summary>
    private static readonly object Every = new();

    /// <summary>The key of an element by an index that is computed, so that no two of them need be the same.</summary>
    private static readonly object Some = new();

    private readonly ValuePath? parent;
    private readonly object key;
    private readonly bool isElement;
    private readonly int depth;
    private readonly int hash;

    /// <summary>A bit for each key on the path: two paths that share none have nothing in common.</summary>
    private readonly ulong keys;

    private ValuePath(ValuePath? parent, object key, bool isElement)
    {
        this.parent = parent;
        this.key = key;
        this.isElement = isElement;
        depth = parent is null ? 0 : parent.depth + 1;
        hash = unchecked(((parent?.hash ?? 17) * 31) + HashOf(key));
        keys = (parent?.keys ?? 0) | BitOf(key);
        IsExact = key != Some && parent is not { IsExact: false };
    }

    /// <summary>Any element of a collection: the root of what is known of each of them.</summary>
    public static ValuePath Element { get; } = Root(Every);

    /// <summary>Whether two equal paths are the same value: not for elements by a computed index.</summary>
    public bool IsExact { get; }

    /// <summary>A path that begins with a local, a parameter, a static field, the instance, or a place in the code.</summary>
    public static ValuePath Root(object key) => new(null, key, isElement: false);

    /// <summary>A field or property of what this path names; null where the path would become too long.</summary>
    public ValuePath? Member(object member) => Then(member, element: false);

    /// <summary>An element by a constant, or by a local that holds the index.</summary>
    public ValuePath? At(object index) => Then(index, element: true);

    /// <summary>Every element.</summary>
    public ValuePath? Each() => Then(Every, element: true);

    /// <summary>An element by an index that is computed.</summary>
    public ValuePath? AtSome() => Then(Some, element: true);

    /// <summary>The symbol of the local or parameter that a path begins with; null for other paths.</summary>
    public ISymbol? Variable => First().key is ISymbol { Kind: SymbolKind.Local or SymbolKind.Parameter } variable ? variable : null;

    /// <summary>The path that this one begins with.</summary>
    public ValuePath Origin => First();

    /// <summary>The symbols on a path: its variable, its members, and the locals that index it.</summary>
    public IEnumerable<ISymbol> Symbols => Steps().Select(step => step.key).OfType<ISymbol>();

    /// <summary>Whether a path begins with a local, parameter, member or the instance, so that it means the same in nested functions.</summary>
    public bool IsNamed => First().key is ISymbol;

    /// <summary>Whether what a path names may be another value after the path <paramref name="changed"/> was assigned.</summary>
    public bool DependsOn(ValuePath changed)
    {
        if ((keys & BitOf(changed.isElement ? changed.parent!.key : changed.key)) == 0)
            return false;
        for (var step = this; step is not null; step = step.parent)
        {
            if (step.Equals(changed))
                return true;
            if (changed.parent is null && step.isElement && KeysEqual(step.key, changed.key))
                return true;
            if (changed.parent is not null && changed.isElement == step.isElement && step.MayMean(changed))
                return true;
        }

        return false;
    }

    /// <summary>Whether assigning another member or element may change this one: another instance may be the same, another index too.</summary>
    private bool MayMean(ValuePath changed) =>
        key is ISymbol && !isElement
            ? KeysEqual(key, changed.key)
            : Equals(parent, changed.parent) && (KeysEqual(key, changed.key) || !IsConstant(key) || !IsConstant(changed.key));

    private static bool IsConstant(object key) => key is not ISymbol && key != Every && key != Some;

    /// <summary>This path with every element in place of each single one: what must be known of all to be known of this.</summary>
    public ValuePath WithEach() =>
        parent is null ? this : new ValuePath(parent.WithEach(), isElement ? Every : key, isElement);

    /// <summary>This path, and what it is when every element stands for some of its single ones: what is known of one of them is known of it.</summary>
    public IEnumerable<ValuePath> Generalizations()
    {
        if (parent is null)
            return [this];
        var shorter = parent.Generalizations();
        return isElement && key != Every
            ? shorter.SelectMany(path => new[] { new ValuePath(path, key, isElement), new ValuePath(path, Every, isElement) })
            : shorter.Select(path => new ValuePath(path, key, isElement));
    }

    /// <summary>This path with another beginning; null where it does not begin with <paramref name="prefix"/>.</summary>
    public ValuePath? Rebase(ValuePath prefix, ValuePath onto)
    {
        if (Equals(prefix))
            return onto;
        return parent?.Rebase(prefix, onto)?.Then(key, isElement);
    }

    public bool Equals(ValuePath? other) =>
        ReferenceEquals(this, other)
        || (other is not null && hash == other.hash && isElement == other.isElement && KeysEqual(key, other.key) && Equals(parent, other.parent));

    public override bool Equals(object? obj) => Equals(obj as ValuePath);

    public override int GetHashCode() => hash;

    private static bool KeysEqual(object one, object other) =>
        one is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, other as ISymbol) : one.Equals(other);

    private static ulong BitOf(object key) => 1UL << (HashOf(key) & 63);

    private static int HashOf(object key) => key is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : key.GetHashCode();

    private ValuePath? Then(object step, bool element) => depth < Deepest ? new ValuePath(this, step, element) : null;

    private ValuePath First()
    {
        var first = this;
        while (first.parent is not null)
            first = first.parent;
        return first;
    }

    private IEnumerable<ValuePath> Steps()
    {
        for (var step = this; step is not null; step = step.parent)
            yield return step;
    }
}
