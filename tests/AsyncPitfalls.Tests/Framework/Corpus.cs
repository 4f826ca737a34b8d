using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>
/// The files of <c>CleanCode</c> and <c>PitfallCode</c>, each a compilation of its own. Their folder says what they compile
/// against; a name such as <c>Clock.CSharp14.cs</c> says that the file needs a language version which not every tested
/// Roslyn knows.
/// </summary>
public static partial class Corpus
{
    private const string Tour = "docs/tour";

    // What a web project imports beyond what every project does.
    private const string WebUsings =
        """
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        """;

    /// <summary>Real idioms, on which every rule is silent.</summary>
    public static IEnumerable<string> CleanCode => Files("CleanCode");

    /// <summary>Programs with their pitfalls marked.</summary>
    public static IEnumerable<string> PitfallCode => Files("PitfallCode");

    /// <summary>What has pitfalls to be mended: the files of <c>PitfallCode</c>, and the tour, which is written in C# 12.</summary>
    public static IEnumerable<string> Programs => LanguageVersionFacts.TryParse("12", out _) ? [.. PitfallCode, Tour] : PitfallCode;

    /// <summary>A solution of a file, or of all files of the tour.</summary>
    public static Solution Solution(string path) => path == Tour
        ? Workspaces.Create([new SourceFile("Tour/Usings.g.cs", WebUsings), .. Directory.GetFiles(Path.Combine(Repository, Tour), "*.cs").Order().Select(file => new SourceFile($"Tour/{Path.GetFileName(file)}", File.ReadAllText(file)))], Setup.AspNet)
        : Workspaces.Create(Read(path).Files, SetupOf(path));

    /// <summary>A file with its findings marked, or none where it is clean.</summary>
    public static Markup Read(string path) =>
        Markup.Parse(File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n"), "none");

    public static Setup SetupOf(string path) => path.Split('/')[^2] switch
    {
        "AspNet" => Setup.AspNet,
        "Desktop" => Setup.Desktop,
        _ => Setup.Default,
    };

    private static string Repository => ReferenceSets.BuildFact("RepositoryRoot");

    private static string Root => Path.Combine(Repository, "tests", "AsyncPitfalls.Tests");

    private static IEnumerable<string> Files(string folder) => Directory
        .GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(IsKnownLanguage)
        .Order(StringComparer.Ordinal);

    private static bool IsKnownLanguage(string path) =>
        VersionInName().Match(path) is not { Success: true } match
        || LanguageVersionFacts.TryParse(match.Groups[1].Value, out _);

    [GeneratedRegex(@"\.CSharp(\d+)\.cs$")]
    private static partial Regex VersionInName();
}
