using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>
/// The snippets of the rules' own tests: thousands of findings in every form that somebody has thought of, each a
/// subject.
/// </summary>
public static class RuleSnippets
{
    private static readonly Setup[] Setups = [Setup.Default, Setup.AspNet, Setup.Desktop];

    /// <summary>The files of tests.</summary>
    public static IEnumerable<string> Files => FilesIn("Rules", "*Tests.cs");

    // What snippets share is constants there.
    private static IEnumerable<string> StubFiles => FilesIn("Framework", "*.cs");

    /// <summary>The snippets of a file that compile.</summary>
    public static async Task<IReadOnlyList<Subject>> OfAsync(string file)
    {
        var subjects = new List<Subject>();
        foreach (var (index, code) in Snippets(file).Index())
        {
            if (await SubjectOfAsync($"{Path.GetFileNameWithoutExtension(file)} {index}", code) is { } subject)
                subjects.Add(subject);
        }

        return subjects;
    }

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "tests", "AsyncPitfalls.Tests", folder), pattern).Order(StringComparer.Ordinal);

    /// <summary>The constant strings of a file that mark findings.</summary>
    private static IEnumerable<string> Snippets(string file)
    {
        var tree = Parse(file);
        var compilation = CSharpCompilation.Create("Tests", [tree, .. StubFiles.Select(Parse)], [MetadataReference.CreateFromFile(typeof(string).Assembly.Location)]);
        var semantics = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<ArgumentSyntax>()
            .Select(argument => semantics.GetConstantValue(argument.Expression).Value as string)
            .OfType<string>()
            .Where(code => code.Contains("[|", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    private static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview));

    /// <summary>The solution of a snippet with the first references that it compiles with; null where there are none.</summary>
    private static async Task<Subject?> SubjectOfAsync(string name, string code)
    {
        var markup = Markup.Parse(code, "none");
        foreach (var setup in Setups)
        {
            var solution = Workspaces.Create(markup.Files, setup);
            if ((await Workspaces.BuildErrorsAsync(solution)).IsEmpty)
                return new Subject(name, solution);
        }

        return null;
    }
}
