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
    private readonly CompletedValues? tasks;
    private readonly HashSet<SyntaxNode> withTypeArgument = [];
    private readonly bool endIsReachable;
    private readonly IReadOnlyList<NodeEdit> others;

    private AsyncRemoval(Document document, SyntaxNode function, CompletedValues? tasks, IReadOnlyList<NodeEdit> others, SemanticModel semantics)
    {
        this.others = others;
        this.document = document;
        this.function = function;
        this.tasks = tasks;
        if (tasks is null)
            return;
        if (tasks.HaveResult)
            withTypeArgument.UnionWith(Values().Where(value => value is not ThrowExpressionSyntax && tasks.NeedsTypeArgument(value)));
        else
            endIsReachable = Functions.EndIsReachable(function, semantics);
    }

    private SyntaxNode Body => Functions.Bodies(function).First();

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
        var plain = new AsyncRemoval(document, function, null, others, semantics);
        if (symbol.ReturnsVoid)
            return function is AnonymousFunctionExpressionSyntax && !plain.KeepsOverload(semantics, document, cancellation) ? null : plain.Edits();
        if (CompletedValues.Of(symbol.ReturnType, semantics, model) is not { } tasks)
            return null;
        if (function is not AnonymousFunctionExpressionSyntax lambda)
            return new AsyncRemoval(document, function, tasks, others, semantics).Edits();
        if (LambdaOverloads.TakesSynchronous(lambda, plain.Rewritten(document), symbol, semantics, model, cancellation))
            return plain.Edits();
        var completed = new AsyncRemoval(document, function, tasks, others, semantics);
        return completed.KeepsOverload(semantics, document, cancellation) ? completed.Edits() : null;
    }

    private IReadOnlyList<NodeEdit> Edits()
    {
        var edits = new List<NodeEdit>();
        if (tasks is not null)
        {
            foreach (var statement in OwnReturns())
                edits.Add(new NodeEdit(document.Id, statement, Purpose, (current, generator) => Return((ReturnStatementSyntax)current, statement, generator)));
        }

        edits.Add(new NodeEdit(document.Id, function, Purpose, (current, generator) => WithoutAsync(WithBody(current, generator))));
        return edits;
    }

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

    private IEnumerable<ReturnStatementSyntax> OwnReturns() => Functions.OwnNodes(function).OfType<ReturnStatementSyntax>();

    private IEnumerable<ExpressionSyntax> Values() => Body is ExpressionSyntax expression
        ? [expression]
        : OwnReturns().Select(statement => statement.Expression).OfType<ExpressionSyntax>();

    private ReturnStatementSyntax Return(ReturnStatementSyntax current, ReturnStatementSyntax original, SyntaxGenerator generator) =>
        current.Expression is { } value
            ? current.WithExpression(tasks!.Of(value, withTypeArgument.Contains(original.Expression!), generator))
            : current
                .WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia(Space))
                .WithExpression(tasks!.Done(generator).WithTrailingTrivia(current.ReturnKeyword.TrailingTrivia));

    private SyntaxNode WithBody(SyntaxNode current, SyntaxGenerator generator)
    {
        if (tasks is null)
            return current;
        if (Body is not ExpressionSyntax original)
            return endIsReachable ? WithBlock(current, WithReturn(Block(current), tasks.Done(generator))) : current;
        var value = (ExpressionSyntax)Functions.Bodies(current).First();
        if (value is ThrowExpressionSyntax)
            return current;
        return tasks.HaveResult
            ? current.ReplaceNode(value, tasks.Of(value, withTypeArgument.Contains(original), generator))
            : ExpressionBodies.WithReturn(current, function, value, tasks.Done(generator)) ?? current;
    }

    private static BlockSyntax Block(SyntaxNode current) => (BlockSyntax)Functions.Bodies(current).First();

    private static SyntaxNode WithBlock(SyntaxNode current, BlockSyntax block) => current.ReplaceNode(Block(current), block);

    /// <summary>A block with a last statement <c>return value;</c>, behind the comments and directives at its end.</summary>
    private BlockSyntax WithReturn(BlockSyntax current, ExpressionSyntax value)
    {
        var original = (BlockSyntax)Body;
        var statement = ExpressionBodies.Return(value);
        if (IsOnOneLine(original))
        {
            var open = current.OpenBraceToken;
            return current.Statements.Count == 0
                ? current.WithOpenBraceToken(open.WithTrailingTrivia(Space)).AddStatements(statement.WithTrailingTrivia(Space))
                : current.AddStatements(statement.WithTrailingTrivia(Space));
        }

        var close = current.CloseBraceToken;
        var lead = close.LeadingTrivia;
        var indentation = lead.LastOrDefault();
        if (indentation.IsKind(SyntaxKind.WhitespaceTrivia))
            lead = lead.RemoveAt(lead.Count - 1);
        else
            indentation = Whitespace("");
        return current
            .WithCloseBraceToken(close.WithLeadingTrivia(indentation))
            .AddStatements(statement
                .WithLeadingTrivia(lead.Add(Whitespace(Layout.InnerIndentation(original))))
                .WithTrailingTrivia(Layout.LineBreak(original)));
    }

    private static bool IsOnOneLine(BlockSyntax block)
    {
        var lines = block.SyntaxTree.GetText().Lines;
        return lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).LineNumber == lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).LineNumber;
    }

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
