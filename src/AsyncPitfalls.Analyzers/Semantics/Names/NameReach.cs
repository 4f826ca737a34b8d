using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The bodies of a compilation that can come to something, as far as names tell: they hold it, or use the name of a body
/// that does. Too many, never too few: what a name means is asked only of these.
/// </summary>
/// <param name="files">The names of the compilation.</param>
/// <param name="passesOn">Whether what a body comes to is also come to by who runs it.</param>
internal sealed class NameReach(NamedFiles files, Func<NamedBody, bool> passesOn)
{
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
        if (!passesOn(body) || !bodies.Add(body.Node))
            return;
        names.Add(body.Name);
        open.Enqueue(body);
    }

    /// <summary>Adds all that run one of the bodies, directly or through others.</summary>
    public NameReach Close()
    {
        var asked = new HashSet<NamedBodySignature>();
        while (open.Count > 0)
        {
            var body = open.Dequeue();
            if (!asked.Add(body.Signature))
                continue;
            AddUsersOf(body.Name, body);
            if (body.Kind == NamedBodyKind.Constructor)
                AddUsersOf(NamedBodies.Untold, body);
        }

        return this;
    }

    private void AddUsersOf(string name, NamedBody body)
    {
        foreach (var file in files.Using(name))
        {
            foreach (var use in file.UsesOf(name))
            {
                if (body.Fits(use))
                    Add(file.Bodies[use.Body]);
            }
        }
    }
}
