using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which bodies of the compilation can come to block, as far as names tell: too many, never too few.</summary>
internal sealed class BlockingReach(AsyncModel model)
{
    private readonly FoundOnce<NameReach> reach = new(cancellation => Find(model, cancellation));

    /// <summary>Whether a call or read of a name may block.</summary>
    public bool Has(string name, CancellationToken cancellation) => reach.Get(cancellation).HasName(name);

    /// <summary>Whether a member of this compilation may block when it is run.</summary>
    public bool Has(IMethodSymbol member, CancellationToken cancellation) =>
        reach.Get(cancellation) is { IsEmpty: false } named
        && (Bodies.SyntaxOf(member, cancellation) is { } body && named.HasBody(body)
            || member.MethodKind == MethodKind.Constructor
                && member.ContainingType.DeclaringSyntaxReferences.Any(reference => named.HasBody(reference.GetSyntax(cancellation))));

    private static NameReach Find(AsyncModel model, CancellationToken cancellation)
    {
        // Who calls an async function does not wait for what it does.
        var found = new NameReach(model.NamedFiles, counts: body => !body.IsAsync, passesOn: _ => true, leads: (_, _) => true);
        foreach (var name in BlockingNames.Of(model, cancellation))
        {
            foreach (var file in model.NamedFiles.Using(name.Name, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var use in file.UsesOf(name.Name))
                {
                    if (name.Fits(use, file))
                        found.Add(use.Body);
                }
            }
        }

        return found.Close(cancellation);
    }
}
