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
    private readonly HashSet<SyntaxNode> sources = [];
    private readonly Dictionary<NamedBodySignature, List<SyntaxNode>> bodiesOf = [];
    private readonly Dictionary<SyntaxNode, HashSet<NamedBodySignature>> used = [];
    private readonly Queue<NamedBody> open = new();

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => bodies.Count == 0;

    /// <summary>Whether a body of this name can.</summary>
    public bool HasName(string name) => names.Contains(name);

    /// <summary>Whether a body can, given by its node as <see cref="NamedBody"/> has it.</summary>
    public bool HasBody(SyntaxNode body) => bodies.Contains(body);

    /// <summary>Whether a body was added because it holds what is looked for.</summary>
    public bool IsSource(SyntaxNode body) => sources.Contains(body);

    /// <summary>The bodies that one runs and that can come to it too, some perhaps twice.</summary>
    public IEnumerable<SyntaxNode> LedToBy(SyntaxNode body) => used.TryGetValue(body, out var signatures) ? signatures.SelectMany(signature => bodiesOf[signature]) : [];

    /// <summary>Adds a body that holds what is looked for.</summary>
    public void Add(NamedBody body)
    {
        if (Reach(body))
            sources.Add(body.Node);
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
                AddUsers(body, body.Signature, UsesOf(WrittenWords.UntoldNew, cancellation)[Untold]);
                foreach (var related in RelatedTo(body.Name, cancellation))
                    AddUsers(body, body.Signature, UsesOf(WrittenWords.UntoldNew, cancellation)[related]);
            }

            if (body.Type is not { } type)
            {
                AddUsers(body, body.Signature, UsesOf(body.Name, cancellation).SelectMany(uses => uses));
                continue;
            }

            if (body.IsStatic)
                AddUsers(body, body.Signature, UsesOf(body.Name, cancellation)[Untold].Where(use => MayBeOn(type, use, cancellation)));
            else if (OfAnyType(body) is var ofAnyType && asked.Add(ofAnyType))
                AddUsers(body, ofAnyType, UsesOf(body.Name, cancellation)[Untold]);
            if (files.Import(type, cancellation))
                AddUsers(body, body.Signature, UsesOf(body.Name, cancellation).SelectMany(uses => uses).Where(use => use.Receiver is null));
            foreach (var related in RelatedTo(type, cancellation))
                AddUsers(body, body.Signature, UsesOf(body.Name, cancellation)[related]);
        }

        return this;
    }

    /// <summary>Whether a static member of a type may be used so: named on that type, on one below it, or on a type parameter; or without anything before it.</summary>
    private bool MayBeOn(string type, NameUse use, CancellationToken cancellation) =>
        use.Receiver is not { } receiver || RelatedTo(type, cancellation).Contains(receiver) || DeclaredTypes.IsTypeParameter(receiver, use.Place);

    /// <summary>Adds those who use a body, and that they use all that are named so.</summary>
    private void AddUsers(NamedBody body, NamedBodySignature named, IEnumerable<NameUse> uses)
    {
        foreach (var use in uses)
        {
            if (body.Fits(use) && leads(use, body) && Reach(use.Body))
                Uses(use.Body.Node).Add(named);
        }
    }

    /// <summary>Adds a body that can come to what is looked for; false for one that cannot.</summary>
    private bool Reach(NamedBody body)
    {
        if (bodies.Contains(body.Node))
            return true;
        if (!counts(body))
            return false;
        bodies.Add(body.Node);
        names.Add(body.Name);
        BodiesOf(body.Signature).Add(body.Node);
        if (body.Type is not null)
            BodiesOf(OfAnyType(body)).Add(body.Node);
        open.Enqueue(body);
        return true;
    }

    private static NamedBodySignature OfAnyType(NamedBody body) => body.Signature with { Type = Untold };

    private HashSet<NamedBodySignature> Uses(SyntaxNode body)
    {
        if (!used.TryGetValue(body, out var signatures))
            used.Add(body, signatures = []);
        return signatures;
    }

    private List<SyntaxNode> BodiesOf(NamedBodySignature signature)
    {
        if (!bodiesOf.TryGetValue(signature, out var nodes))
            bodiesOf.Add(signature, nodes = []);
        return nodes;
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
