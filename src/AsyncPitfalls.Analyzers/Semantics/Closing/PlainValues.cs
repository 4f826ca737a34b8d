using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which types are mere data, that outlives the object it was read from, and which are of use only as long as that object.</summary>
internal sealed class PlainValues(AsyncModel model)
{
    /// <summary>Whether a type is mere data: text, a number, an enum, a time, an array of them, or another value type that borrows nothing.</summary>
    public bool Is(ITypeSymbol? type) => type switch
    {
        null => false,
        IArrayTypeSymbol array => Is(array.ElementType),
        { SpecialType: SpecialType.System_String } => true,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => Is(element.Type)),
        { IsValueType: true, TypeKind: not TypeKind.TypeParameter } => !IsBorrowing(type) && !IsTask(type),
        _ => false,
    };

    /// <summary>Whether a value of a type that an object gives away mostly belongs to that object: what is disposed, tasks, queries, tokens, memory.</summary>
    public bool IsBorrowed(ITypeSymbol? type) =>
        type is not null
        && (IsBorrowing(type)
            || IsTask(type)
            || KnownTypes.SameOrBelow(type, model.Types.Disposable)
            || KnownTypes.SameOrBelow(type, model.Types.AsyncDisposable)
            || KnownTypes.SameOrBelow(type, model.Types.AsyncEnumerableOfT)
            || ElementOf(type) is { } element && IsTask(element));

    private bool IsBorrowing(ITypeSymbol type) => KnownTypes.SameOrBelow(type, model.Types.BorrowedValues);

    private bool IsTask(ITypeSymbol type) => model.Awaitables.ResultOf(type) is not null;

    private ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type is IArrayTypeSymbol array
            ? array.ElementType
            : type.AllInterfaces.FirstOrDefault(contract => KnownTypes.Same(contract, model.Types.EnumerableOfT))?.TypeArguments[0];
}
