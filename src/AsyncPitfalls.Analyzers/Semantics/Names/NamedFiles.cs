using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which names the files of a compilation use, read when first asked for: what has to be bound can so be told before anything is.</summary>
internal sealed class NamedFiles
{
    private readonly FoundOnce<NamedBodies[]> all;
    private readonly FoundOnce<WordTable> filesByWord;
    private readonly FoundOnce<ILookup<string, string>> aliases;
    private readonly FoundOnce<HashSet<string>> staticUsings;
    private readonly FoundOnce<NamedTypes> types;

    public NamedFiles(AsyncModel model)
    {
        all = new(cancellation => [.. model.Compilation.SyntaxTrees.Select(tree => NamedBodies.In(tree, cancellation))]);
        filesByWord = new(cancellation => ByWord(all.Get(cancellation), cancellation));
        aliases = new(cancellation => all.Get(cancellation).SelectMany(file => file.Declarations.Aliases).ToLookup(alias => alias.Value, alias => alias.Key, StringComparer.Ordinal));
        staticUsings = new(cancellation => new HashSet<string>(all.Get(cancellation).SelectMany(file => file.Declarations.StaticUsings), StringComparer.Ordinal));
        types = new(cancellation => new NamedTypes(all.Get(cancellation)));
    }

    /// <summary>All files, in the compilation's order.</summary>
    public IReadOnlyList<NamedBodies> All(CancellationToken cancellation) => all.Get(cancellation);

    /// <summary>The types that some object may be of together with this one (<see cref="NamedTypes.RelatedTo"/>).</summary>
    public HashSet<string> TypesRelatedTo(string type, CancellationToken cancellation) => types.Get(cancellation).RelatedTo(type);

    /// <summary>The files that may use a name, in the compilation's order.</summary>
    public IEnumerable<NamedBodies> Using(string name, CancellationToken cancellation)
    {
        var files = all.Get(cancellation);
        return filesByWord.Get(cancellation).ValuesOf(WordTable.HashOf(name)).Select(file => files[file]);
    }

    /// <summary>Whether some file may use a name.</summary>
    public bool MayUse(string name, CancellationToken cancellation) => filesByWord.Get(cancellation).Has(WordTable.HashOf(name));

    /// <summary>The names that stand for one in some file.</summary>
    public IEnumerable<string> AliasesOf(string name, CancellationToken cancellation) => aliases.Get(cancellation)[name];

    /// <summary>Whether some file names the static members of a type without it.</summary>
    public bool Import(string type, CancellationToken cancellation) => staticUsings.Get(cancellation).Contains(type);

    private static WordTable ByWord(NamedBodies[] files, CancellationToken cancellation)
    {
        var found = new WordTable(files.Sum(file => file.DistinctWords));
        for (var index = 0; index < files.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var word in files[index].Words)
                found.Add(word, index);
        }

        return found;
    }
}
