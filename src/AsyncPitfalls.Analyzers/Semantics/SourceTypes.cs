using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>The types that a compilation declares. They are found once, when they are first asked for.</summary>
internal sealed class SourceTypes(AsyncModel model)
{
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> all = new(() => In(model.Compilation.Assembly.GlobalNamespace).ToImmutableArray());

    /// <summary>Every type, nested ones too.</summary>
    public ImmutableArray<INamedTypeSymbol> All => all.Value;

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
}
