using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Methods that implement an interface only for a type that derives from theirs: <c>Go</c> of <c>B</c> in
/// <c>class D : B, IJob</c>. Which they are is found once for all types of the compilation, when it is first asked for.
/// </summary>
internal sealed class InheritedImplementations(AsyncModel model)
{
    private readonly Lazy<ImmutableHashSet<ISymbol>> all = new(() => FindAll(model));

    /// <summary>Whether a type of this compilation implements an interface's member with a method that it inherits.</summary>
    public bool Has(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false }
        && all.Value.Contains(method.OriginalDefinition);

    private static ImmutableHashSet<ISymbol> FindAll(AsyncModel model)
    {
        var found = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var type in model.SourceTypes.All.Where(DerivesFromSource))
        {
            foreach (var member in type.Interfaces.SelectMany(declared => declared.AllInterfaces.Add(declared)).SelectMany(declared => declared.GetMembers()).OfType<IMethodSymbol>())
            {
                if (type.FindImplementationForInterfaceMember(member) is { ContainingType: { TypeKind: TypeKind.Class } owner } implementation
                    && !SymbolEqualityComparer.Default.Equals(owner, type))
                    found.Add(implementation.OriginalDefinition);
            }
        }

        return found.ToImmutable();
    }

    private static bool DerivesFromSource(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, Interfaces.IsEmpty: false, BaseType.DeclaringSyntaxReferences.IsEmpty: false };
}
