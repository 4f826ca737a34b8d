using System.Text.Json;

namespace AsyncPitfalls.Package.Tests;

/// <summary>What the guide *enforce in CI* shows is what a build server gets: its build file, its programs and its script lines are run.</summary>
public sealed class EnforceInCiTests
{
    private const string Page = "enforce-in-ci.md";

    private const string MoreCode =
        """
        namespace Orders;

        public static class Deliveries
        {
            private static async Task SendAsync()
            {
                await Task.Delay(10);
            }

            public static void SendTwice()
            {
                // AP0002
                SendAsync().Wait();
                // AP0002
                SendAsync().Wait();
        #pragma warning disable AP0002 // meant
                SendAsync().Wait();
        #pragma warning restore AP0002
            }
        }
        """;

    private static readonly Lazy<Task<FreshProject>> Built = new(BuildAsync);

    [Fact]
    public async Task The_log_holds_of_each_finding_its_rule_level_and_properties()
    {
        var project = await Built.Value;
        var run = RunIn(project, "artifacts/sarif/Orders.net10.0.sarif");
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = OursIn(run).ToList();

        Assert.Equal(Marks.In(project.Folder).Select(mark => mark.Id).Distinct().Order(), results.Select(IdOf).Distinct().Order());
        foreach (var result in results)
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(IdOf(result), rule.GetProperty("id").GetString());
            Assert.EndsWith($"/rules/{IdOf(result)}.html", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
            Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
            Assert.StartsWith("Async", rule.GetProperty("properties").GetProperty("category").GetString(), StringComparison.Ordinal);
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "warning", "note" });

            var (file, line) = PlaceOf(result.GetProperty("locations")[0]);
            var properties = result.GetProperty("properties").GetProperty("customProperties");
            Assert.Equal(LinesOf(project, file)[line - 1].Trim(), properties.GetProperty("asyncpitfalls.line").GetString());
            Assert.StartsWith("Orders.", properties.GetProperty("asyncpitfalls.member").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("warning", results.First(result => IdOf(result) == "AP0002").GetProperty("level").GetString());
        Assert.Equal("note", results.First(result => IdOf(result) == "AP0028").GetProperty("level").GetString());
    }

    [Fact]
    public async Task The_log_holds_the_steps_from_a_call_to_what_blocks()
    {
        var project = await Built.Value;
        var result = OursIn(RunIn(project, "artifacts/sarif/Orders.net10.0.sarif")).Single(result => IdOf(result) == "AP0014");
        var steps = result.GetProperty("relatedLocations").EnumerateArray().Select(PlaceOf).Select(place => LinesOf(project, place.File)[place.Line - 1].Trim());
        Assert.Equal("Thread.Sleep(100);", steps.Last());
    }

    [JqFact]
    public async Task The_programs_of_the_guide_make_one_log_for_GitHub_and_a_report_for_GitLab()
    {
        var project = await Built.Value;
        // As a second target framework writes it.
        File.Copy(Path.Combine(project.Folder, "artifacts/sarif/Orders.net10.0.sarif"), Path.Combine(project.Folder, "artifacts/sarif/Orders.net9.0.sarif"));
        foreach (var line in ScriptLines().Where(line => line.StartsWith("- jq ", StringComparison.Ordinal)))
            (await Shell.RunAsync(project.Folder, line["- ".Length..])).MustSucceed();

        MustBeTheFindings(project);
        var report = JsonDocument.Parse(project.Read("gl-code-quality-report.json")).RootElement.EnumerateArray().ToList();
        Assert.Equal(Marks.In(project.Folder).Order(), report.Select(entry => (
            entry.GetProperty("check_name").GetString()!,
            entry.GetProperty("location").GetProperty("path").GetString()!,
            entry.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32())).Order());
        Assert.Equal(report.Count, report.Select(entry => entry.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.Equal(["info", "minor"], report.Select(entry => entry.GetProperty("severity").GetString()).Distinct().Order());
        Assert.All(report, entry => Assert.StartsWith(entry.GetProperty("check_name").GetString() + ": ", entry.GetProperty("description").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Each_service_gets_its_log_by_the_same_command() => Assert.Single(
        Guide.BlocksOf(Page, "yaml").Concat(Guide.BlocksOf(Page, "sh"))
            .SelectMany(block => block.Split('\n'))
            .Where(line => line.Contains("build/asyncpitfalls.jq", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("jq ", StringComparison.Ordinal)..line.IndexOf('>', StringComparison.Ordinal)])
            .Distinct());

    [Fact]
    public async Task The_format_command_of_the_guide_passes_a_project_without_findings_and_fails_for_one_that_has_no_fix()
    {
        var project = await FreshProject.CreateAsync();
        foreach (var file in Directory.GetFiles(project.Folder, "*.cs"))
            File.Delete(file);
        project.Write("Program.cs", "await Task.Delay(10);\n");
        var command = Guide.BlocksOf(Page, "").Single(block => block.StartsWith("dotnet format", StringComparison.Ordinal)).Split(' ', '\n')[1..^1];
        (await project.RunAsync("restore")).MustSucceed();
        (await project.RunAsync(command)).MustSucceed();

        project.Write("Program.cs", "Console.WriteLine(Task.Delay(10).Wait(100));\n");
        (await project.RunAsync(command)).MustFail().MustSay("Program.cs(1,").MustSay("AP0002");
    }

    private static async Task<FreshProject> BuildAsync()
    {
        var project = await FreshProject.CreateAsync();
        project.Write("Deliveries.cs", MoreCode);
        project.Write("Directory.Build.targets", Guide.BlocksOf(Page, "xml").Single());
        var programs = Guide.BlocksOf(Page, "jq");
        project.Write("build/asyncpitfalls.jq", programs[0]);
        project.Write("build/code-quality.jq", programs[1]);
        (await project.RunAsync("build", "--no-incremental", "-p:CI=true")).MustSucceed();
        return project;
    }

    /// <summary>The lines of the guide's script for GitLab, whose report is made from the one log.</summary>
    private static IEnumerable<string> ScriptLines() => Guide.BlocksOf(Page, "yaml")
        .Single(block => block.Contains("codequality", StringComparison.Ordinal))
        .Split('\n')
        .Select(line => line.Trim());

    private static void MustBeTheFindings(FreshProject project)
    {
        var run = RunIn(project, "asyncpitfalls.sarif");
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(Marks.In(project.Folder).Order(), results.Select(result => (IdOf(result), UriOf(result.GetProperty("locations")[0]), PlaceOf(result.GetProperty("locations")[0]).Line)).Order());
        Assert.All(results, result => Assert.Equal(IdOf(result), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
    }

    /// <summary>The one run of a log.</summary>
    private static JsonElement RunIn(FreshProject project, string log) =>
        Assert.Single(JsonDocument.Parse(project.Read(log)).RootElement.GetProperty("runs").EnumerateArray());

    private static IEnumerable<JsonElement> OursIn(JsonElement run) => run.GetProperty("results").EnumerateArray()
        .Where(result => IdOf(result).StartsWith("AP", StringComparison.Ordinal));

    private static string IdOf(JsonElement result) => result.GetProperty("ruleId").GetString()!;

    private static (string File, int Line) PlaceOf(JsonElement location) =>
        (Path.GetFileName(UriOf(location)), location.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());

    private static string UriOf(JsonElement location) =>
        location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;

    private static string[] LinesOf(FreshProject project, string file) => project.Read(file).ReplaceLineEndings("\n").Split('\n');
}
