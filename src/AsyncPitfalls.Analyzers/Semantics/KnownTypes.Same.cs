using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>Whether types are well-known ones.</content>
internal sealed partial class KnownTypes
{
    /// <summary>Whether a type is a well-known type, or one made from it where that is generic; false where either is null.</summary>
    public static bool Same(ITypeSymbol? type, INamedTypeSymbol? known) =>
        type is not null && known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);

    /// <summary>Whether a type is one of several well-known types, or one made from it where that is generic; false where it is null.</summary>
    public static bool Same(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> known)
    {
        foreach (var one in known)
        {
            if (Same(type, one))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is a well-known type, derives from it, or implements it; false where either is null.</summary>
    public static bool SameOrBelow(ITypeSymbol? type, INamedTypeSymbol? known)
    {
        if (type is null || known is null)
            return false;
        if (type is ITypeParameterSymbol parameter)
            return IsConstrainedTo(parameter, known);
        if (known.TypeKind == TypeKind.Interface)
            return Same(type, known) || Implements(type, known);
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Same(current, known))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is one of several well-known types, derives from one, or implements one.</summary>
    public static bool SameOrBelow(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> known)
    {
        foreach (var one in known)
        {
            if (SameOrBelow(type, one))
                return true;
        }

        return false;
    }

    /// <summary>Those of some well-known types that the compilation knows, in their order.</summary>
    public static ImmutableArray<INamedTypeSymbol> Known(params INamedTypeSymbol?[] types) => types.OfType<INamedTypeSymbol>().ToImmutableArray();

    private static bool IsConstrainedTo(ITypeParameterSymbol parameter, INamedTypeSymbol known)
    {
        foreach (var constraint in parameter.ConstraintTypes)
        {
            if (SameOrBelow(constraint, known))
                return true;
        }

        return false;
    }

    private static bool Implements(ITypeSymbol type, INamedTypeSymbol known)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (Same(implemented, known))
                return true;
        }

        return false;
    }
}
