namespace AsyncPitfalls.Package.Tests;

/// <summary>The program under <c>docs/tour</c>, in which a newcomer sees each pitfall.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed class TourTests
{
    private static readonly Lazy<Task<(CommandResult Build, IReadOnlyList<Finding> Findings)>> InEnglish = new(() => BuildAsync("en"));

    private static string Tour => Repository.PathOf("docs", "tour");

    [Fact]
    public async Task A_build_warns_of_each_pitfall_where_its_comment_stands_and_nowhere_else()
    {
        var (build, findings) = await InEnglish.Value;

        Assert.All(Marks.In(Tour), mark => build.MustSay($"warning {mark.Id}: "));
        Assert.Equal(Marks.In(Tour), Marks.Of(findings));
    }

    [Fact]
    public void It_has_every_rule_in_it()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs", "rules"), "AP????.md").Select(page => Path.GetFileNameWithoutExtension(page));
        Assert.Equal(pages.Where(page => !page.StartsWith("AP9", StringComparison.Ordinal)).Order(), Marks.In(Tour).Select(mark => mark.Id).Distinct().Order());
    }

    [Theory]
    [InlineData("README.md", "en")]
    [InlineData("README.zh-Hans.md", "zh-Hans")]
    public async Task The_readme_shows_a_line_of_it_and_the_message(string readme, string language)
    {
        var (_, findings) = language == "en" ? await InEnglish.Value : await BuildAsync(language);
        var shown = findings.Single(finding => finding is { Id: "AP0002", File: "Checkout.cs" });

        var text = File.ReadAllText(Repository.PathOf(readme));
        var line = File.ReadLines(Path.Combine(Tour, shown.File)).ElementAt(shown.Line - 1);
        Assert.Contains($"```csharp\n{line.Trim()}\n```", text, StringComparison.Ordinal);
        Assert.Contains(": warning AP0002: " + shown.Message + "\n", text, StringComparison.Ordinal);
    }

    private static async Task<(CommandResult Build, IReadOnlyList<Finding> Findings)> BuildAsync(string language)
    {
        var artifacts = (await PackedPackage.GetAsync()).Artifacts;
        var log = Path.Combine(TemporaryFolder.Create("tour"), "tour.sarif");
        var build = await DotNet.RunAsync(Repository.Root,
            ["build", "docs/tour", "-c", "Release", "--no-dependencies", "--no-incremental", "-p:ArtifactsPath=" + artifacts, $"-p:ErrorLog={log}%2Cversion=2.1"],
            ("DOTNET_CLI_UI_LANGUAGE", language));
        return (build.MustSucceed(), Sarif.FindingsIn(log));
    }
}
