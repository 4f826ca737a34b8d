using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which bodies of the compilation can come to block, as far as names tell: they use a blocking name, or the name of a
/// body that can. Too many, never too few: what a name means is asked only of these.
/// </summary>
internal sealed class BlockingReach(AsyncModel model)
{
    // Not to be cancelled: whoever asks next needs the same.
    private readonly Lazy<(HashSet<string> Names, HashSet<SyntaxNode> Bodies)> found = new(() => Find(model));

    /// <summary>Whether a call or read of a name may block.</summary>
    public bool Has(string name) => found.Value.Names.Contains(name);

    /// <summary>Whether a member of this compilation may block when it is run.</summary>
    public bool Has(IMethodSymbol member, CancellationToken cancellation) =>
        found.Value.Bodies.Count > 0
        && (Bodies.SyntaxOf(member, cancellation) is { } body && found.Value.Bodies.Contains(body)
            || member.MethodKind == MethodKind.Constructor
                && member.ContainingType.DeclaringSyntaxReferences.Any(reference => found.Value.Bodies.Contains(reference.GetSyntax(cancellation))));

    private static (HashSet<string> Names, HashSet<SyntaxNode> Bodies) Find(AsyncModel model)
    {
        var files = model.Compilation.SyntaxTrees.Select(tree => NamedBodies.In(tree, CancellationToken.None)).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var bodies = new HashSet<SyntaxNode>();
        var open = new Queue<NamedBody>();
        foreach (var name in BlockingNames.Of(model, files))
        {
            foreach (var file in files)
            {
                foreach (var use in file.UsesOf(name.Name))
                {
                    if (name.Fits(use, file))
                        Mark(file, use);
                }
            }
        }

        var asked = new HashSet<(NamedBodyKind, string, int, int)>();
        while (open.Count > 0)
        {
            var body = open.Dequeue();
            if (!asked.Add((body.Kind, body.Name, body.Fewest, body.Most)))
                continue;
            foreach (var file in files)
            {
                foreach (var use in file.UsesOf(body.Name))
                {
                    if (body.Fits(use))
                        Mark(file, use);
                }

                if (body.Kind != NamedBodyKind.Constructor)
                    continue;
                foreach (var use in file.UsesOf(NamedBodies.Untold))
                {
                    if (body.Fits(use))
                        Mark(file, use);
                }
            }
        }

        return (names, bodies);

        void Mark(NamedBodies file, NameUse use)
        {
            if (use.Body < 0 || file.Bodies[use.Body] is not { IsAsync: false } body || !bodies.Add(body.Node))
                return;
            names.Add(body.Name);
            open.Enqueue(body);
        }
    }
}
