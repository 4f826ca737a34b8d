using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which names the files of a compilation use, read when first asked for: what has to be bound can so be told before anything is.</summary>
internal sealed class NamedFiles
{
    // Not to be cancelled: whoever asks next needs the same.
    private readonly Lazy<ImmutableArray<NamedBodies>> all;
    private readonly Lazy<WordTable> filesByWord;
    private readonly Lazy<ILookup<string, string>> aliases;
    private readonly Lazy<HashSet<string>> staticUsings;
    private readonly Lazy<NamedTypes> types;

    public NamedFiles(AsyncModel model)
    {
        all = new(() => model.Compilation.SyntaxTrees.Select(tree => NamedBodies.In(tree, CancellationToken.None)).ToImmutableArray());
        filesByWord = new(() => ByWord(all.Value));
        aliases = new(() => all.Value.SelectMany(file => file.Declarations.Aliases).ToLookup(alias => alias.Value, alias => alias.Key, StringComparer.Ordinal));
        types = new(() => new NamedTypes(all.Value));
        staticUsings = new(() => new HashSet<string>(all.Value.SelectMany(file => file.Declarations.StaticUsings), StringComparer.Ordinal));
    }

    /// <summary>All files, in the compilation's order.</summary>
    public ImmutableArray<NamedBodies> All => all.Value;

    /// <summary>Which types derive from which, by their names.</summary>
    public NamedTypes Types => types.Value;

    /// <summary>The files that may use a name, in the compilation's order.</summary>
    public IEnumerable<NamedBodies> Using(string name) => filesByWord.Value.ValuesOf(WordTable.HashOf(name)).Select(file => all.Value[file]);

    /// <summary>The names that stand for one in some file.</summary>
    public IEnumerable<string> AliasesOf(string name) => aliases.Value[name];

    /// <summary>Whether some file names the static members of a type without it.</summary>
    public bool Import(string type) => staticUsings.Value.Contains(type);

    private static WordTable ByWord(ImmutableArray<NamedBodies> files)
    {
        var found = new WordTable();
        for (var index = 0; index < files.Length; index++)
        {
            foreach (var word in files[index].Words)
                found.Add(word, index);
        }

        return found;
    }
}
