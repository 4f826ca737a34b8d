using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests;

/// <summary>
/// One program with the package and the other analyzers, each as it is published, built without <c>AsyncPitfallsReplaces</c> and with it. A comment
/// above a line says what speaks there: our rule, theirs that ours replaces and, after a bar, theirs that stay.
/// </summary>
public sealed partial class ReplaceTests
{
    /// <summary>Reports one defect as an error, so that only the second of the builds succeeds.</summary>
    private const string Both =
        """
        <Project>
          <Target Name="Build">
            <MSBuild Projects="Peers.csproj" Targets="Restore" />
            <MSBuild Projects="Peers.csproj" Targets="Build" ContinueOnError="true"
                     Properties="IntermediateOutputPath=obj/without/;OutDir=bin/without/;ErrorLog=without.sarif,version=2.1" />
            <MSBuild Projects="Peers.csproj" Targets="Build"
                     Properties="Replaces=true;IntermediateOutputPath=obj/with/;OutDir=bin/with/;ErrorLog=with.sarif,version=2.1" />
          </Target>
        </Project>
        """;

    private const string Source = "Defects.cs";

    private static readonly Lazy<Task<FreshFolder>> Built = new(BuildAsync);

    /// <summary>All that can be turned off.</summary>
    private static IReadOnlySet<string> Replaced => Directory.GetFiles(Repository.PathOf("nuget", "replaces"))
        .SelectMany(file => Severity().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet();

    [Fact]
    public async Task Without_it_one_defect_is_many_findings()
    {
        var folder = await Built.Value;
        Assert.Equal(Marked(folder, mark => [mark.Ours, .. mark.Theirs, .. mark.Stay]), Found(folder, "without"));
    }

    [Fact]
    public async Task With_it_one_defect_is_one_finding_and_their_other_rules_go_on()
    {
        var folder = await Built.Value;
        Assert.Equal(Marked(folder, mark => [mark.Ours, .. mark.Stay]), Found(folder, "with"));
        Assert.True(File.Exists(folder.PathOf("bin/with/Peers.dll")));
    }

    [Fact]
    public async Task It_turns_off_nothing_but_what_it_names()
    {
        var folder = await Built.Value;
        var (without, with) = (AllIn(folder, "without"), AllIn(folder, "with"));
        Assert.Equal(without.Where(finding => !Replaced.Contains(finding.Id)), with);
        Assert.Equal(Replaced.Order(StringComparer.Ordinal), without.Select(finding => finding.Id).Where(Replaced.Contains).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("VSTHRD;MA;AsyncFixer;S;CA;RCS", "recommended", "asyncfixer ca ma rcs s vsthrd")]
    [InlineData(" vsthrd ; Ma ;; MA ", "minimal", "ma vsthrd")]
    [InlineData("", "strict", "")]
    [InlineData("VSTHRD", "None", "")]
    public async Task Names_may_be_written_in_any_way_and_nothing_is_replaced_where_nothing_of_ours_speaks(string names, string mode, string files)
    {
        var folder = await Built.Value;
        var result = await folder.RunAsync(["msbuild", "Peers.csproj", "-getItem:EditorConfigFiles"], ("AsyncPitfallsReplaces", names), ("AsyncPitfallsMode", mode));
        Assert.Equal(files, string.Join(' ', ReplacingFile().Matches(result.MustSucceed().Output).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("en", "error AP9004: AsyncPitfallsReplaces names 'VSTHRDS', which is none of: ASYNCFIXER, CA, MA, RCS, S, VSTHRD")]
    [InlineData("zh-Hans", "error AP9004: AsyncPitfallsReplaces 中的“VSTHRDS”无效，可用的值有：ASYNCFIXER, CA, MA, RCS, S, VSTHRD")]
    public async Task An_unknown_name_fails_the_build_and_shows_the_known_ones(string language, string error)
    {
        var folder = await Built.Value;
        var result = await folder.RunAsync(["build", "Peers.csproj", "--no-restore", "-v:q", "-nologo", "-p:AsyncPitfallsReplaces=vsthrds%3BMA"], ("DOTNET_CLI_UI_LANGUAGE", language));
        result.MustFail().MustSay(error).MustNotSay("warning AP");
    }

    private static async Task<FreshFolder> BuildAsync()
    {
        var folder = await FreshFolder.CreateAsync("Peers");
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Peers")))
            File.Copy(file, folder.PathOf(Path.GetFileName(file)));
        folder.Write("NuGet.config", folder.Read("NuGet.config").Replace(
            "</packageSources>", $"""  <add key="others" value="{Repository.Packages}" /></packageSources>""", StringComparison.Ordinal));
        folder.Write("Both.proj", Both);
        (await folder.RunAsync(["msbuild", "Both.proj", "-v:q", "-nologo"])).MustSay("error VSTHRD107").MustNotSay("error CS").MustNotSay("error MSB4").MustNotSay("error NU");
        return folder;
    }

    private static IReadOnlyList<Finding> AllIn(FreshFolder folder, string build) => Sarif.AllFindingsIn(folder.PathOf(build + ".sarif"));

    /// <summary>What a build says of the lines that have a mark.</summary>
    private static IEnumerable<string> Found(FreshFolder folder, string build)
    {
        var findings = AllIn(folder, build).Where(finding => finding.File == Source).ToLookup(finding => finding.Line, finding => finding.Id);
        return MarksIn(folder).Select(mark => Listed(mark.Line, findings[mark.Line]));
    }

    private static IEnumerable<string> Marked(FreshFolder folder, Func<Defect, IEnumerable<string>> speaking) =>
        MarksIn(folder).Select(mark => Listed(mark.Line, speaking(mark)));

    private static string Listed(int line, IEnumerable<string> ids) => $"{line}: {string.Join(' ', ids.Order(StringComparer.Ordinal))}";

    private static IEnumerable<Defect> MarksIn(FreshFolder folder) => folder.Read(Source).Split('\n')
        .Select((line, index) => (Mark: Mark().Match(line), Line: index + 2))
        .Where(found => found.Mark.Success)
        .Select(found => new Defect(found.Line, found.Mark.Groups["ours"].Value, Ids(found.Mark.Groups["theirs"]), Ids(found.Mark.Groups["stay"])));

    private static string[] Ids(Group group) => group.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^\s*// (?<ours>AP\d{4})(?<theirs>[^|]*)(\|(?<stay>.*))?$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^dotnet_diagnostic\.(\w+)\.severity = none", RegexOptions.Multiline)]
    private static partial Regex Severity();

    [GeneratedRegex(@"""Identity"": ""[^""]*\breplaces\W+(\w+)\.globalconfig""")]
    private static partial Regex ReplacingFile();

    private sealed record Defect(int Line, string Ours, string[] Theirs, string[] Stay);
}
