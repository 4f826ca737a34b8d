using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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
        var name = Path.GetFileNameWithoutExtension(file);
        var snippets = Read(file).ToList();
        var subjects = new Subject?[snippets.Count];
        await Parallel.ForAsync(0, snippets.Count, async (index, _) => subjects[index] = await SubjectOfAsync($"{name} {index}", snippets[index]));
        return [.. subjects.OfType<Subject>()];
    }

    /// <summary>The whole snippets of a file that mark findings; a string that is only part of one is none.</summary>
    public static IEnumerable<Markup> Read(string file) => Strings(file).Select(code => Markup.TryParse(code, "none")).OfType<Markup>();

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "tests", "AsyncPitfalls.Tests", folder), pattern).Order(StringComparer.Ordinal);

    /// <summary>The strings of a file that mark findings.</summary>
    private static IEnumerable<string> Strings(string file)
    {
        var tree = Parse(file);
        var compilation = CSharpCompilation.Create("Tests", [tree, .. StubFiles.Select(Parse)], [MetadataReference.CreateFromFile(typeof(string).Assembly.Location)]);
        return new SnippetReader(compilation.GetSemanticModel(tree)).Strings()
            .Where(code => code.Contains("[|", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    private static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview));

    /// <summary>The solution of a snippet with the first references that it compiles with; null where there are none.</summary>
    private static async Task<Subject?> SubjectOfAsync(string name, Markup markup)
    {
        foreach (var setup in Setups)
        {
            var solution = Workspaces.Create(markup.Files, setup);
            if ((await Workspaces.BuildErrorsAsync(solution)).IsEmpty)
                return new Subject(name, solution);
        }

        return null;
    }
}
