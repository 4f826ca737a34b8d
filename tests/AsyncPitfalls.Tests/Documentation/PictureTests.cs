namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The page of a rule shows the picture of its family, whose words are in <c>docs/site/diagrams</c> and which the site's build compares with them.</summary>
public sealed class PictureTests
{
    /// <summary>All pages of rules but those about configuration, which has no thread, loop or task to draw.</summary>
    public static TheoryData<string> Pages =>
        [.. Page.OfRules.Where(path => FamilyOf(path) != "AsyncConfiguration").SelectMany(path => new[] { path, Page.TwinOf(path) })];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_the_picture_of_its_family(string path)
    {
        var family = FamilyOf(path);
        var words = File.ReadLines(Path.Combine(Page.Root, "docs", "site", "diagrams", family + ".txt")).First().Split(" | ");
        var (title, picture) = Page.IsChinese(path) ? (words[1], family + ".zh-Hans") : (words[0], family);
        GeneratedPart.CheckAbove(path, PagePart.Pitfall, "picture",
            $"""
            <picture>
            <source media="(prefers-color-scheme: dark)" srcset="../diagrams/{picture}.dark.svg">
            <img alt="{title}" src="../diagrams/{picture}.svg">
            </picture>

            """);
        Assert.True(Page.Exists($"docs/diagrams/{picture}.svg") && Page.Exists($"docs/diagrams/{picture}.dark.svg"), $"'npm run diagrams' in docs/site has not drawn {picture}.");
    }

    private static string FamilyOf(string path) =>
        Package.Analyzers.Select(analyzer => analyzer.SupportedDiagnostics[0]).Single(rule => rule.Id == Page.Read(path).RuleId).Category;
}
