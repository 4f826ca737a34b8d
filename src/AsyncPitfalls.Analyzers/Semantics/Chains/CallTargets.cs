using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which bodies of this compilation a call of a virtual, abstract or interface member may run.</summary>
internal sealed class CallTargets(AsyncModel model)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> known = new(SymbolEqualityComparer.Default);

    /// <summary>Every method that a call may run, in the order in which the types are declared: the member itself where nothing can stand in for it; empty where this compilation has none.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol called)
    {
        var member = (called.ReducedFrom ?? called).OriginalDefinition;
        if (!CanBeReplaced(member))
            return ImmutableArray.Create(member);
        return known.TryGetValue(member, out var targets) ? targets : known.GetOrAdd(member, Find(member));
    }

    private static bool CanBeReplaced(IMethodSymbol member) =>
        (member.IsVirtual || member.IsAbstract || member.IsOverride)
        && !member.IsSealed
        && !member.ContainingType.IsSealed;

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol member)
    {
        var implementing = member.ContainingType.TypeKind == TypeKind.Interface
            ? model.SourceTypes.Below(member.ContainingType).Where(CanBeMade).Select(type => ImplementationIn(type, member)).OfType<IMethodSymbol>()
            : [member];
        return implementing.Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)
            .SelectMany(method => Overriding(method).Prepend(method))
            .Where(method => !method.IsAbstract)
            .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)
            .ToImmutableArray();
    }

    private static bool CanBeMade(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false };

    private IEnumerable<IMethodSymbol> Overriding(IMethodSymbol method) => CanBeReplaced(method)
        ? model.SourceTypes.Below(method.ContainingType)
            .SelectMany(type => type.GetMembers(method.Name))
            .OfType<IMethodSymbol>()
            .Where(other => Overrides(other, method))
        : [];

    private static bool Overrides(IMethodSymbol member, IMethodSymbol method) =>
        Inheritance.Chain(member).Skip(1).Any(overridden => SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method));

    /// <summary>What a type has for a member of an interface; null where it does not implement the interface.</summary>
    private static IMethodSymbol? ImplementationIn(INamedTypeSymbol type, IMethodSymbol member) =>
        type.AllInterfaces.FirstOrDefault(implemented => KnownTypes.Same(implemented, member.ContainingType)) is { } constructed
        && constructed.GetMembers(member.Name).FirstOrDefault(declared => SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, member)) is { } found
            ? (type.FindImplementationForInterfaceMember(found) as IMethodSymbol)?.OriginalDefinition
            : null;
}
