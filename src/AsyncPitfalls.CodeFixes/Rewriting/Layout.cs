using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Where lines break in the code around a node, so that what is put in looks like its neighbours.</summary>
internal static class Layout
{
    private const string IndentUnit = "    ";

    /// <summary>The line break that a file uses.</summary>
    public static SyntaxTrivia LineBreak(SyntaxNode place)
    {
        var lines = place.SyntaxTree.GetText().Lines;
        return lines.Count > 0 && lines[0].EndIncludingLineBreak - lines[0].End == 2 ? CarriageReturnLineFeed : LineFeed;
    }

    /// <summary>The line break in trivia; a line feed where there is none.</summary>
    public static SyntaxTrivia LineBreakOf(SyntaxTriviaList trivia) =>
        trivia.Any(SyntaxKind.EndOfLineTrivia) ? trivia.First(part => part.IsKind(SyntaxKind.EndOfLineTrivia)) : LineFeed;

    /// <summary>The white space that the line of a node begins with.</summary>
    public static string Indentation(SyntaxNode place) => Indentation(place.GetFirstToken());

    /// <summary>The white space that the line of a token begins with.</summary>
    public static string Indentation(SyntaxToken token)
    {
        var line = token.SyntaxTree!.GetText().Lines.GetLineFromPosition(token.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The white space that the statements of a block, as it is before any edit, begin with.</summary>
    public static string InnerIndentation(BlockSyntax block) => block.Statements.Count > 0
        ? Indentation(block.Statements[0])
        : Indentation(block.CloseBraceToken.Parent!) + IndentUnit;

    /// <summary>By how much the statements of a block, as it is before any edit, are deeper than its braces.</summary>
    public static string Unit(BlockSyntax block)
    {
        var (outer, inner) = (Indentation(block.CloseBraceToken), InnerIndentation(block));
        return inner.Length > outer.Length && inner.StartsWith(outer, System.StringComparison.Ordinal) ? inner.Substring(outer.Length) : IndentUnit;
    }

    /// <summary>Whether a node is written in one line.</summary>
    public static bool IsOneLine(SyntaxNode node) =>
        !node.DescendantTokens().Any(token => token.Span.End < node.Span.End && token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia));

    /// <summary>A block of statements that belongs to a node, each statement and each brace in a line of its own.</summary>
    /// <param name="place">The node whose line the braces are indented like.</param>
    /// <param name="statements">The statements, which keep the comments that follow them.</param>
    public static BlockSyntax Block(SyntaxNode place, params StatementSyntax[] statements)
    {
        var lineBreak = LineBreak(place);
        var outer = Whitespace(Indentation(place));
        var inner = Whitespace(Indentation(place) + IndentUnit);
        return SyntaxFactory.Block(
            Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak),
            List(statements.Select(statement => WithLineBreak(statement, lineBreak).WithLeadingTrivia(inner))),
            Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(outer));
    }

    private static StatementSyntax WithLineBreak(StatementSyntax statement, SyntaxTrivia lineBreak)
    {
        var trailing = statement.GetTrailingTrivia();
        return trailing.Any(SyntaxKind.EndOfLineTrivia) ? statement : statement.WithTrailingTrivia(trailing.Add(lineBreak));
    }
}
