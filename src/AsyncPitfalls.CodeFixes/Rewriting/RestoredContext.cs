using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// A synchronization context that is set for the rest of a function: the previous one is saved before, what follows comes to stand in
/// a <c>try</c>, and its <c>finally</c> sets the previous one again.
/// </summary>
internal static class RestoredContext
{
    private const string Purpose = "restore the context";

    /// <summary>The edits for a call; null where it is no statement of a function's own block, where nothing follows for which the context is set, and where the mending of an earlier call mends this one too.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (call.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } statement
            || Functions.Around(call) is not { } function
            || !Functions.Bodies(function).Contains(block)
            || block.Statements.Last() == statement
            || IsRestoredByEarlier(block, statement, site, cancellation))
            return null;
        var restore = RestoreIn(block, statement, site, cancellation);
        if (restore is not null && block.Statements.IndexOf(restore) == block.Statements.IndexOf(statement) + 1)
            return null;
        var name = FreshNames.Series("previous", call, site.Semantics).First();
        var (mark, restored) = (new SyntaxAnnotation(), new SyntaxAnnotation());
        var edits = new List<NodeEdit>
        {
            new(site.Document.Id, statement, Purpose, (current, _) => current.WithAdditionalAnnotations(mark)),
            new(site.Document.Id, block, Purpose + statement.SpanStart, (current, _) =>
            {
                var list = (BlockSyntax)current.GetAnnotatedNodes(mark).Single().Parent!;
                var wrapped = Wrapped(list, block, mark, restored, restore is null ? name : null, call);
                return list == current ? wrapped : current.ReplaceNode(list, wrapped);
            }),
        };
        if (restore is not null)
            edits.Add(new NodeEdit(site.Document.Id, restore, Purpose + " at the end", (current, _) => current.WithAdditionalAnnotations(restored)));
        return edits;
    }

    /// <summary>The statement that sets the previous context again where nothing fails.</summary>
    private static ExpressionStatementSyntax? RestoreIn(BlockSyntax block, StatementSyntax statement, FixSite site, CancellationToken cancellation) => block.Statements
        .SkipWhile(other => other != statement).Skip(1)
        .OfType<ExpressionStatementSyntax>()
        .FirstOrDefault(other => site.Semantics.GetOperation(other.Expression, cancellation) is IInvocationOperation operation && site.Model.InstalledLoops.IsRestore(operation, cancellation));

    /// <summary>Whether an earlier call of the same block has its <c>finally</c> around this one too.</summary>
    private static bool IsRestoredByEarlier(BlockSyntax block, ExpressionStatementSyntax statement, FixSite site, CancellationToken cancellation) => block.Statements
        .TakeWhile(other => other != statement)
        .OfType<ExpressionStatementSyntax>()
        .Any(other => site.Semantics.GetOperation(other.Expression, cancellation) is IInvocationOperation operation
            && site.Model.InstalledLoops.IsLeft(operation, cancellation)
            && !(RestoreIn(block, other, site, cancellation)?.SpanStart < statement.SpanStart));

    private static BlockSyntax Wrapped(BlockSyntax list, BlockSyntax original, SyntaxAnnotation mark, SyntaxAnnotation restored, string? name, InvocationExpressionSyntax call)
    {
        var lineBreak = Layout.LineBreak(original);
        if (!list.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            list = InLines(list, lineBreak);
        var set = (StatementSyntax)list.GetAnnotatedNodes(mark).Single();
        var index = list.Statements.IndexOf(set);
        var end = list.Statements.IndexOf(statement => statement.HasAnnotation(restored));
        var between = list.Statements.Skip(index + 1).Take((end < 0 ? list.Statements.Count : end) - index - 1).ToList();
        var restore = end < 0
            ? Statement(call, "SetSynchronizationContext", IdentifierName(name!))
            : (ExpressionStatementSyntax)list.Statements[end].WithLeadingTrivia(Kept(list.Statements[end].GetLeadingTrivia()));
        var indentation = set.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString();
        var attempt = Try(between, restore, indentation, Layout.Unit(original), lineBreak);
        var start = name is null ? [set] : Saved(set, call, name, indentation, lineBreak);
        return list.WithStatements(List(
            list.Statements.Take(index).Concat(start).Concat([attempt]).Concat(end < 0 ? [] : list.Statements.Skip(end + 1))));
    }

    /// <summary><c>var previous = SynchronizationContext.Current;</c> below the blank lines above the statement, and the statement with its comments.</summary>
    private static StatementSyntax[] Saved(StatementSyntax set, InvocationExpressionSyntax call, string name, string indentation, SyntaxTrivia lineBreak)
    {
        var leading = set.GetLeadingTrivia();
        var blank = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        var local = LocalDeclarationStatement(VariableDeclaration(
            IdentifierName("var").WithTrailingTrivia(Space),
            SingletonSeparatedList(VariableDeclarator(
                Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), Member(call, "Current"))))));
        return
        [
            local.WithLeadingTrivia(TriviaList(blank).Add(Whitespace(indentation))).WithTrailingTrivia(lineBreak),
            set.WithLeadingTrivia(leading.Skip(blank.Count)),
        ];
    }

    private static TryStatementSyntax Try(IReadOnlyList<StatementSyntax> between, StatementSyntax restore, string indentation, string unit, SyntaxTrivia lineBreak)
    {
        var statements = between.Select(statement => Indentation.Deeper(statement, unit)).ToList();
        if (statements.Count > 0)
            statements[0] = statements[0].WithLeadingTrivia(statements[0].GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        if (restore.GetLeadingTrivia().Count == 0)
            restore = restore.WithLeadingTrivia(Whitespace(indentation + unit)).WithTrailingTrivia(lineBreak);
        else
            restore = Indentation.Deeper(restore, unit);
        return TryStatement(
            Token(SyntaxKind.TryKeyword).WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(lineBreak),
            Braces(statements, indentation, lineBreak),
            default,
            FinallyClause(
                Token(SyntaxKind.FinallyKeyword).WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(lineBreak),
                Braces([restore], indentation, lineBreak)));
    }

    private static BlockSyntax Braces(IEnumerable<StatementSyntax> statements, string indentation, SyntaxTrivia lineBreak) => Block(
        Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(lineBreak),
        List(statements),
        Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(lineBreak));

    /// <summary>A block that is written in one line, in several, which the formatter puts in order.</summary>
    private static BlockSyntax InLines(BlockSyntax block, SyntaxTrivia lineBreak) => block
        .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(lineBreak))
        .WithStatements(List(block.Statements.Select(statement => statement.WithTrailingTrivia(statement.GetTrailingTrivia()
            .Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Append(lineBreak)))))
        .WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxTriviaList Kept(SyntaxTriviaList leading) => TriviaList(leading.SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    private static ExpressionStatementSyntax Statement(InvocationExpressionSyntax call, string name, ExpressionSyntax argument) =>
        ExpressionStatement(InvocationExpression(Member(call, name), ArgumentList(SingletonSeparatedList(Argument(argument)))));

    /// <summary>Another member of the type whose method is called, named in the same way.</summary>
    private static ExpressionSyntax Member(InvocationExpressionSyntax call, string name) => call.Expression is MemberAccessExpressionSyntax access
        ? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, access.Expression.WithoutTrivia(), IdentifierName(name))
        : IdentifierName(name);
}
