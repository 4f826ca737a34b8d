using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Makes a function that awaits nothing return completed tasks: <c>return x;</c> becomes <c>return Task.FromResult(x);</c>,
/// and where it returned nothing, <c>return Task.CompletedTask;</c> stands at each of its ends.
/// </summary>
internal sealed class CompletedReturns
{
    private const string Mark = "AsyncPitfalls.CompletedReturn";

    private readonly Document document;
    private readonly SyntaxNode function;
    private readonly CompletedExpressions tasks;
    private readonly HashSet<SyntaxNode> withTypeArgument = [];
    private readonly bool endIsReachable;

    /// <param name="document">The document of the function.</param>
    /// <param name="function">A function with a body.</param>
    /// <param name="tasks">The tasks that it is to return.</param>
    /// <param name="semantics">The model of the document.</param>
    public CompletedReturns(Document document, SyntaxNode function, CompletedExpressions tasks, SemanticModel semantics)
    {
        this.document = document;
        this.function = function;
        this.tasks = tasks;
        if (tasks.HaveResult)
            withTypeArgument.UnionWith(Values().Where(value => value is not ThrowExpressionSyntax && tasks.NeedsTypeArgument(value)));
        else
            endIsReachable = Functions.EndIsReachable(function, semantics);
    }

    private SyntaxNode Body => Functions.Bodies(function).First();

    /// <summary>The edits that mark the <c>return</c> statements; <see cref="Finish"/> does the rest, or is not asked where another edit of the function stands in for it.</summary>
    public IEnumerable<NodeEdit> Marks() => OwnReturns().Select(statement => new NodeEdit(document.Id, statement, Mark, (current, _) =>
        current.WithAdditionalAnnotations(new SyntaxAnnotation(Mark, DataOf(statement.Expression)))));

    /// <summary>The function with its returns rewritten, and else as it is.</summary>
    /// <param name="current">The function as the marks and other edits have left it.</param>
    /// <param name="generator">The generator of the document.</param>
    public SyntaxNode Finish(SyntaxNode current, SyntaxGenerator generator)
    {
        foreach (var isExplicit in new[] { false, true })
        {
            var data = DataOf(isExplicit);
            current = current.ReplaceNodes(
                current.GetAnnotatedNodes(Mark).Where(statement => statement.GetAnnotations(Mark).Any(mark => mark.Data == data)),
                (_, statement) => Return((ReturnStatementSyntax)statement.WithoutAnnotations(Mark), isExplicit, generator));
        }

        if (Body is not ExpressionSyntax original)
            return endIsReachable ? current.ReplaceNode(Block(current), WithReturn(Block(current), tasks.Done(generator))) : current;
        var value = (ExpressionSyntax)Functions.Bodies(current).First();
        if (value is ThrowExpressionSyntax)
            return current;
        return tasks.HaveResult
            ? current.ReplaceNode(value, tasks.Of(value, withTypeArgument.Contains(original), generator))
            : ExpressionBodies.WithReturn(current, function, value, tasks.Done(generator)) ?? current;
    }

    private IEnumerable<ReturnStatementSyntax> OwnReturns() => Functions.OwnNodes(function).OfType<ReturnStatementSyntax>();

    private IEnumerable<ExpressionSyntax> Values() => Body is ExpressionSyntax expression
        ? [expression]
        : OwnReturns().Select(statement => statement.Expression).OfType<ExpressionSyntax>();

    private string DataOf(ExpressionSyntax? value) => DataOf(value is not null && withTypeArgument.Contains(value));

    /// <summary>What a mark says: whose <c>return</c> it is, as a function in this one has its own, and whether its type argument is written.</summary>
    private string DataOf(bool isExplicit) => $"{function.SpanStart} {isExplicit}";

    private ReturnStatementSyntax Return(ReturnStatementSyntax current, bool isExplicit, SyntaxGenerator generator) =>
        current.Expression is { } value
            ? current.WithExpression(tasks.Of(value, isExplicit, generator))
            : current
                .WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia(Space))
                .WithExpression(tasks.Done(generator).WithTrailingTrivia(current.ReturnKeyword.TrailingTrivia));

    private static BlockSyntax Block(SyntaxNode current) => (BlockSyntax)Functions.Bodies(current).First();

    /// <summary>A block with a last statement <c>return value;</c>, behind the comments and directives at its end.</summary>
    private BlockSyntax WithReturn(BlockSyntax current, ExpressionSyntax value)
    {
        var original = (BlockSyntax)Body;
        var statement = ExpressionBodies.Return(value);
        if (Layout.IsOneLine(original))
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
}
