using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which functions may never end, as far as names tell: those with what looks endless, and those that name one of these.
/// They only tell which functions are worth reading.
/// </summary>
internal sealed class EndlessNames(AsyncModel model)
{
    private readonly Lazy<NameReach> reach = new(() => Find(model.NamedFiles));

    /// <summary>Whether a method of this compilation may never end.</summary>
    public bool Hold(IMethodSymbol method, CancellationToken cancellation) =>
        reach.Value.HasName(method.Name) && Bodies.SyntaxOf(method, cancellation) is { } body && reach.Value.HasBody(body);

    /// <summary>Whether code in a function, such as a lambda, may itself never end.</summary>
    public bool MayBeIn(SyntaxNode code) =>
        code.AncestorsAndSelf().Any(reach.Value.HasBody)
        && code.DescendantNodesAndSelf().Any(node => EndlessSyntax.Looks(node) || node is SimpleNameSyntax name && reach.Value.HasName(name.Identifier.ValueText));

    private static NameReach Find(NamedFiles files)
    {
        // Only calls are followed, and nobody waits for a task that is thrown away.
        var found = new NameReach(
            files,
            counts: _ => true,
            passesOn: body => body.Kind == NamedBodyKind.Method,
            leads: (use, body) => !use.IsLeftToPool && !(use.IsThrownAway && body.IsAsync));
        foreach (var body in files.All.SelectMany(file => file.Endless))
            found.Add(body);
        return found.Close();
    }
}
