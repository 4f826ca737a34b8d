using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>A subject with a numbered comment at many a place around each finding, so that a fix which loses one is seen to.</summary>
public static class CommentedSubject
{
    /// <summary>The subject with a comment before about each third token of what stands around a finding, and one at the end of its line.</summary>
    public static async Task<Subject> OfAsync(Subject subject, int seed)
    {
        var solution = subject.Solution;
        var analysis = new Analysis(Analysis.WithAllOn(solution));
        var random = new Random(seed);
        foreach (var project in analysis.Solution.Projects)
        {
            await analysis.FindAllAsync(project.Id);
            foreach (var id in project.DocumentIds)
            {
                var findings = await analysis.FindingsAsync(id);
                if (findings.IsEmpty)
                    continue;
                var root = (await analysis.Solution.GetDocument(id)!.GetSyntaxRootAsync())!;
                var text = await analysis.Solution.GetDocument(id)!.GetTextAsync();
                solution = solution.WithDocumentText(id, text.WithChanges(Comments(root, findings, random)));
            }
        }

        return subject with { Name = subject.Name + ", with comments", Solution = solution };
    }

    private static List<TextChange> Comments(SyntaxNode root, IEnumerable<Diagnostic> findings, Random random)
    {
        var tokens = new SortedDictionary<int, SyntaxToken>();
        foreach (var finding in findings)
        {
            foreach (var token in Around(root.FindNode(finding.Location.SourceSpan)).DescendantTokens().Where(CanFollowAComment))
                tokens[token.SpanStart] = token;
        }

        var number = 0;
        var changes = new List<TextChange>();
        foreach (var token in tokens.Values)
        {
            if (random.Next(3) == 0)
                changes.Add(new TextChange(new TextSpan(token.SpanStart, 0), $"/* {++number} */ "));
            else if (EndsLine(token) && random.Next(2) == 0)
                changes.Add(new TextChange(new TextSpan(token.Span.End, 0), $" // {++number}"));
        }

        return changes;
    }

    /// <summary>The statement of a finding; of a declaration, its head.</summary>
    private static SyntaxNode Around(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(around => around is StatementSyntax and not BlockSyntax or MemberDeclarationSyntax) ?? node;

    private static bool CanFollowAComment(SyntaxToken token) =>
        token.Span.Length > 0 && token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is null && !token.IsPartOfStructuredTrivia();

    private static bool EndsLine(SyntaxToken token) =>
        token.TrailingTrivia.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
        && token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
}
