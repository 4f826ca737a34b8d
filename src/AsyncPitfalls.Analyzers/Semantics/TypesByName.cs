using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The types of a compilation by their metadata names. A type whose namespace nobody declares is not looked for in each of
/// the hundreds of assemblies that a project may reference.
/// </summary>
internal sealed class TypesByName(Compilation compilation)
{
    private readonly Dictionary<string, INamespaceSymbol?> namespaces = new(StringComparer.Ordinal) { [""] = compilation.GlobalNamespace };

    /// <summary>A type; null where the compilation does not know it. Of several with the same name the first public one.</summary>
    public INamedTypeSymbol? Find(string metadataName)
    {
        if (NamespaceOf(metadataName) is null)
            return null;
#pragma warning disable RS0030 // the one place
        return compilation.GetTypeByMetadataName(metadataName)
            ?? compilation.GetTypesByMetadataName(metadataName).FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public);
#pragma warning restore RS0030
    }

    /// <summary>Those of several types that the compilation knows, in their order.</summary>
    public ImmutableArray<INamedTypeSymbol> FindAll(params string[] metadataNames)
    {
        var found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (var name in metadataNames)
        {
            if (Find(name) is { } type)
                found.Add(type);
        }

        return found.ToImmutable();
    }

    /// <summary>The namespace before the last dot of a name; null where nobody declares it.</summary>
    private INamespaceSymbol? NamespaceOf(string name)
    {
        var end = Math.Max(name.LastIndexOf('.'), 0);
        var space = name.Substring(0, end);
        if (!namespaces.TryGetValue(space, out var found))
        {
            var own = space.Substring(space.LastIndexOf('.') + 1);
            found = NamespaceOf(space)?.GetMembers(own).OfType<INamespaceSymbol>().FirstOrDefault();
            namespaces.Add(space, found);
        }

        return found;
    }
}
