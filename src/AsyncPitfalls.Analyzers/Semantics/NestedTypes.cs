using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which types hold tasks of tasks, alone or in a collection, and which hold tasks that have no task inside.</summary>
internal sealed class NestedTypes(AsyncModel model)
{
    /// <summary>The awaitable that an awaitable yields; null for all other types.</summary>
    public ITypeSymbol? InnerOf(ITypeSymbol? type) =>
        model.Awaitables.ResultOf(type) is { SpecialType: not SpecialType.System_Void } inner && model.Awaitables.ResultOf(inner) is not null ? inner : null;

    /// <summary>Whether a value of a type gives its tasks only when it is awaited: <c>Task&lt;Task&gt;</c>, <c>Task&lt;Task[]&gt;</c>, or a collection of such.</summary>
    public bool IsNested(ITypeSymbol? type) =>
        model.Awaitables.ResultOf(type) is { } result ? IsTasks(result) : ElementOf(type) is { } element && IsNested(element);

    /// <summary>Whether a type is an awaitable, or a collection of awaitables.</summary>
    public bool IsTasks(ITypeSymbol? type) =>
        model.Awaitables.ResultOf(type) is not null || ElementOf(type) is { } element && IsTasks(element);

    /// <summary>Whether a type is an awaitable, or a collection of awaitables, that hides whatever task is inside.</summary>
    public bool IsPlain(ITypeSymbol? type) => IsTasks(type) && !IsNested(type);

    /// <summary>Whether a type is a collection of tasks of tasks.</summary>
    public bool IsCollectionOfNested(ITypeSymbol? type) => ElementOf(type) is { } element && IsNested(element);

    private static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence => sequence.TypeArguments[0],
        INamedTypeSymbol { SpecialType: not SpecialType.System_String } named => named.AllInterfaces
            .FirstOrDefault(implemented => implemented.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
        _ => null,
    };
}
