using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncPitfalls.Semantics;

/// <summary>Which types derive from and implement which, by their names alone: types of one name count as one.</summary>
/// <param name="files">The files of the compilation.</param>
internal sealed class NamedTypes(IReadOnlyList<NamedBodies> files)
{
    private readonly ILookup<string, string> bases = Of(files).ToLookup(pair => pair.Type, pair => pair.Base, StringComparer.Ordinal);
    private readonly ILookup<string, string> derived = Of(files).ToLookup(pair => pair.Base, pair => pair.Type, StringComparer.Ordinal);

    /// <summary>
    /// The types whose members a value of a type can have, and the other way round: some object may be of both, since a type
    /// is below both of them. The type itself is among them.
    /// </summary>
    public HashSet<string> RelatedTo(string type) => All(All([type], derived), bases);

    private static HashSet<string> All(IEnumerable<string> first, ILookup<string, string> next)
    {
        var found = new HashSet<string>(first, StringComparer.Ordinal);
        var open = new Stack<string>(found);
        while (open.Count > 0)
        {
            foreach (var name in next[open.Pop()])
            {
                if (found.Add(name))
                    open.Push(name);
            }
        }

        return found;
    }

    /// <summary>What the files declare, and that an alias is the type for which it stands.</summary>
    private static IEnumerable<(string Type, string Base)> Of(IReadOnlyList<NamedBodies> files) =>
        files.SelectMany(file => file.Declarations.Bases.Concat(file.Declarations.Aliases.SelectMany(alias => new[] { (alias.Key, alias.Value), (alias.Value, alias.Key) })));
}
