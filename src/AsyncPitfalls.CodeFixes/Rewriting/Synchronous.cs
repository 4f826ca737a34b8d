using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Makes a function that never awaits synchronous, <c>Task&lt;T&gt;</c> to <c>T</c> and <c>Task</c> to <c>void</c>, where
/// every caller in the solution awaits at once and there can be no other.
/// </summary>
internal static class Synchronous
{
    private const string Purpose = "make synchronous";

    /// <summary>The edits of the function and its callers; null where one of them does not await at once, or nobody calls it.</summary>
    /// <param name="found">The function.</param>
    /// <param name="together">The functions that become synchronous together with it, itself included.</param>
    /// <param name="site">Its finding.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<IReadOnlyList<NodeEdit>?> PlanAsync(
        NeverAwaitingFunction found, IReadOnlyList<NeverAwaitingFunction> together, FixSite site, CancellationToken cancellation)
    {
        if (await AwaitsOfAsync(found, site, cancellation).ConfigureAwait(false) is not { } awaits)
            return null;
        var edits = new List<NodeEdit>
        {
            new(site.Document.Id, found.Function, Purpose, (current, _) => AsyncRemoval.WithoutAsync(WithType(current))),
        };
        edits.AddRange(awaits.Select(WithoutAwait));
        var gone = new List<CodePlace>();
        foreach (var other in together)
            gone.AddRange(await AwaitsOfAsync(other, site, cancellation).ConfigureAwait(false) ?? []);
        foreach (var caller in awaits.GroupBy(place => Functions.Around(place.Node)))
        {
            if (caller.Key is not { } function || Functions.AsyncKeyword(function) == default || Functions.OwnAwaits(function).Except(gone.Select(place => place.Node)).Any())
                continue;
            var place = caller.First();
            var others = gone.Where(other => function.Contains(other.Node)).Select(WithoutAwait).ToList();
            if (AsyncRemoval.Plan(place.Document, function, place.Semantics, place.Model, others, cancellation) is not { } removal)
                return null;
            edits.AddRange(removal);
        }

        return edits;
    }

    /// <summary>The <c>await</c> of every call of a function; null where something else is done with it.</summary>
    private static async Task<IReadOnlyList<CodePlace>?> AwaitsOfAsync(NeverAwaitingFunction found, FixSite site, CancellationToken cancellation)
    {
        if (!MayChange(found, site.Semantics.Compilation, cancellation)
            || await MethodFamily.OfAsync(found.Symbol, site.Document.Project.Solution, cancellation).ConfigureAwait(false) is not { Members.Length: 1 } family)
            return null;
        var awaits = new List<CodePlace>();
        foreach (var reference in family.References)
        {
            if (await CallSite.OfAsync(reference, cancellation).ConfigureAwait(false) is not { } call)
                return null;
            if (call.Kind == CallSiteKind.NameOnly)
                continue;
            if (call.Kind != CallSiteKind.Call || AwaitOf(call.Place.Node) is not { } awaited)
                return null;
            awaits.Add(call.Place.At(awaited));
        }

        return awaits.Count > 0 ? awaits : null;
    }

    private static bool MayChange(NeverAwaitingFunction found, Compilation compilation, CancellationToken cancellation) =>
        !found.IsDictated
        && found.Symbol is { ReturnsVoid: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, IsVirtual: false, PartialDefinitionPart: null }
        && TypeOf(found.Function) is { } type && NewType(type) is not null
        && !SymbolEqualityComparer.Default.Equals(compilation.GetEntryPoint(cancellation), found.Symbol)
        && (compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary || !Visibility.IsSeenOutside(found.Symbol));

    /// <summary>The <c>await</c> that a call is at once given to, also through <c>ConfigureAwait</c> and parentheses.</summary>
    private static AwaitExpressionSyntax? AwaitOf(SyntaxNode call)
    {
        for (var current = call; ;)
        {
            switch (current.Parent)
            {
                case AwaitExpressionSyntax awaited:
                    return awaited;
                case ParenthesizedExpressionSyntax:
                    current = current.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } access when access.Expression == current:
                    current = configured;
                    break;
                default:
                    return null;
            }
        }
    }

    private static NodeEdit WithoutAwait(CodePlace awaited)
    {
        var place = awaited.Node;
        while (place.Parent is ParenthesizedExpressionSyntax)
            place = place.Parent;
        return new NodeEdit(awaited.Document.Id, place, Purpose, (current, _) => Called(current).WithTriviaFrom(current));
    }

    /// <summary>The call behind an await, <c>ConfigureAwait</c> and parentheses.</summary>
    private static SyntaxNode Called(SyntaxNode node) => node switch
    {
        ParenthesizedExpressionSyntax parenthesized => Called(parenthesized.Expression),
        AwaitExpressionSyntax awaited => Called(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access } => Called(access.Expression),
        _ => node,
    };

    private static TypeSyntax? TypeOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        LocalFunctionStatementSyntax local => local.ReturnType,
        _ => null,
    };

    private static SyntaxNode WithType(SyntaxNode current) => current switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(NewType(method.ReturnType)!.WithTriviaFrom(method.ReturnType)),
        LocalFunctionStatementSyntax local => local.WithReturnType(NewType(local.ReturnType)!.WithTriviaFrom(local.ReturnType)),
        _ => current,
    };

    /// <summary><c>T</c> for <c>Task&lt;T&gt;</c>, <c>void</c> for <c>Task</c>; null for what hides its arguments, such as an alias.</summary>
    private static TypeSyntax? NewType(TypeSyntax type) => type switch
    {
        GenericNameSyntax generic => generic.TypeArgumentList.Arguments[0],
        QualifiedNameSyntax qualified => NewType(qualified.Right),
        AliasQualifiedNameSyntax qualified => NewType(qualified.Name),
        IdentifierNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } => PredefinedType(Token(SyntaxKind.VoidKeyword)),
        _ => null,
    };
}
