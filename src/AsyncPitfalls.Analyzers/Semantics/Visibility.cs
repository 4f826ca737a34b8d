using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Who can see a member.</summary>
internal static class Visibility
{
    /// <summary>Whether other assemblies can call a method, directly or from a derived type.</summary>
    public static bool IsSeenOutside(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
            return false;
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }
}
