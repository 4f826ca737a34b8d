using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The bodies of a compilation that can come to something, as far as names tell: they hold it, or use the name of a body
/// that does. Too many, never too few: what a name means is asked only of these.
/// </summary>
/// <param name="files">The names of the compilation.</param>
/// <param name="counts">Whether a body can come to it at all.</param>
/// <param name="passesOn">Whether what a body comes to is also come to by who runs it.</param>
/// <param name="leads">Whether who uses a body so comes to what the body does.</param>
internal sealed class NameReach(NamedFiles files, Func<NamedBody, bool> counts, Func<NamedBody, bool> passesOn, Func<NameUse, NamedBody, bool> leads)
{
    // No type has this name.
    private const string Untold = "";

    private readonly Dictionary<string, ILookup<string, NameUse>> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> relations = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> bodies = [];
    private readonly Queue<NamedBody> open = new();

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => bodies.Count == 0;

    /// <summary>Whether a body of this name can.</summary>
    public bool HasName(string name) => names.Contains(name);

    /// <summary>Whether a body can, given by its node as <see cref="NamedBody"/> has it.</summary>
    public bool HasBody(SyntaxNode body) => bodies.Contains(body);

    /// <summary>Adds a body that holds what is looked for.</summary>
    public void Add(NamedBody body)
    {
        if (!counts(body) || !bodies.Add(body.Node))
            return;
        names.Add(body.Name);
        open.Enqueue(body);
    }

    /// <summary>Adds all that run one of the bodies, directly or through others.</summary>
    public NameReach Close(CancellationToken cancellation)
    {
        var asked = new HashSet<NamedBodySignature>();
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var body = open.Dequeue();
            if (!passesOn(body) || !asked.Add(body.Signature))
                continue;
            if (body.Kind == NamedBodyKind.Constructor)
            {
                AddUsers(body, UsesOf(WrittenWords.UntoldNew, cancellation)[Untold]);
                foreach (var related in RelatedTo(body.Name, cancellation))
                    AddUsers(body, UsesOf(WrittenWords.UntoldNew, cancellation)[related]);
            }

            if (body.Type is not { } type)
            {
                AddUsers(body, UsesOf(body.Name, cancellation).SelectMany(uses => uses));
                continue;
            }

            if (asked.Add(body.Signature with { Type = Untold }))
                AddUsers(body, UsesOf(body.Name, cancellation)[Untold]);
            if (files.Import(type, cancellation))
                AddUsers(body, UsesOf(body.Name, cancellation).SelectMany(uses => uses).Where(use => use.Receiver is null));
            foreach (var related in RelatedTo(type, cancellation))
                AddUsers(body, UsesOf(body.Name, cancellation)[related]);
        }

        return this;
    }

    private void AddUsers(NamedBody body, IEnumerable<NameUse> uses)
    {
        foreach (var use in uses)
        {
            if (body.Fits(use) && leads(use, body))
                Add(use.Body);
        }
    }

    /// <summary>The uses of a name in all files, by the type on which it is used.</summary>
    private ILookup<string, NameUse> UsesOf(string name, CancellationToken cancellation)
    {
        if (!users.TryGetValue(name, out var uses))
        {
            uses = files.Using(name, cancellation).SelectMany(file => file.UsesOf(name)).ToLookup(use => use.On ?? Untold, StringComparer.Ordinal);
            users.Add(name, uses);
        }

        return uses;
    }

    private HashSet<string> RelatedTo(string type, CancellationToken cancellation)
    {
        if (!relations.TryGetValue(type, out var found))
            relations.Add(type, found = files.TypesRelatedTo(type, cancellation));
        return found;
    }
}
