namespace AsyncPitfalls.Package.Tests;

/// <summary>
/// The package in a solution that has the shapes which code bases have: several projects and target frameworks, one place for
/// versions and settings, files that projects share, and sources that a generator writes.
/// </summary>
public sealed class ProjectShapeTests
{
    private static readonly string Shapes = Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Shapes");

    private static readonly Lazy<Task<Solution>> Built = new(BuildAsync);

    [Fact]
    public async Task Central_package_management_installs_it_for_every_project_of_the_solution()
    {
        var solution = await Built.Value;
        Assert.DoesNotContain("AsyncPitfalls", solution.Folder.Read("Shop/Shop.csproj"), StringComparison.Ordinal);
        Assert.Equal(MarksIn("Shop", "Shared"), solution.FindingsIn("Shop.net10.0"));
        Assert.Empty(solution.FindingsIn("Shop.Generator.net10.0"));
    }

    [Fact]
    public async Task Directory_Build_props_installs_it_for_the_projects_below()
    {
        var solution = await Built.Value;
        Assert.DoesNotContain("AsyncPitfalls", solution.Folder.Read("vintage/Parts/Parts.csproj"), StringComparison.Ordinal);
        Assert.Equal(MarksIn("vintage/Parts"), solution.FindingsIn("Parts.net10.0"));
    }

    [Theory]
    [InlineData("Shop/Shop.csproj")]
    [InlineData("vintage/Parts/Parts.csproj")]
    public async Task However_it_is_installed_its_settings_arrive(string project)
    {
        var solution = await Built.Value;
        Assert.Equal("recommended", (await solution.RunAsync("msbuild", project, "-getProperty:AsyncPitfallsMode")).MustSucceed().Output.Trim());
    }

    [Fact]
    public async Task Each_target_framework_is_told_what_is_wrong_there()
    {
        var solution = await Built.Value;
        Assert.Equal(MarksIn("Shop.Core", "Shared"), solution.FindingsIn("Shop.Core.net10.0"));
        Assert.Equal(MarksIn("Shop.Core", "Shared").Where(mark => mark.File != "Archive.cs"), solution.FindingsIn("Shop.Core.netstandard2.0"));
    }

    [Fact]
    public async Task A_file_that_projects_share_is_judged_in_each_of_them()
    {
        var solution = await Built.Value;
        foreach (var log in new[] { "Shop.net10.0", "Shop.Core.net10.0", "Shop.Core.netstandard2.0" })
            Assert.Equal(MarksIn("Shared"), solution.FindingsIn(log).Where(finding => finding.File == "Retry.cs"));
    }

    [Fact]
    public async Task What_a_source_generator_writes_is_silent_and_what_uses_it_is_not()
    {
        var solution = await Built.Value;
        Assert.DoesNotContain(solution.FindingsIn("Shop.net10.0"), finding => finding.File.StartsWith("Made", StringComparison.Ordinal));
        Assert.Contains(solution.FindingsIn("Shop.net10.0"), finding => finding is { Id: "AP0007", File: "Program.cs" });
    }

    [Fact]
    public async Task No_project_ships_it()
    {
        var solution = await Built.Value;
        var shipped = Directory.GetFiles(solution.Folder.Path, "*.dll", SearchOption.AllDirectories);
        Assert.Contains(shipped, file => Path.GetFileName(file) == "Shop.Core.dll");
        Assert.DoesNotContain(shipped, file => Path.GetFileName(file).StartsWith("AsyncPitfalls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dotnet_format_mends_all_projects_and_target_frameworks_at_once_and_a_shared_file_once()
    {
        var solution = await Built.Value;
        (await solution.RunAsync("format", "analyzers", "Shop.slnx", "--no-restore", "--severity", "info", "--diagnostics", "AP0001", "AP0002", "AP0007", "AP0013", "AP0028")).MustSucceed();
        (await solution.RunAsync("build", "Shop.slnx", "--no-restore")).MustSucceed();

        // .NET Standard 2.0 could not compile what .NET has instead, so that file stays as it is.
        var left = Directory.GetFiles(solution.Logs).SelectMany(Sarif.FindingsIn);
        Assert.Equal(MarksIn("Shop.Core").Where(mark => mark.File == "Archive.cs"), Marks.Of(left));
        Assert.Contains("            // AP0013\n            await Task.Delay(1000);\n", solution.Folder.Read("Shared/Retry.cs"), StringComparison.Ordinal);
        Assert.Contains("Console.WriteLine(await prices.Of(\"tea\"));", solution.Folder.Read("Shop/Program.cs"), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Id, string File, int Line)> MarksIn(params string[] folders) =>
        folders.SelectMany(folder => Marks.In(Path.Combine(Shapes, folder))).OrderBy(mark => (mark.File, mark.Line));

    private static async Task<Solution> BuildAsync()
    {
        var folder = await FreshFolder.CreateAsync("Shapes", Shapes, "NETStandard.Library", "Microsoft.NETCore.Platforms");
        var solution = new Solution(folder, (await PackedPackage.GetAsync()).Version);
        Directory.CreateDirectory(solution.Logs);
        (await solution.RunAsync("build", "Shop.slnx")).MustSucceed();
        solution.Read();
        return solution;
    }

    /// <summary>The solution, and what was found in it when it was built first.</summary>
    private sealed class Solution(FreshFolder folder, string version)
    {
        private readonly Dictionary<string, IReadOnlyList<Finding>> _findings = [];

        public FreshFolder Folder => folder;

        public string Logs => folder.PathOf("logs");

        public IEnumerable<(string Id, string File, int Line)> FindingsIn(string log) => Marks.Of(_findings[log]);

        public Task<CommandResult> RunAsync(params string[] arguments) => folder.RunAsync(arguments, ("PackedVersion", version));

        public void Read()
        {
            foreach (var log in Directory.GetFiles(Logs))
                _findings.Add(Path.GetFileNameWithoutExtension(log), Sarif.FindingsIn(log));
        }
    }
}
