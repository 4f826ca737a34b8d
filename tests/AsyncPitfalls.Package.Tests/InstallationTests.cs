namespace AsyncPitfalls.Package.Tests;

/// <summary>The package in a program that installs it: findings, languages, severities, fixes.</summary>
public sealed class InstallationTests
{
    private static readonly string[] Rules = ["AP0001", "AP0002", "AP0003", "AP0004", "AP0005", "AP0006", "AP0007", "AP0008", "AP0009", "AP0010", "AP0011", "AP0012", "AP0013", "AP0014", "AP0016", "AP0017", "AP0018", "AP0019", "AP0020", "AP0021", "AP0022", "AP0024", "AP0025", "AP0026", "AP0028"];

    [Fact]
    public async Task It_finds_what_is_marked_and_nothing_else()
    {
        var project = await FreshProject.CreateAsync();
        (await project.BuildAsync()).MustSucceed().MustSay("warning AP0002: ");

        Assert.Equal(Rules, Marks.In(project.Folder).Select(mark => mark.Id));
        Assert.Equal(Marks.In(project.Folder), Marks.Of(Sarif.FindingsIn(project.Log)));
        Assert.All(Sarif.HelpLinksIn(project.Log), rule => Assert.EndsWith($"/rules/{rule.Key}.html", rule.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Installing_it_adds_nothing_to_the_program()
    {
        var project = await FreshProject.CreateAsync();
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", project.Read(FreshProject.ProjectFile), StringComparison.Ordinal);

        (await project.BuildAsync()).MustSucceed();
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(project.Folder, "bin"), "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file).StartsWith("AsyncPitfalls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_speaks_Chinese_to_who_reads_Chinese()
    {
        var project = await FreshProject.CreateAsync();
        (await project.BuildInChineseAsync()).MustSucceed();

        var findings = Sarif.FindingsIn(project.Log);
        Assert.Equal(Rules, findings.Select(finding => finding.Id).Distinct().Order());
        Assert.All(findings, finding => Assert.Contains(finding.Message, letter => letter is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public async Task Findings_fail_a_build_that_treats_warnings_as_errors()
    {
        var project = await FreshProject.CreateAsync();
        (await project.BuildAsync("-p:TreatWarningsAsErrors=true")).MustFail().MustSay("error AP0002: ");
    }

    [Fact]
    public async Task The_editorconfig_silences_a_rule()
    {
        var project = await FreshProject.CreateAsync();
        project.Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.AP0002.severity = none\n");
        (await project.BuildAsync()).MustSucceed().MustNotSay("AP0002");
    }

    [Fact]
    public async Task Dotnet_format_mends_all_that_is_found()
    {
        var project = await FreshProject.CreateAsync();
        (await project.RunAsync(["format", "analyzers", "--severity", "info", "--diagnostics", .. Rules])).MustSucceed();

        (await project.BuildAsync()).MustSucceed().MustNotSay("warning AP");
        Assert.Empty(Sarif.FindingsIn(project.Log));
        (await project.RunAsync(["format", "analyzers", "--verify-no-changes", "--severity", "info", "--diagnostics", .. Rules])).MustSucceed();
    }

    [Fact]
    public async Task Dotnet_format_fails_a_build_server_that_verifies()
    {
        var project = await FreshProject.CreateAsync();
        (await project.RunAsync("format", "analyzers", "--verify-no-changes", "--diagnostics", "AP0002")).MustFail().MustSay("AP0002");
    }
}
