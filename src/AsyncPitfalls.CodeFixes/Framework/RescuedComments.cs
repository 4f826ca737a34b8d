using System;
using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Puts comments that an edit would lose, with the punctuation or the call that they stand beside, next to the nearest
/// token that the edit leaves. Which those are shows when all edits have been made: one edit may move what another removes.
/// </summary>
/// <param name="lost">What the lost comments say, and how many say it.</param>
internal sealed class RescuedComments(IReadOnlyDictionary<string, int> lost)
{
    private int numberOfChanges;

    /// <summary>The rescue of what is missing in the new form of a file; null where nothing is.</summary>
    public static RescuedComments? Of(SyntaxNode before, SyntaxNode after)
    {
        var lost = Missing(Comments(before), after).GroupBy(Words).ToDictionary(same => same.Key, same => same.Count());
        return lost.Count == 0 ? null : new RescuedComments(lost);
    }

    /// <summary>A changed node with the comments of its old form.</summary>
    /// <param name="current">The node before the change.</param>
    /// <param name="change">The change.</param>
    public SyntaxNode Change(SyntaxNode current, Func<SyntaxNode, SyntaxNode> change)
    {
        if (!Comments(current).Any(comment => lost.ContainsKey(Words(comment))))
            return change(current);
        var tokens = current.DescendantTokens().ToList();
        var numbers = tokens.Select((token, index) => (token, index)).ToDictionary(pair => pair.token, pair => pair.index);
        var mark = $"rescue {numberOfChanges++}";
        var marked = current.ReplaceTokens(tokens, (token, same) => same.WithAdditionalAnnotations(new SyntaxAnnotation(mark, numbers[token].ToString())));
        var result = WithComments(change(marked), mark, tokens);
        // Who fixes one finding after the other goes on with this tree, whose tokens then get other numbers.
        return result.ReplaceTokens(result.GetAnnotatedTokens(mark), (_, token) => token.WithoutAnnotations(mark));
    }

    private SyntaxNode WithComments(SyntaxNode result, string mark, List<SyntaxToken> tokens)
    {
        var missing = new HashSet<SyntaxTrivia>(Missing(tokens.SelectMany(Comments), result).Where(comment => lost.ContainsKey(Words(comment))));
        if (missing.Count == 0)
            return result;
        var left = new SortedDictionary<int, SyntaxToken>();
        foreach (var token in result.GetAnnotatedTokens(mark))
        {
            if (int.Parse(token.GetAnnotations(mark).First().Data!) is var number && !left.ContainsKey(number))
                left.Add(number, token);
        }

        var before = new Dictionary<SyntaxToken, List<SyntaxTrivia>>();
        var behind = new Dictionary<SyntaxToken, List<SyntaxTrivia>>();
        for (var index = 0; index < tokens.Count; index++)
        {
            foreach (var comment in Comments(tokens[index]).Where(missing.Contains))
            {
                var (token, isBefore) = Nearest(left, index, comment.SpanStart < tokens[index].SpanStart, result, tokens);
                Of(token, isBefore ? before : behind).Add(comment);
            }
        }

        // Where a new token leaves what follows it to the formatter, that would put a comment into a line of its own.
        var elastic = new HashSet<SyntaxToken>(before.Keys.Select(token => token.GetPreviousToken()).Where(token => token.RawKind != 0 && token.TrailingTrivia.FullSpan.IsEmpty));
        return result.ReplaceTokens(before.Keys.Union(behind.Keys).Union(elastic), (token, same) => same
            .WithLeadingTrivia(before.TryGetValue(token, out var first) ? Before(token, first) : same.LeadingTrivia)
            .WithTrailingTrivia(behind.TryGetValue(token, out var last) ? Behind(token, last) : elastic.Contains(token) ? default : same.TrailingTrivia));
    }

    /// <summary>The token beside which a comment goes, and whether before it: on its own side if there is one and that does not leave its statement, else on the other.</summary>
    private static (SyntaxToken Token, bool IsBefore) Nearest(SortedDictionary<int, SyntaxToken> left, int index, bool isBefore, SyntaxNode result, List<SyntaxToken> tokens)
    {
        var earlier = left.LastOrDefault(pair => isBefore ? pair.Key < index : pair.Key <= index);
        var later = left.FirstOrDefault(pair => isBefore ? pair.Key >= index : pair.Key > index);
        var (hasEarlier, hasLater) = (earlier.Value.RawKind != 0, later.Value.RawKind != 0);
        if (!hasEarlier && !hasLater)
            return (result.GetLastToken(), false);
        var (staysEarlier, staysLater) = (hasEarlier && IsOfStatement(tokens[index], tokens[earlier.Key]), hasLater && IsOfStatement(tokens[index], tokens[later.Key]));
        var goesBefore = hasEarlier && hasLater && staysEarlier != staysLater ? staysLater : !hasEarlier || (isBefore && hasLater);
        return (goesBefore ? later.Value : earlier.Value, goesBefore);
    }

    /// <summary>Whether a token is in the statement that another stands in; braces alone are none.</summary>
    private static bool IsOfStatement(SyntaxToken token, SyntaxToken other) =>
        token.Parent?.FirstAncestorOrSelf<StatementSyntax>(statement => statement is not BlockSyntax) is not { } around || around.Span.Contains(other.Span);

    private static IEnumerable<SyntaxTrivia> Before(SyntaxToken token, List<SyntaxTrivia> comments)
    {
        var leading = token.LeadingTrivia;
        var indentation = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? leading.Last() : default;
        var startsLine = indentation != default && token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        return leading.Concat(comments.SelectMany(comment => startsLine && comment.IsKind(SyntaxKind.SingleLineCommentTrivia)
            ? new[] { comment, Layout.LineBreakOf(token.GetPreviousToken().TrailingTrivia), indentation }
            : [Awaiting.InLine(comment), SyntaxFactory.Space]));
    }

    private static IEnumerable<SyntaxTrivia> Behind(SyntaxToken token, List<SyntaxTrivia> comments)
    {
        var endsLine = token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) && !token.TrailingTrivia.Any(KeptComments.IsComment);
        return comments
            .SelectMany((comment, index) => new[] { SyntaxFactory.Space, endsLine && index == comments.Count - 1 ? comment : Awaiting.InLine(comment) })
            .Concat(token.TrailingTrivia);
    }

    private static List<SyntaxTrivia> Of(SyntaxToken token, Dictionary<SyntaxToken, List<SyntaxTrivia>> comments)
    {
        if (!comments.TryGetValue(token, out var ofToken))
            comments.Add(token, ofToken = []);
        return ofToken;
    }

    /// <summary>Those comments whose words a node does not have, or not so often.</summary>
    private static IEnumerable<SyntaxTrivia> Missing(IEnumerable<SyntaxTrivia> comments, SyntaxNode node)
    {
        var kept = Comments(node).GroupBy(Words).ToDictionary(same => same.Key, same => same.Count());
        foreach (var comment in comments)
        {
            if (kept.TryGetValue(Words(comment), out var count) && count > 0)
                kept[Words(comment)] = count - 1;
            else
                yield return comment;
        }
    }

    private static IEnumerable<SyntaxTrivia> Comments(SyntaxNode node) => node.DescendantTrivia().Where(KeptComments.IsComment);

    private static IEnumerable<SyntaxTrivia> Comments(SyntaxToken token) => token.LeadingTrivia.Concat(token.TrailingTrivia).Where(KeptComments.IsComment);

    // The form of a comment changes where it no longer ends its line, or where its lines move.
    private static string Words(SyntaxTrivia comment) => string.Join(" ", comment.ToString().Split('\n').Select(line => line.Trim('/', '*', ' ', '\t', '\r')));
}
