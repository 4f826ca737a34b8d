using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>The types that a compilation declares. They are found once, when they are first asked for.</summary>
internal sealed class SourceTypes
{
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> all;
    private readonly Lazy<ILookup<ISymbol?, INamedTypeSymbol>> below;

    public SourceTypes(AsyncModel model)
    {
        all = new(() => In(model.Compilation.Assembly.GlobalNamespace).ToImmutableArray());
        below = new(() => all.Value
            .SelectMany(type => Above(type).Select(above => (Type: type, Above: above)))
            .ToLookup<(INamedTypeSymbol Type, INamedTypeSymbol Above), ISymbol?, INamedTypeSymbol>(pair => pair.Above, pair => pair.Type, SymbolEqualityComparer.Default));
    }

    /// <summary>Every type, nested ones too.</summary>
    public ImmutableArray<INamedTypeSymbol> All => all.Value;

    /// <summary>The types that derive from a type or implement it, whatever its type arguments, in the order in which they are declared; not the type itself.</summary>
    public IEnumerable<INamedTypeSymbol> Below(INamedTypeSymbol type) => below.Value[type.OriginalDefinition];

    private static IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            foreach (var nested in In(inner))
                yield return nested;
        }
    }

    private static HashSet<INamedTypeSymbol> Above(INamedTypeSymbol type)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var implemented in type.AllInterfaces)
            found.Add(implemented.OriginalDefinition);
        for (var based = type.BaseType; based is not null; based = based.BaseType)
            found.Add(based.OriginalDefinition);
        return found;
    }
}
