using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Fuzz;

/// <summary>The code that the tests have: whole programs, and the snippets of every rule's tests, which come closest to what rules look at.</summary>
public static class TestCode
{
    private const int ShortestSnippet = 40;

    /// <summary>What the tests have, by what it compiles against.</summary>
    public static IReadOnlyList<CodeBase> Read()
    {
        var tests = Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "tests", "AsyncPitfalls.Tests");
        return
        [
            .. new[] { "Net", "AspNet", "Desktop" }.Select(kind => new CodeBase(
                $"programs-{kind}",
                [.. new[] { "CleanCode", "PitfallCode" }.SelectMany(folder => Files(Path.Combine(tests, folder, kind))).SelectMany(file => Programs(file, File.ReadAllText(file)))],
                kind)),
            .. new[] { "Rules", "Semantics" }.Select(folder => new CodeBase(
                $"snippets-{folder}",
                [.. Files(Path.Combine(tests, folder)).SelectMany(Snippets)],
                "AspNet")),
        ];
    }

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static IEnumerable<CodeFile> Snippets(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview)).GetRoot()
        .DescendantTokens()
        .Where(token => token.Kind() is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.StringLiteralToken && token.ValueText.Length > ShortestSnippet && token.ValueText.Contains(';', StringComparison.Ordinal))
        .SelectMany(token => Programs(file, token.ValueText));

    // What is only part of a snippet is no program.
    private static IEnumerable<CodeFile> Programs(string file, string text) =>
        Markup.TryParse(text.ReplaceLineEndings("\n"), "none")?.Files.Select(part => new CodeFile(file, part.Text, IsAlone: true)) ?? [];
}
