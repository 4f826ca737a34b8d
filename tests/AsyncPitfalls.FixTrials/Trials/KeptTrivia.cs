using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.FixTrials;

/// <summary>The comments and directives of files, as what they say: neither their indentation nor the form of a comment counts.</summary>
public static class KeptTrivia
{
    /// <summary>What was said before and is not said afterwards; what a fix adds does no harm.</summary>
    public static IReadOnlyList<string> Lost(IEnumerable<SyntaxNode> before, IEnumerable<SyntaxNode> after)
    {
        var kept = after.SelectMany(Said).CountBy(text => text).ToDictionary();
        return
        [
            .. before.SelectMany(Said).CountBy(text => text)
                .Where(said => said.Value > kept.GetValueOrDefault(said.Key))
                .Select(said => said.Key),
        ];
    }

    private static IEnumerable<string> Said(SyntaxNode root) =>
        root.DescendantTrivia().Where(IsSaid).SelectMany(Words).Where(words => words.Length > 0);

    private static bool IsSaid(SyntaxTrivia trivia) =>
        trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;

    // Line by line: a fix may write a line of its own among those of a documentation comment.
    private static IEnumerable<string> Words(SyntaxTrivia trivia) =>
        trivia.ToFullString().Split('\n').Select(line => trivia.IsDirective ? line.Trim() : line.Trim(' ', '\t', '\r', '/', '*'));
}
