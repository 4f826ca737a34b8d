using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The types of a compilation by their metadata names. A type is looked for in its namespace alone, not in each of the
/// hundreds of assemblies that a project may reference.
/// </summary>
internal sealed class TypesByName(Compilation compilation)
{
    private readonly bool hasAliases = compilation.References.Any(reference => !reference.Properties.Aliases.IsEmpty);
    private readonly Dictionary<string, INamespaceSymbol?> namespaces = new(StringComparer.Ordinal) { [""] = compilation.GlobalNamespace };

    /// <summary>A type; null where the compilation does not know it. Of several with the same name the first public one.</summary>
    public INamedTypeSymbol? Find(string metadataName)
    {
        if (NamespaceOf(metadataName) is not { } space)
            return null;
        var own = metadataName.Substring(metadataName.LastIndexOf('.') + 1);
        if (own.IndexOf('+') >= 0)
            return Search(metadataName);
        var tick = own.IndexOf('`');
        var found = tick < 0 ? space.GetTypeMembers(own, 0) : space.GetTypeMembers(own.Substring(0, tick), int.Parse(own.Substring(tick + 1), CultureInfo.InvariantCulture));
        if (found.Length == 1 && found[0].MetadataName == own)
            return found[0];
        return found.IsEmpty && !hasAliases ? null : Search(metadataName);
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

    /// <summary>The compiler's own search through every assembly: it knows which of several types counts, and those that only an extern alias names.</summary>
    private INamedTypeSymbol? Search(string metadataName) =>
#pragma warning disable RS0030 // the one place
        compilation.GetTypeByMetadataName(metadataName)
        ?? compilation.GetTypesByMetadataName(metadataName).FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public);
#pragma warning restore RS0030

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
