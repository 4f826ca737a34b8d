using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Fuzz;

/// <summary>Breaks the text of a file. The same random numbers break it in the same way.</summary>
public static class Mutation
{
    private const int MostTokens = 12;

    private static readonly Func<Parts, Random, string>[] Kinds =
    [
        (parts, random) => parts.Text[..parts.Token(random).Span.End],
        (parts, random) => parts.Text[..random.Next(parts.Text.Length + 1)],
        (parts, random) => parts.Text[parts.Token(random).SpanStart..],
        DeleteTokens,
        (parts, random) => Replace(parts.Text, parts.Range(random), ""),
        (parts, random) => parts.Range(random) is var range ? parts.Text.Insert(range.End, " " + parts.Text.Substring(range.Start, range.Length)) : parts.Text,
        (parts, random) => Swap(parts.Text, parts.Token(random).Span, parts.Token(random).Span),
        SwapNeighbours,
        (parts, random) => Replace(parts.Text, parts.Token(random).Span, parts.Token(random).Text),
        SwapLines,
        (parts, random) => Swap(parts.Text, parts.Node<StatementSyntax>(random), parts.Node<StatementSyntax>(random)),
        (parts, random) => Swap(parts.Text, parts.Node<ExpressionSyntax>(random), parts.Node<ExpressionSyntax>(random)),
        (parts, random) => Replace(parts.Text, parts.Node<ExpressionSyntax>(random), parts.TextOf(parts.Node<ExpressionSyntax>(random))),
        (parts, random) => parts.Node<StatementSyntax>(random) is var span ? parts.Text.Insert(span.End, parts.TextOf(parts.Node<StatementSyntax>(random))) : parts.Text,
        (parts, random) => parts.Node<MemberDeclarationSyntax>(random) is var span ? parts.Text.Insert(span.End, "\n" + parts.TextOf(span)) : parts.Text,
    ];

    /// <summary>A broken version of a file; now and then the file itself.</summary>
    /// <param name="text">The file.</param>
    /// <param name="other">Another file, of which a part may come into it.</param>
    /// <param name="random">Decides what is broken.</param>
    public static string Of(string text, string other, Random random)
    {
        if (random.Next(25) == 0)
            return text;
        if (random.Next(15) == 0)
            return Joined(new Parts(text), new Parts(other), random);
        for (var count = random.Next(3); count >= 0; count--)
        {
            var parts = new Parts(text);
            if (parts.IsEmpty)
                break;
            text = Kinds[random.Next(Kinds.Length)](parts, random);
        }

        return text;
    }

    private static string Joined(Parts one, Parts other, Random random) =>
        one.IsEmpty || other.IsEmpty ? one.Text : one.Text[..one.Token(random).Span.End] + other.Text[other.Token(random).SpanStart..];

    private static string DeleteTokens(Parts parts, Random random)
    {
        var text = new StringBuilder(parts.Text);
        foreach (var span in Enumerable.Range(0, 1 + random.Next(4)).Select(_ => parts.Token(random).Span).Distinct().OrderByDescending(span => span.Start))
            text.Remove(span.Start, span.Length);
        return text.ToString();
    }

    private static string SwapNeighbours(Parts parts, Random random)
    {
        var token = parts.Token(random);
        return Swap(parts.Text, token.Span, token.GetNextToken().Span);
    }

    private static string SwapLines(Parts parts, Random random)
    {
        var lines = SourceText.From(parts.Text).Lines;
        return Swap(parts.Text, lines[random.Next(lines.Count)].Span, lines[random.Next(lines.Count)].Span);
    }

    private static string Swap(string text, TextSpan one, TextSpan other)
    {
        var (first, second) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        return first.OverlapsWith(second) || first == second
            ? Replace(text, first, text.Substring(second.Start, second.Length))
            : text[..first.Start] + text.Substring(second.Start, second.Length) + text[first.End..second.Start] + text.Substring(first.Start, first.Length) + text[second.End..];
    }

    private static string Replace(string text, TextSpan span, string by) => text[..span.Start] + by + text[span.End..];

    /// <summary>What a text consists of.</summary>
    private sealed class Parts
    {
        private readonly SyntaxNode root;
        private readonly List<SyntaxToken> tokens;

        public Parts(string text)
        {
            Text = text;
            root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
            tokens = [.. root.DescendantTokens().Where(token => token.Span.Length > 0)];
        }

        public string Text { get; }

        public bool IsEmpty => tokens.Count == 0;

        public string TextOf(TextSpan span) => Text.Substring(span.Start, span.Length);

        public SyntaxToken Token(Random random) => tokens[random.Next(tokens.Count)];

        public TextSpan Range(Random random)
        {
            var first = random.Next(tokens.Count);
            var last = Math.Min(tokens.Count - 1, first + random.Next(MostTokens));
            return TextSpan.FromBounds(tokens[first].SpanStart, tokens[last].Span.End);
        }

        /// <summary>Where a node of a kind is; a token where there is none.</summary>
        public TextSpan Node<T>(Random random)
            where T : SyntaxNode
        {
            var nodes = root.DescendantNodes().OfType<T>().Select(node => node.Span).Where(span => span.Length > 0).ToList();
            return nodes.Count == 0 ? Token(random).Span : nodes[random.Next(nodes.Count)];
        }
    }
}
