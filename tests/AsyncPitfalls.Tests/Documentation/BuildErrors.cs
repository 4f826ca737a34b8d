using System.Text.RegularExpressions;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The errors that the package's build files report, and no analyzer does, read from these files.</summary>
public static partial class BuildErrors
{
    public static IReadOnlyList<string> Ids { get; } =
        [.. Elements.Select(element => Code().Match(element).Groups[1].Value).Except(Package.Analyzers.Select(analyzer => analyzer.SupportedDiagnostics[0].Id)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The elements that report an error of ours.</summary>
    public static IEnumerable<string> Elements => Directory
        .GetFiles(Path.Combine(Page.Root, "nuget", "build"), "*.targets")
        .SelectMany(file => Error().Matches(File.ReadAllText(file)).Select(match => match.Value))
        .Where(element => Code().IsMatch(element));

    /// <summary>Where the page of an error is; the package brings the address of the site, the one that the help links of the rules begin with.</summary>
    public static string LinkOf(string id) => $"$(_AsyncPitfallsSite)rules/{id}.html";

    [GeneratedRegex(@"<Error\b[^>]*>")]
    private static partial Regex Error();

    [GeneratedRegex(@"\bCode=""(AP\d{4})""")]
    private static partial Regex Code();
}
