using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Methods whose signature is not theirs to choose, because a base member or an interface has it.</summary>
internal static class DictatedSignatures
{
    /// <summary>Whether a method overrides a base method or implements an interface's, explicitly or by its name, static members included.</summary>
    public static bool Has(IMethodSymbol method) =>
        method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty || ImplementsByName(method);

    private static bool ImplementsByName(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Ordinary
        && method.ContainingType.AllInterfaces
            .SelectMany(type => type.GetMembers(method.Name))
            .Any(member => Implements(method, member));

    private static bool Implements(IMethodSymbol method, ISymbol member)
    {
        var implementation = method.ContainingType.FindImplementationForInterfaceMember(member);
        return SymbolEqualityComparer.Default.Equals(implementation, method)
            || (method.PartialDefinitionPart is { } definition && SymbolEqualityComparer.Default.Equals(implementation, definition));
    }
}
