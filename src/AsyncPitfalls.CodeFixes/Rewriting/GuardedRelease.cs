using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Puts what stands between taking a lock and releasing it into a <c>try</c>, and the release into its <c>finally</c>.</summary>
internal static class GuardedRelease
{
    private const string Kind = "AsyncPitfalls.Guarded";

    /// <summary>The edits that mark the statement that takes the lock, and make the <c>try</c>; none where the release is in a <c>finally</c> already, or cannot get there.</summary>
    public static IReadOnlyList<NodeEdit> OfTaking(LockCall taking, FixSite site, CancellationToken cancellation)
    {
        if (site.Model.HeldLocks.Of(taking.Call, cancellation) is null || SpanOf(taking, site, cancellation) is not var (block, first, _))
            return [];
        var key = KeyOf(taking);
        return
        [
            Mark(site, first, "take " + key),
            new NodeEdit(site.Document.Id, block, key, (current, _) => Guard((BlockSyntax)current, block, key)),
        ];
    }

    /// <summary>The edit that marks the statement that releases the lock; none where it stays where it is.</summary>
    public static IReadOnlyList<NodeEdit> OfRelease(LockCall release, FixSite site, CancellationToken cancellation) => site.Model.HeldLocks.Calls
        .In(OwnOperations.FunctionAround(release.Call), cancellation)
        .Where(call => call.Takes && call.IsSameLock(release))
        .Where(taking => site.Model.HeldLocks.Of(taking.Call, cancellation) is not null && SpanOf(taking, site, cancellation) is var (_, _, last) && last.Span.Contains(release.Call.Syntax.Span))
        .Select(taking => Mark(site, (StatementSyntax)release.Call.Syntax.Parent!, "release " + KeyOf(taking)))
        .ToList();

    private static string KeyOf(LockCall taking) => $"guard {taking.Call.Syntax.SpanStart}";

    private static NodeEdit Mark(FixSite site, StatementSyntax statement, string key) =>
        new(site.Document.Id, statement, key, (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, key)));

    /// <summary>The block that takes and releases the lock with two of its statements, and these; null where they are no such two, or what stands between belongs to what follows too.</summary>
    private static (BlockSyntax Block, StatementSyntax First, StatementSyntax Last)? SpanOf(LockCall taking, FixSite site, CancellationToken cancellation)
    {
        if (taking.Call.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } first)
            return null;
        var later = site.Model.HeldLocks.Calls
            .In(OwnOperations.FunctionAround(taking.Call), cancellation)
            .Where(call => call.IsSameLock(taking) && call.Call.Syntax.SpanStart > first.Span.End && block.Span.Contains(call.Call.Syntax.Span))
            .ToList();
        if (later.FirstOrDefault() is not { Takes: false, Call.Syntax.Parent: ExpressionStatementSyntax last } || last.Parent != block)
            return null;
        var between = block.Statements.SkipWhile(statement => statement != first).Skip(1).TakeWhile(statement => statement != last).ToList();
        return between.Count > 0 && between.All(CanBeInside) && !DeclareForLater(between, site) ? (block, first, last) : null;
    }

    private static bool CanBeInside(StatementSyntax statement) =>
        statement is not (LocalFunctionStatementSyntax or LabeledStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
        && !statement.DescendantTrivia().Any(trivia => trivia.IsDirective);

    private static bool DeclareForLater(IReadOnlyList<StatementSyntax> between, FixSite site)
    {
        var flow = site.Semantics.AnalyzeDataFlow(between[0], between[between.Count - 1]);
        return flow is not { Succeeded: true } || flow.VariablesDeclared.Any(variable => flow.ReadOutside.Contains(variable) || flow.WrittenOutside.Contains(variable));
    }

    private static BlockSyntax Guard(BlockSyntax current, BlockSyntax original, string key)
    {
        var statements = current.Statements.ToList();
        var from = statements.FindIndex(statement => IsMarked(statement, "take " + key));
        var to = statements.FindIndex(statement => IsMarked(statement, "release " + key));
        if (from < 0 || to <= from)
            return current;
        var inLines = original.Statements.All(statement => statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));
        var attempt = Try(statements.GetRange(from + 1, to - from - 1), statements[to], original, inLines);
        statements.RemoveRange(from + 1, to - from);
        statements.Insert(from + 1, attempt);
        return inLines
            ? current.WithStatements(List(statements))
            : Layout.Block(original, [.. statements]).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static TryStatementSyntax Try(IReadOnlyList<StatementSyntax> guarded, StatementSyntax release, BlockSyntax original, bool inLines)
    {
        var lineBreak = Layout.LineBreak(original);
        var unit = Layout.Unit(original);
        var outer = Whitespace(inLines ? Layout.InnerIndentation(original) : "");
        var attempt = TryStatement(
            Token(SyntaxKind.TryKeyword).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
            InBraces([.. guarded.Select((statement, index) => Moved(statement, unit, lineBreak, inLines, index == 0))], outer, lineBreak),
            default,
            FinallyClause(
                Token(SyntaxKind.FinallyKeyword).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
                InBraces([Moved(release, unit, lineBreak, inLines, isFirst: true)], outer, lineBreak)));
        return inLines ? attempt : attempt.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static StatementSyntax Moved(StatementSyntax statement, string unit, SyntaxTrivia lineBreak, bool inLines, bool isFirst)
    {
        if (!inLines)
            return statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(lineBreak));
        if (isFirst)
            statement = statement.WithLeadingTrivia(statement.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        return Indentation.Deeper(statement, unit);
    }

    private static BlockSyntax InBraces(StatementSyntax[] statements, SyntaxTrivia indentation, SyntaxTrivia lineBreak) => Block(
        Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(indentation).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
        List(statements),
        Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(indentation).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation));

    private static bool IsMarked(StatementSyntax statement, string key) => statement.GetAnnotations(Kind).Any(annotation => annotation.Data == key);
}
