using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which functions may never end, as far as names tell: those with what looks endless, and those that name one of these.
/// They only tell which functions are worth reading, so each answer may be too much, never too little.
/// </summary>
/// <param name="model">The compilation.</param>
internal sealed class EndlessNames(AsyncModel model)
{
    private readonly FoundOnce<ConfirmedReach> reach = new(cancellation => new ConfirmedReach(Find(model.NamedFiles, cancellation), new EndlessPlaces(model).MayBeIn));

    /// <summary>Whether a method of this compilation may never end.</summary>
    public bool Hold(IMethodSymbol method, CancellationToken cancellation) =>
        reach.Get(cancellation) is var named && named.HasName(method.Name) && Bodies.SyntaxOf(method, cancellation) is { } body && named.HasBody(body, cancellation);

    /// <summary>Whether code in a function, such as a lambda, may itself never end.</summary>
    public bool MayBeIn(SyntaxNode code, CancellationToken cancellation) =>
        HoldAround(code, cancellation) && MayBeIn(code, reach.Get(cancellation), NamedBodies.In(code.SyntaxTree, cancellation));

    /// <summary>Whether one of the functions around a place may never end: what is true of none of them is true of no part of them.</summary>
    public bool HoldAround(SyntaxNode place, CancellationToken cancellation)
    {
        var named = reach.Get(cancellation);
        for (var current = place; current is not null; current = current.Parent)
        {
            if (named.HasBody(current, cancellation))
                return true;
        }

        return false;
    }

    private static bool MayBeIn(SyntaxNode code, ConfirmedReach named, NamedBodies file) => code.DescendantNodesAndSelf()
        .Any(node => file.LooksEndless(node) || node is SimpleNameSyntax name && named.HasName(name.Identifier.ValueText));

    private static NameReach Find(NamedFiles files, CancellationToken cancellation)
    {
        // Only calls are followed, and nobody waits for a task that is thrown away, for async void, or by calling an iterator.
        var found = new NameReach(
            files,
            counts: _ => true,
            passesOn: body => body.Kind == NamedBodyKind.Method && !(body.IsAsync && ReturnsVoid(body.Node)) && !Functions.IsIterator(body.Node),
            leads: (use, body) => !use.IsLeftToPool && !(use.IsThrownAway && body.IsAsync));
        foreach (var file in files.All(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var body in file.Endless)
                found.Add(body);
        }

        return found.Close(cancellation);
    }

    private static bool ReturnsVoid(SyntaxNode function) =>
        (function as MethodDeclarationSyntax)?.ReturnType is PredefinedTypeSyntax || (function as LocalFunctionStatementSyntax)?.ReturnType is PredefinedTypeSyntax;
}
