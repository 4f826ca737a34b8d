using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests;

/// <summary>Each mode in a real build of one program: which rules speak, how loud, and what the user's own files change.</summary>
public sealed partial class PresetTests
{
    /// <summary>The modes, one that is set after the project's own lines, and none at all.</summary>
    private const string AllModes =
        """
        <Project>
          <ItemGroup>
            <Built Include="unset" />
            <Built Include="none;minimal;recommended;strict" Mode="%(Identity)" />
            <Built Include="late" Late="STRICT" />
          </ItemGroup>
          <Target Name="Build">
            <MSBuild Projects="Orders.csproj" Targets="Restore" />
            <MSBuild Projects="Orders.csproj" Targets="Build" ContinueOnError="true"
                     Properties="Mode=%(Built.Mode);Late=%(Built.Late);IntermediateOutputPath=obj/%(Built.Identity)/;OutDir=bin/%(Built.Identity)/;ErrorLog=%(Built.Identity).sarif,version=2.1" />
          </Target>
        </Project>
        """;

    private const string EditorConfig =
        """
        root = true

        [ById/**.cs]
        dotnet_diagnostic.AP0002.severity = suggestion
        dotnet_diagnostic.AP0026.severity = none
        async_pitfalls.fix_async_sufix = true

        [ByCategory/**.cs]
        dotnet_analyzer_diagnostic.category-AsyncBlocking.severity = suggestion
        dotnet_analyzer_diagnostic.category-AsyncFunctions.severity = none

        [ByAll/**.cs]
        dotnet_analyzer_diagnostic.severity = none

        """;

    private const string OffByDefault =
        """
        namespace Orders;

        public class Offers
        {
            public async Task<int> CompareAsync(HttpClient one, HttpClient other)
            {
                var first = await one.GetStringAsync("https://one.example");
                // AP0023
                var second = await other.GetStringAsync("https://other.example");
                return first.Length - second.Length;
            }

            // AP0027
            public async void OnChanged(object sender, EventArgs e)
            {
                await Task.Delay(100);
            }
        }
        """;

    private static readonly Lazy<Task<FreshProject>> Built = new(BuildAsync);

    [Theory]
    [InlineData("unset")]
    [InlineData("none")]
    [InlineData("minimal")]
    [InlineData("recommended")]
    [InlineData("strict")]
    [InlineData("late")]
    public async Task A_mode_decides_which_rules_speak_and_how_loud(string mode)
    {
        var project = await Built.Value;
        var defaults = DefaultSeverities();
        var marks = Marks.In(project.Folder);
        var expected = marks.Select(mark => (mark.Id, mark.File, mark.Line, Level: LevelIn(mode, defaults[mark.Id]))).Where(mark => mark.Level.Length > 0);
        var files = marks.Select(mark => mark.File).ToHashSet();
        var findings = FindingsIn(project, mode).Where(finding => files.Contains(finding.File)).Select(finding => (finding.Id, finding.File, finding.Line, finding.Level));
        Assert.Equal(expected, findings.OrderBy(finding => (finding.File, finding.Line)));
        Assert.Equal(mode is not ("strict" or "late"), File.Exists(Path.Combine(project.Folder, "bin", mode, "Orders.dll")));
    }

    /// <summary>An id wins over every mode; a category, or all at once, wins where the mode names no id.</summary>
    [Theory]
    [InlineData("ById", "unset", "AP0002 note")]
    [InlineData("ById", "none", "AP0002 note")]
    [InlineData("ById", "minimal", "AP0002 note")]
    [InlineData("ById", "recommended", "AP0002 note")]
    [InlineData("ById", "strict", "AP0002 note")]
    [InlineData("ByCategory", "unset", "AP0002 note")]
    [InlineData("ByCategory", "none", "")]
    [InlineData("ByCategory", "minimal", "AP0002 note")]
    [InlineData("ByCategory", "recommended", "AP0002 note")]
    [InlineData("ByCategory", "strict", "AP0002 error, AP0026 warning")]
    [InlineData("ByAll", "unset", "")]
    [InlineData("ByAll", "none", "")]
    [InlineData("ByAll", "minimal", "")]
    [InlineData("ByAll", "recommended", "")]
    [InlineData("ByAll", "strict", "AP0002 error, AP0026 warning")]
    public async Task The_editorconfig_of_the_user_overrides_a_mode(string folder, string mode, string findings) => Assert.Equal(
        findings,
        string.Join(", ", FindingsIn(await Built.Value, mode).Where(finding => finding.File == folder + ".cs").Select(finding => $"{finding.Id} {finding.Level}").Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("unset", "warning")]
    [InlineData("none", null)]
    [InlineData("minimal", "warning")]
    [InlineData("recommended", "warning")]
    [InlineData("strict", "error")]
    public async Task An_unknown_key_is_told_of_once_where_it_stands(string mode, string? level)
    {
        var lines = EditorConfig.Split('\n').TakeWhile(line => !line.StartsWith("async_pitfalls.", StringComparison.Ordinal)).Count();
        var findings = FindingsIn(await Built.Value, mode).Where(finding => finding.Id == "AP9001").Select(finding => (finding.File, finding.Line, (string?)finding.Level));
        Assert.Equal(level is null ? [] : [(".editorconfig", lines + 1, level)], findings);
    }

    [Theory]
    [InlineData("en", "error AP9002: AsyncPitfallsMode is 'strikt', which is none of: minimal, none, recommended, strict")]
    [InlineData("zh-Hans", "error AP9002: AsyncPitfallsMode 的值“strikt”无效，可用的值有：minimal, none, recommended, strict")]
    public async Task An_unknown_mode_fails_the_build_and_shows_the_known_ones(string language, string error)
    {
        var result = await (await Built.Value).RunAsync(
            ["build", FreshProject.ProjectFile, "--no-restore", "-v:q", "-nologo"], ("Mode", "strikt"), ("DOTNET_CLI_UI_LANGUAGE", language));
        result.MustFail().MustSay(error).MustNotSay("warning AP").MustNotSay("error AP0");
    }

    [Fact]
    public async Task A_mode_on_the_command_line_holds_where_nothing_else_has_changed()
    {
        var project = await Built.Value;
        (await project.RunAsync("build", FreshProject.ProjectFile, "--no-restore", "-v:q", "-nologo")).MustSucceed().MustSay("warning AP0002: ");
        (await project.RunAsync("build", FreshProject.ProjectFile, "--no-restore", "-v:q", "-nologo", "-p:AsyncPitfallsMode=strict")).MustFail().MustSay("error AP0002: ");
    }

    /// <summary>
    /// Format chooses the analyzers that it runs by the default severity, and sees a mode only in what these then report:
    /// https://github.com/dotnet/sdk/issues/53750.
    /// </summary>
    [Theory]
    [InlineData("strict", true)]
    [InlineData("minimal", false)]
    public async Task Dotnet_format_follows_the_mode(string mode, bool finds)
    {
        var result = await (await Built.Value).RunAsync(
            ["format", "analyzers", FreshProject.ProjectFile, "--no-restore", "--verify-no-changes", "--severity", "info", "--diagnostics", "AP0026", "AP0027"], ("Mode", mode));
        _ = finds ? result.MustFail().MustSay("warning AP0026").MustSay("warning AP0027") : result.MustSucceed();
        result.MustNotSay("Warnings were encountered while loading the workspace");
    }

    private static string LevelIn(string mode, string severity) => (mode, severity) switch
    {
        ("none", _) => "",
        ("strict" or "late", "Warning") => "error",
        ("strict" or "late", _) => "warning",
        (_, "Warning") => "warning",
        ("unset" or "recommended", "Info") => "note",
        _ => "",
    };

    private static IReadOnlyList<Finding> FindingsIn(FreshProject project, string mode) => Sarif.FindingsIn(Path.Combine(project.Folder, mode + ".sarif"));

    private static async Task<FreshProject> BuildAsync()
    {
        var project = await FreshProject.CreateAsync();
        project.Write(FreshProject.ProjectFile, project.Read(FreshProject.ProjectFile).Replace(
            "<NuGetAudit>", "<AsyncPitfallsMode Condition=\"'$(Mode)' != ''\">$(Mode)</AsyncPitfallsMode><NuGetAudit>", StringComparison.Ordinal));
        project.Write("Directory.Build.targets",
            "<Project><PropertyGroup Condition=\"'$(Late)' != ''\"><AsyncPitfallsMode>$(Late)</AsyncPitfallsMode></PropertyGroup></Project>");
        project.Write("Modes.proj", AllModes);
        project.Write(".editorconfig", EditorConfig);
        project.Write("OffByDefault.cs", OffByDefault);
        foreach (var folder in new[] { "ById", "ByCategory", "ByAll" })
            project.Write(Path.Combine(folder, folder + ".cs"), InFolder(folder));

        (await project.RunAsync("msbuild", "Modes.proj", "-v:q", "-nologo")).MustSay("error AP0002: ").MustNotSay("error CS").MustNotSay("error MSB4").MustNotSay("error NU");
        return project;
    }

    private static string InFolder(string name) =>
        $$"""
        namespace Orders.{{name}};

        public class Prices : INotifier
        {
            public async Task NotifyAsync(string text)
            {
                Console.WriteLine(text + Task.Run(() => 1).Result);
            }
        }
        """;

    private static Dictionary<string, string> DefaultSeverities() => new[] { "Unshipped", "Shipped" }
        .SelectMany(kind => Release().Matches(File.ReadAllText(Repository.PathOf("src", "AsyncPitfalls.Analyzers", $"AnalyzerReleases.{kind}.md"))))
        .ToDictionary(row => row.Groups["id"].Value, row => row.Groups["severity"].Value);

    [GeneratedRegex(@"^(?<id>AP\d{4}) \| \w+ \| (?<severity>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Release();
}
