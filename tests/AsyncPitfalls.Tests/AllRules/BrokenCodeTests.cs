using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Code as it is while somebody types: no rule throws on it, whatever is missing.</summary>
public sealed class BrokenCodeTests
{
    private const int VariantsPerFile = 5;
    private const int TokensDeletedAtOnce = 3;

    public static TheoryData<string> AllCode => [.. Corpus.CleanCode.Concat(Corpus.PitfallCode)];

    [Theory]
    [MemberData(nameof(AllCode))]
    public Task Code_that_ends_anywhere_makes_no_rule_throw(string path) => AnalyzeAsync(path, Truncations);

    [Theory]
    [MemberData(nameof(AllCode))]
    public Task Code_that_lacks_tokens_makes_no_rule_throw(string path) => AnalyzeAsync(path, Deletions);

    private static async Task AnalyzeAsync(string path, Func<SyntaxNode, string, IEnumerable<string>> variantsOf)
    {
        var file = Assert.Single(Corpus.Read(path).Files);
        var setup = Corpus.SetupOf(path);
        var project = Workspaces.Create([file], setup).Projects.Single();
        var compilation = (await project.GetCompilationAsync())!;
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "/" + file.Path);
        foreach (var text in variantsOf(await tree.GetRootAsync(), file.Text))
        {
            var broken = CSharpSyntaxTree.ParseText(text, Workspaces.ParseOptions(setup), tree.FilePath, Encoding.UTF8);
            try
            {
                await AllRulesRun.FindingsAsync(compilation.ReplaceSyntaxTree(tree, broken), project.AnalyzerOptions);
            }
            catch (InvalidOperationException exception)
            {
                throw new InvalidOperationException($"{exception}\n----- {path}\n{text}", exception);
            }
        }
    }

    private static IEnumerable<string> Truncations(SyntaxNode root, string text)
    {
        var random = new Random(text.Length);
        var ends = root.DescendantTokens().Select(token => token.Span.End).ToList();
        for (var variant = 0; variant < VariantsPerFile; variant++)
            yield return text[..ends[random.Next(ends.Count)]];
    }

    private static IEnumerable<string> Deletions(SyntaxNode root, string text)
    {
        var random = new Random(text.Length);
        var tokens = root.DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        for (var variant = 0; variant < VariantsPerFile; variant++)
        {
            var broken = new StringBuilder(text);
            var deleted = Enumerable.Range(0, TokensDeletedAtOnce).Select(_ => tokens[random.Next(tokens.Count)]).Distinct();
            foreach (var token in deleted.OrderByDescending(token => token.SpanStart))
                broken.Remove(token.SpanStart, token.Span.Length);
            yield return broken.ToString();
        }
    }
}
