using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which names the bodies of a file use, found by syntax alone. It is kept as long as the file is, so that a search
/// through a compilation reads anew only what has been edited.
/// </summary>
internal sealed class NamedBodies
{
    /// <summary>The name of every indexer, which is that of its symbol too.</summary>
    public const string Indexer = "this[]";

    /// <summary>Stands for the type's name in <c>new(…)</c>, which does not say it.</summary>
    public const string Untold = "new()";

    /// <summary>Stands for every name that may end what its argument has begun, such as <c>EndRead</c>.</summary>
    public const string EndOfPair = "End…";

    private static readonly ConditionalWeakTable<SyntaxTree, NamedBodies> Files = new();

    private readonly List<NamedBody> bodies = [];
    private readonly List<NameUse> uses = [];
    private readonly Dictionary<string, int> lastUses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> staticUsings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> handedOver = new(StringComparer.Ordinal);
    private readonly HashSet<int> endless = [];
    private readonly List<(string Type, string Base)> bases = [];

    private NamedBodies(SyntaxTree tree) => Tree = tree;

    /// <summary>The file.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>The bodies of the file, which uses name by their index.</summary>
    public IReadOnlyList<NamedBody> Bodies => bodies;

    /// <summary>The names that stand for another one in this file, each with the last name of what it stands for.</summary>
    public IReadOnlyDictionary<string, string> Aliases => aliases;

    /// <summary>The last names of the types whose members the file names without their type.</summary>
    public IReadOnlyCollection<string> StaticUsings => staticUsings;

    /// <summary>The bodies of a file.</summary>
    public static NamedBodies In(SyntaxTree tree, CancellationToken cancellation) =>
        Files.TryGetValue(tree, out var found) ? found : Files.GetValue(tree, key => Read(key, key.GetRoot(cancellation)));

    /// <summary>Each use of a name in a body of the file.</summary>
    public IEnumerable<NameUse> UsesOf(string name)
    {
        if (!lastUses.TryGetValue(name, out var index))
            yield break;
        while (index >= 0)
        {
            var use = uses[index];
            yield return use;
            index = use.Next;
        }
    }

    /// <summary>All names that are used.</summary>
    public IEnumerable<string> Names => lastUses.Keys;

    /// <summary>The bodies that hold what looks endless (<see cref="EndlessSyntax"/>).</summary>
    public IEnumerable<NamedBody> Endless => endless.Select(body => bodies[body]);

    /// <summary>The types that the file declares, each with the names of what it derives from and implements.</summary>
    public IReadOnlyList<(string Type, string Base)> Bases => bases;

    /// <summary>Where a name stands that is an argument or is subscribed to an event, so that it may be a method that is handed over.</summary>
    public IReadOnlyList<int> HandedOver(string name) => handedOver.TryGetValue(name, out var places) ? places : [];

    /// <summary>Whether any body of the file, or a declaration beside one, names something so.</summary>
    public bool Mentions(string name) => lastUses.ContainsKey(name);

    private static NamedBodies Read(SyntaxTree tree, SyntaxNode root)
    {
        var found = new NamedBodies(tree);
        new NamedBodyReader(found).Read(root);
        return found;
    }

    /// <summary>Adds a body, and gives its index.</summary>
    public int Add(NamedBody body)
    {
        bodies.Add(body);
        return bodies.Count - 1;
    }

    /// <summary>Adds a use of a name, unless it is like the one before.</summary>
    public void Add(string name, NameUse use)
    {
        var last = lastUses.TryGetValue(name, out var index) ? index : -1;
        if (last >= 0 && uses[last] with { Next = -1 } == use)
            return;
        lastUses[name] = uses.Count;
        uses.Add(use with { Next = last });
    }

    /// <summary>Adds a place where a name may be a method that is handed over.</summary>
    public void AddHandOver(string name, int position)
    {
        if (!handedOver.TryGetValue(name, out var places))
            handedOver.Add(name, places = []);
        places.Add(position);
    }

    /// <summary>Adds what a type derives from or implements.</summary>
    public void AddBase(string type, string based) => bases.Add((type, based));

    /// <summary>Notes that a body holds what looks endless.</summary>
    public void AddEndless(int body) => endless.Add(body);

    /// <summary>Adds a name that stands for another one.</summary>
    public void AddAlias(string alias, string name) => aliases[alias] = name;

    /// <summary>Adds a type whose static members are named without it.</summary>
    public void AddStaticUsing(string type) => staticUsings.Add(type);
}
