using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Keeps exceptions inside a function that returns nothing: its body comes to stand in a <c>try</c>, or a <c>try</c> that
/// it is already gets a further clause; the <c>catch (Exception)</c> logs, or is the place to handle what was thrown.
/// </summary>
/// <param name="Edits">The edits. They work on the body as other edits have left it.</param>
/// <param name="Logger">The logger that is used; null where none is in scope.</param>
internal sealed record CatchAll(IReadOnlyList<NodeEdit> Edits, string? Logger)
{
    private const string Purpose = "catch all";

    /// <summary>What the fix does, for its title.</summary>
    public string Title => Logger is null ? RuleText.Now("Fix_CatchAll") : RuleText.Now("Fix_CatchAllAndLog", Logger);

    /// <summary>
    /// The edits for a method, local function, lambda or anonymous method that returns nothing or a plain task; null for all
    /// others, and where there is nothing to put into a <c>try</c>.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="name">What the log calls it; its own name where that is null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static CatchAll? Of(CodePlace function, string? name, CancellationToken cancellation)
    {
        if (Functions.SymbolOf(function.Node, function.Semantics) is not { } symbol
            || !symbol.ReturnsVoid && !KnownTypes.Same(symbol.ReturnType, function.Model.Types.Task)
            || function.Model.Types.Exception is null
            || Functions.Bodies(function.Node).LastOrDefault() is not { } body)
            return null;

        var logger = LoggerInScope.Of(function, cancellation);
        var clause = new CatchAllClause(function, body, logger, name ?? symbol.Name);
        return EditOf(function, body, clause) is var (place, change)
            ? new CatchAll([new NodeEdit(function.Document.Id, place, Purpose, change)], logger?.Name)
            : null;
    }

    private static (SyntaxNode Place, Func<SyntaxNode, SyntaxGenerator, SyntaxNode> Change)? EditOf(CodePlace function, SyntaxNode body, CatchAllClause clause) => body switch
    {
        ExpressionSyntax => (function.Node, (current, generator) => OfExpression(current, function.Node, clause, generator)),
        BlockSyntax { Statements.Count: 0 } => null,
        BlockSyntax block when OnlyTry(block, function) is { } attempt => (attempt, (current, generator) => WithClause((TryStatementSyntax)current, attempt, clause, generator)),
        BlockSyntax block => (block, (current, generator) => OfBlock((BlockSyntax)current, block, clause, generator)),
        _ => null,
    };

    /// <summary>The one <c>try</c> of a block beside which nothing may throw, where a further clause catches all that it does not catch yet.</summary>
    private static TryStatementSyntax? OnlyTry(BlockSyntax block, CodePlace function)
    {
        var caught = function.Model.CaughtExceptions;
        return block.Statements.OfType<TryStatementSyntax>().ToList() is { Count: 1 } attempts
            && block.Statements.All(statement => statement == attempts[0] || statement is LocalFunctionStatementSyntax || caught.CannotThrow(statement, function.Semantics))
            && attempts[0].Catches.All(handler => !caught.TakesAll(handler, function.Semantics) && !caught.Throws(handler, function.Semantics))
            && Functions.OwnAwaits(function.Node).All(place => attempts[0].Block.Span.Contains(place.Span))
                ? attempts[0]
                : null;
    }

    private static SyntaxNode OfExpression(SyntaxNode current, SyntaxNode original, CatchAllClause clause, SyntaxGenerator generator)
    {
        var value = (ExpressionSyntax)Functions.Bodies(current).First();
        var block = Layout.Block(original, InLines(original, [ExpressionStatement(value.WithoutTrivia())], clause, generator));
        return ExpressionBodies.WithBlock(current, original, block.WithAdditionalAnnotations(Formatter.Annotation)) ?? current;
    }

    private static BlockSyntax OfBlock(BlockSyntax current, BlockSyntax original, CatchAllClause clause, SyntaxGenerator generator)
    {
        if (!current.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            var block = Layout.Block(original, InLines(original, [.. current.Statements], clause, generator));
            var comments = current.OpenBraceToken.TrailingTrivia.Where(KeptComments.IsComment).SelectMany(comment => new[] { Space, comment });
            return block
                .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(comments.Concat(block.OpenBraceToken.TrailingTrivia)))
                .WithTriviaFrom(current)
                .WithAdditionalAnnotations(Formatter.Annotation);
        }

        var unit = Layout.Unit(original);
        var lineBreak = Layout.LineBreak(original);
        var outer = Whitespace(Layout.Indentation(original.CloseBraceToken));
        var inner = Whitespace(outer + unit);
        var statements = List(current.Statements.Select(statement => Indentation.Deeper(statement, unit)));
        if (!statements.Last().GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            statements = statements.Replace(statements.Last(), statements.Last().WithTrailingTrivia(statements.Last().GetTrailingTrivia().Add(lineBreak)));
        var end = current.CloseBraceToken.LeadingTrivia;
        var attempt = Block(
            Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(inner).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
            statements,
            Token(SyntaxKind.CloseBraceToken)
                .WithLeadingTrivia(Indentation.Deeper(WithoutLast(end), unit, isAtStart: true, isTokenNext: false).Add(inner))
                .WithTrailingTrivia(lineBreak)
                .WithAdditionalAnnotations(Formatter.Annotation));
        return current
            .WithStatements(SingletonList<StatementSyntax>(Try(attempt, clause.Make(inner.ToString(), unit, generator), inner, lineBreak)))
            .WithCloseBraceToken(current.CloseBraceToken.WithLeadingTrivia(outer));
    }

    private static TryStatementSyntax Try(BlockSyntax block, CatchClauseSyntax clause, SyntaxTrivia indentation, SyntaxTrivia lineBreak) => TryStatement(
        Token(SyntaxKind.TryKeyword).WithLeadingTrivia(indentation).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
        block,
        SingletonList(clause),
        null);

    /// <summary>A <c>try</c> of statements that are not in lines of their own, which the formatter puts in order.</summary>
    private static TryStatementSyntax InLines(SyntaxNode place, StatementSyntax[] statements, CatchAllClause clause, SyntaxGenerator generator)
    {
        var lineBreak = Layout.LineBreak(place);
        return Try(Layout.Block(place, statements).WithTrailingTrivia(lineBreak), clause.Make(Layout.Indentation(place), "", generator), default, lineBreak);
    }

    private static TryStatementSyntax WithClause(TryStatementSyntax current, TryStatementSyntax original, CatchAllClause clause, SyntaxGenerator generator)
    {
        var indentation = Layout.Indentation(original.Block.CloseBraceToken);
        var added = clause.Make(indentation, Layout.Unit(original.Block), generator);
        var before = current.Catches.Count > 0 ? current.Catches.Last().Block.CloseBraceToken : current.Block.CloseBraceToken;
        if (!before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            current = current.ReplaceToken(before, before.WithTrailingTrivia(Layout.LineBreak(original)));
        return current.AddCatches(added);
    }

    private static SyntaxTriviaList WithoutLast(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? trivia.RemoveAt(trivia.Count - 1) : trivia;
}
