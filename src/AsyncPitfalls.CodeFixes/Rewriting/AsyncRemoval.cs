using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Takes <c>async</c> from a function that awaits nothing, or nothing any more: its returns give completed tasks, or, in
/// a lambda whose call has a synchronous overload, the plain values.
/// </summary>
internal sealed class AsyncRemoval
{
    private const string Purpose = "remove async";

    private readonly Document document;
    private readonly SyntaxNode function;
    private readonly CompletedReturns? returns;
    private readonly IReadOnlyList<NodeEdit> others;

    private AsyncRemoval(Document document, SyntaxNode function, CompletedReturns? returns, IReadOnlyList<NodeEdit> others)
    {
        this.document = document;
        this.function = function;
        this.returns = returns;
        this.others = others;
    }

    /// <summary>The edits that take <c>async</c> from a function; null where its return type has no completed value, or its call would mean another method.</summary>
    /// <param name="document">The document of the function.</param>
    /// <param name="function">An async function with a body.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="model">What is known of the compilation.</param>
    /// <param name="others">What else is edited in the function, such as awaits that are removed.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static IReadOnlyList<NodeEdit>? Plan(
        Document document, SyntaxNode function, SemanticModel semantics, AsyncModel model, IReadOnlyList<NodeEdit> others, CancellationToken cancellation)
    {
        if (Functions.SymbolOf(function, semantics) is not { } symbol)
            return null;
        var plain = new AsyncRemoval(document, function, null, others);
        if (symbol.ReturnsVoid)
            return function is AnonymousFunctionExpressionSyntax && !plain.KeepsOverload(semantics, document, cancellation) ? null : plain.Edits();
        if (CompletedExpressions.Of(symbol.ReturnType, semantics, model) is not { } tasks)
            return null;
        var completed = new AsyncRemoval(document, function, new CompletedReturns(document, function, tasks, semantics), others);
        if (function is not AnonymousFunctionExpressionSyntax lambda)
            return completed.Edits();
        if (LambdaOverloads.TakesSynchronous(lambda, plain.Rewritten(document), symbol, semantics, model, cancellation))
            return plain.Edits();
        return completed.KeepsOverload(semantics, document, cancellation) ? completed.Edits() : null;
    }

    private IReadOnlyList<NodeEdit> Edits() =>
    [
        .. returns?.Marks() ?? [],
        new NodeEdit(document.Id, function, Purpose, (current, generator) => WithoutAsync(returns?.Finish(current, generator) ?? current)),
    ];

    /// <summary>The function after these edits and the others.</summary>
    private SyntaxNode Rewritten(Document ofDocument)
    {
        var generator = SyntaxGenerator.GetGenerator(ofDocument);
        var edits = others.Where(edit => function.Contains(edit.Node)).Concat(Edits()).ToLookup(edit => edit.Node);
        return function.ReplaceNodes(
            edits.Select(group => group.Key),
            (original, current) => edits[original].Aggregate(current, (node, edit) => edit.Change(node, generator)));
    }

    private bool KeepsOverload(SemanticModel semantics, Document ofDocument, CancellationToken cancellation) =>
        LambdaOverloads.Keeps((AnonymousFunctionExpressionSyntax)function, Rewritten(ofDocument), semantics, cancellation);

    /// <summary>A function without the modifier; what stood before it stands before what follows it.</summary>
    public static SyntaxNode WithoutAsync(SyntaxNode current)
    {
        var keyword = Functions.AsyncKeyword(current);
        var next = keyword.GetNextToken();
        var moved = current.ReplaceToken(next, next.WithLeadingTrivia(keyword.LeadingTrivia
            .AddRange(keyword.TrailingTrivia.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            .AddRange(next.LeadingTrivia)));
        return moved switch
        {
            MethodDeclarationSyntax method => method.WithModifiers(WithoutAsync(method.Modifiers)),
            LocalFunctionStatementSyntax local => local.WithModifiers(WithoutAsync(local.Modifiers)),
            AnonymousFunctionExpressionSyntax lambda => lambda.WithModifiers(WithoutAsync(lambda.Modifiers)),
            _ => moved,
        };
    }

    private static SyntaxTokenList WithoutAsync(SyntaxTokenList modifiers) =>
        TokenList(modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)));
}
