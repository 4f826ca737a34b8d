using System.Globalization;
using System.Text;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>
/// The parts of pages that follow from the sources. <c>ASYNCPITFALLS_UPDATE=1 dotnet test</c> writes them; without it, a
/// part that is not up to date fails the test.
/// </summary>
public sealed class GeneratedTests
{
    public static TheoryData<string> RulePages => [.. Page.OfRules.SelectMany(path => new[] { path, Page.TwinOf(path) })];

    public static TheoryData<string> RuleTables =>
        [.. new[] { "README.md", "README.zh-Hans.md", "docs/README.md", "docs/README.zh-Hans.md" }.Where(Page.Exists)];

    private static IEnumerable<DiagnosticDescriptor> Rules => Package.Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .OrderBy(rule => rule.Id, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(RulePages))]
    public void A_page_begins_with_the_facts_of_its_rule(string path)
    {
        var words = Words.Of(path);
        var rule = Rules.Single(rule => rule.Id == Page.Read(path).RuleId);
        GeneratedPart.CheckFirstLine(path, $"# {rule.Id}{words.Colon}{rule.Title.ToString(words.Culture)}");
        GeneratedPart.Check(path, "rule",
            $"""
            | {words.Severity} | {words.Category} | {words.Enabled} | {words.Fix} |
            | --- | --- | --- | --- |
            | {words.SeverityOf(rule)} | {rule.Category} | {words.YesOrNo(rule.IsEnabledByDefault)} | {words.YesOrNo(HasFix(rule))} |

            """);
    }

    [Theory]
    [MemberData(nameof(RuleTables))]
    public void The_table_lists_every_rule(string path)
    {
        var words = Words.Of(path);
        var folder = path.StartsWith("docs/", StringComparison.Ordinal) ? "rules/" : "docs/rules/";
        var table = new StringBuilder($"| {words.Rule} | {words.Title} | {words.Category} | {words.Severity} | {words.Fix} |\n| --- | --- | --- | --- | --- |\n");
        foreach (var rule in Rules)
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}]({folder}{rule.Id}{words.Extension}) | {rule.Title.ToString(words.Culture)} | {rule.Category} | {words.SeverityOf(rule)}{(rule.IsEnabledByDefault ? "" : words.Off)} | {words.YesOrNo(HasFix(rule))} |\n");
        GeneratedPart.Check(path, "rules", table.ToString());
    }

    [Theory]
    [InlineData("docs/guide/configure.md")]
    [InlineData("docs/guide/configure.zh-Hans.md")]
    public void The_guide_lists_every_option(string path)
    {
        var words = Words.Of(path);
        var table = new StringBuilder($"| {words.Option} | {words.Rules} | {words.Default} | {words.Example} |\n| --- | --- | --- | --- |\n");
        foreach (var option in RuleOption.All)
        {
            var rules = string.Join(words.Comma, option.Rules.Select(id => $"[{id}](../rules/{id}{words.Extension})"));
            var unset = option.DefaultText.Length == 0 ? words.Nothing : $"`{option.DefaultText}`";
            table.Append(CultureInfo.InvariantCulture, $"| `{option.Key}` | {rules} | {unset} | `{option.Example.Replace("|", "\\|", StringComparison.Ordinal)}` |\n");
        }

        GeneratedPart.Check(path, "options", table.ToString());
    }

    [Theory]
    [InlineData("docs/guide/configure.md")]
    [InlineData("docs/guide/configure.zh-Hans.md")]
    public void The_guide_says_what_each_mode_makes_of_each_rule(string path)
    {
        var words = Words.Of(path);
        IReadOnlyList<Preset> shown = [Preset.Minimal, Preset.Recommended, Preset.Strict];
        var table = new StringBuilder($"| {words.Rule} | {words.Title} | {string.Join(" | ", shown.Select(preset => $"`{preset.Name}`"))} |\n| --- | --- | --- | --- | --- |\n");
        foreach (var rule in Rules)
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}](../rules/{rule.Id}{words.Extension}) | {rule.Title.ToString(words.Culture)} | {string.Join(" | ", shown.Select(preset => words.Named(preset.SeverityOf(rule))))} |\n");
        GeneratedPart.Check(path, "modes", table.ToString());
    }

    [Fact]
    public void A_preset_follows_from_the_catalog()
    {
        foreach (var preset in Preset.All)
            GeneratedPart.CheckFile($"nuget/presets/{preset.Name}.globalconfig", preset.TextFor(Rules));
    }

    [Fact]
    public void The_presets_are_all_that_can_be_chosen() => Assert.Equal(
        Preset.All.Select(preset => preset.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Page.Root, "nuget", "presets")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    private static bool HasFix(DiagnosticDescriptor rule) => Package.CodeFixes.Any(fix => fix.FixableDiagnosticIds.Contains(rule.Id));
}
