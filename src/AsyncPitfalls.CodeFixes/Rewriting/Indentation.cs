using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Rewriting;

/// <summary>Moves lines to the right that come to stand one level deeper, and leaves them otherwise as they are written.</summary>
internal static class Indentation
{
    /// <summary>A node whose lines all begin with a further unit; lines inside strings, blank lines and directives in the first column stay.</summary>
    public static T Deeper<T>(T node, string unit)
        where T : SyntaxNode
    {
        var first = node.GetFirstToken();
        return node.ReplaceTokens(node.DescendantTokens(), (original, current) =>
            current.WithLeadingTrivia(Deeper(current.LeadingTrivia, unit, original == first || EndsLine(original.GetPreviousToken()), isTokenNext: true)));
    }

    /// <summary>The same for trivia.</summary>
    /// <param name="trivia">The trivia.</param>
    /// <param name="unit">What each line gets.</param>
    /// <param name="isAtStart">Whether it begins a line.</param>
    /// <param name="isTokenNext">Whether a token follows in the last line, so that this line is not blank.</param>
    public static SyntaxTriviaList Deeper(SyntaxTriviaList trivia, string unit, bool isAtStart, bool isTokenNext)
    {
        var result = new List<SyntaxTrivia>();
        for (var index = 0; index < trivia.Count; index++)
        {
            var item = trivia[index];
            var isWhitespace = item.IsKind(SyntaxKind.WhitespaceTrivia);
            var isBlank = item.IsKind(SyntaxKind.EndOfLineTrivia)
                || isWhitespace && (index + 1 < trivia.Count ? trivia[index + 1].IsKind(SyntaxKind.EndOfLineTrivia) : !isTokenNext);
            if (isAtStart && !isBlank && (isWhitespace || !item.IsDirective && !item.IsKind(SyntaxKind.DisabledTextTrivia)))
                result.Add(SyntaxFactory.Whitespace(unit));
            result.Add(item.IsKind(SyntaxKind.MultiLineCommentTrivia) ? Deeper(item, unit) : item);
            isAtStart = item.IsKind(SyntaxKind.EndOfLineTrivia) || item.IsDirective || item.IsKind(SyntaxKind.DisabledTextTrivia);
        }

        if (isAtStart && isTokenNext)
            result.Add(SyntaxFactory.Whitespace(unit));
        return SyntaxFactory.TriviaList(result);
    }

    private static SyntaxTrivia Deeper(SyntaxTrivia comment, string unit)
    {
        var lines = comment.ToString().Split('\n');
        return lines.Length == 1
            ? comment
            : SyntaxFactory.Comment(string.Join("\n", lines.Take(1).Concat(lines.Skip(1).Select(line => line.Trim().Length == 0 ? line : unit + line))));
    }

    private static bool EndsLine(SyntaxToken token) =>
        token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
}
