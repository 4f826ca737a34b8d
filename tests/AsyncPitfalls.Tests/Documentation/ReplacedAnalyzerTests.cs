using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>What <c>AsyncPitfallsReplaces</c> can name, its files and the tables of the guide are the same everywhere.</summary>
public sealed class ReplacedAnalyzerTests
{
    private static readonly string Folder = Path.Combine(Page.Root, "nuget", "replaces");

    private static IEnumerable<ReplacedRule> Rules => ReplacedAnalyzer.All.SelectMany(analyzer => analyzer.Off.Concat(analyzer.On));

    [Fact]
    public void The_file_of_an_analyzer_turns_off_what_ours_cover()
    {
        foreach (var analyzer in ReplacedAnalyzer.All)
            GeneratedPart.CheckFile(analyzer.File, analyzer.Text);
    }

    [Fact]
    public void The_files_are_all_that_can_be_named() => Assert.Equal(
        ReplacedAnalyzer.All.Select(analyzer => Path.GetFileName(analyzer.File)).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void A_rule_is_turned_off_or_stays_on_and_belongs_to_its_analyzer()
    {
        Assert.Equal(Rules.Select(rule => rule.Id).Distinct(), Rules.Select(rule => rule.Id));
        Assert.All(ReplacedAnalyzer.All, analyzer => Assert.All(analyzer.Off.Concat(analyzer.On), rule => Assert.StartsWith(analyzer.Name, rule.Id, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("docs/guide/coming-from-another-analyzer.md")]
    [InlineData("docs/guide/coming-from-another-analyzer.zh-Hans.md")]
    public void The_guide_lists_what_is_turned_off_and_what_stays_on(string path)
    {
        var words = Words.Of(path);
        GeneratedPart.Check(path, "analyzers", Names(words));
        GeneratedPart.Check(path, "off", Table(words, words.Differs, analyzer => analyzer.Off));
        GeneratedPart.Check(path, "on", Table(words, words.StaysOn, analyzer => analyzer.On));
    }

    private static string Names(Words words)
    {
        var table = new StringBuilder($"| `AsyncPitfallsReplaces` | {words.Package} |\n| --- | --- |\n");
        foreach (var analyzer in ReplacedAnalyzer.All)
            table.Append(CultureInfo.InvariantCulture, $"| `{analyzer.Name}` | {analyzer.Package} |\n");
        return table.ToString();
    }

    private static string Table(Words words, string difference, Func<ReplacedAnalyzer, IEnumerable<ReplacedRule>> rules)
    {
        var table = new StringBuilder($"| {words.Theirs} | {words.Ours} | {difference} |\n| --- | --- | --- |\n");
        foreach (var rule in ReplacedAnalyzer.All.SelectMany(rules))
        {
            var ours = string.Join(words.Comma, rule.Ours.Split(' ').Select(id => $"[{id}](../rules/{id}{words.Extension})"));
            table.Append(CultureInfo.InvariantCulture, $"| {rule.Id} | {ours} | {(words.IsChinese ? rule.DifferenceInChinese : rule.Difference)} |\n");
        }

        return table.ToString();
    }
}
