using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>What members and types have from those above them: overridden members, implemented interfaces, attributes.</summary>
internal static class Inheritance
{
    /// <summary>A method and all that it overrides, the nearest first.</summary>
    public static IEnumerable<IMethodSymbol> Chain(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
            yield return current;
    }

    /// <summary>Whether a method, or one that it overrides, implements a member of an interface, explicitly or not; false where that is null.</summary>
    public static bool Implements(IMethodSymbol method, INamedTypeSymbol? contract)
    {
        if (contract is null)
            return false;
        if (method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
            return method.ExplicitInterfaceImplementations.Any(member => KnownTypes.Same(member.ContainingType, contract));
        // Asked first, as it is cheap: what is not explicit implements a member of its own name.
        return method is { IsStatic: false, MethodKind: MethodKind.Ordinary }
            && !contract.GetMembers(method.Name).IsEmpty
            && Chain(method).Any(link => ImplementsItself(link, contract));
    }

    /// <summary>Whether a method overrides, at any distance, a member that a well-known type declares.</summary>
    public static bool Overrides(IMethodSymbol method, INamedTypeSymbol? declaring) =>
        method.IsOverride && Chain(method).Any(link => KnownTypes.Same(link.ContainingType, declaring));

    /// <summary>Whether a method, or one that it overrides, has an attribute of a well-known type or of one derived from it.</summary>
    public static bool HasAttribute(IMethodSymbol method, INamedTypeSymbol? attribute) =>
        attribute is not null && Chain(method).Any(link => HasOwnAttribute(link, attribute));

    /// <summary>Whether a type, or one that it derives from, has an attribute of a well-known type or of one derived from it.</summary>
    public static bool HasAttribute(INamedTypeSymbol type, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
            return false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (HasOwnAttribute(current, attribute))
                return true;
        }

        return false;
    }

    /// <summary>The types whose members are found by name on a type: itself and its bases, for an interface all that it extends, for a type parameter its constraints.</summary>
    public static IEnumerable<ITypeSymbol> TypesOfMembers(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.SelectMany(TypesOfMembers);
        return type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : WithBases(type);
    }

    private static IEnumerable<ITypeSymbol> WithBases(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
            yield return current;
    }

    private static bool HasOwnAttribute(ISymbol symbol, INamedTypeSymbol attribute)
    {
        foreach (var data in symbol.GetAttributes())
        {
            if (KnownTypes.SameOrBelow(data.AttributeClass, attribute))
                return true;
        }

        return false;
    }

    private static bool ImplementsItself(IMethodSymbol method, INamedTypeSymbol contract) =>
        method.ContainingType.AllInterfaces
            .Where(implemented => KnownTypes.Same(implemented, contract))
            .SelectMany(implemented => implemented.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
