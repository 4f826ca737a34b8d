using System.Text.RegularExpressions;
using AsyncPitfalls.Framework;

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

    /// <summary>Where the page of an error is, as the help links of the rules have it.</summary>
    public static string LinkOf(string id) => RuleCatalog.AP9001.HelpLinkUri.Replace(RuleCatalog.AP9001.Id, id, StringComparison.Ordinal);

    [GeneratedRegex(@"<Error\b[^>]*>")]
    private static partial Regex Error();

    [GeneratedRegex(@"\bCode=""(AP\d{4})""")]
    private static partial Regex Code();
}
