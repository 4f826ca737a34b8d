using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Rewriting;

/// <summary>Comments in what a fix takes apart, so that none is lost with the punctuation that it stood beside.</summary>
internal static class KeptComments
{
    /// <summary>The comments of a node that stand in none of the parts that stay, each with a space before it and none to the end of its line.</summary>
    /// <param name="whole">The node, in its current form; what stands before and after it is not meant.</param>
    /// <param name="parts">The parts that stay, with their own comments.</param>
    public static IEnumerable<SyntaxTrivia> Outside(SyntaxNode whole, params TextSpan[] parts) => whole.DescendantTrivia()
        .Where(IsComment)
        .Where(comment => whole.Span.Contains(comment.Span) && !parts.Any(part => part.Contains(comment.Span)))
        .SelectMany(comment => new[] { SyntaxFactory.Space, Awaiting.InLine(comment) });

    /// <summary>Comments in one line, each with a space before it; only the last may reach to its end.</summary>
    public static IEnumerable<SyntaxTrivia> InOneLine(IEnumerable<SyntaxTrivia> comments)
    {
        var all = comments.ToList();
        return all.SelectMany((comment, index) => new[] { SyntaxFactory.Space, index == all.Count - 1 ? comment : Awaiting.InLine(comment) });
    }

    /// <summary>Whether a node has comments, those before and after it left out.</summary>
    public static bool Has(SyntaxNode whole) => Outside(whole).Any();

    /// <summary>Whether trivia is a comment.</summary>
    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
}
