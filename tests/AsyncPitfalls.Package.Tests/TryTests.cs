namespace AsyncPitfalls.Package.Tests;

/// <summary>The command that shows the package on code that does not reference it.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed class TryTests
{
    [Fact]
    public async Task It_shows_findings_in_a_strict_project_that_is_up_to_date_and_leaves_its_files_alone()
    {
        var project = await FreshProject.CreateAsync(installs: false);
        project.Write("Directory.Build.props", "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>");
        (await project.RunAsync("build")).MustSucceed();
        var before = SourcesOf(project);

        var run = await TryAsync(project.Folder, "-p:On=Orders.csproj");

        run.MustSucceed().MustSay("AP0002.cs(8,").MustSay("warning AP0002: ");
        Assert.Equal(before, SourcesOf(project));
    }

    [Fact]
    public async Task It_takes_a_solution_with_central_package_versions_and_builds_per_framework()
    {
        var (one, other) = (await FreshProject.CreateAsync(installs: false), await FreshProject.CreateAsync(installs: false));
        var (orders, parts) = (Path.Combine(one.Folder, FreshProject.ProjectFile), Path.Combine(other.Folder, "Parts.csproj"));
        File.Move(Path.Combine(other.Folder, FreshProject.ProjectFile), parts);
        one.Write("Orders.slnx", $"""<Solution><Project Path="{orders}" /><Project Path="{parts}" /></Solution>""");
        one.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        one.Write(FreshProject.ProjectFile, one.Read(FreshProject.ProjectFile).Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0</TargetFrameworks>", StringComparison.Ordinal));

        var run = await TryAsync(Repository.Root, "-p:On=" + Path.Combine(one.Folder, "Orders.slnx"));

        run.MustSucceed();
        foreach (var project in new[] { one, other })
            run.MustSay(Path.Combine(project.Folder, "AP0002.cs") + "(8,54): warning AP0002: ");
    }

    [Fact]
    public async Task It_respects_what_the_target_configures()
    {
        var project = await FreshProject.CreateAsync(installs: false);
        project.Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.AP0001.severity = none\n");

        (await TryAsync(project.Folder, "-p:On=Orders.csproj")).MustSucceed().MustSay("warning AP0002: ").MustNotSay("AP0001: ");
    }

    [Fact]
    public async Task It_asks_for_what_to_try() =>
        (await TryAsync(Repository.Root)).MustFail().MustSay("error APTRY1: Say what to try");

    [Fact]
    public async Task It_says_that_a_path_does_not_exist() =>
        (await TryAsync(Repository.Root, "-p:On=none/such.sln")).MustFail()
            .MustSay($"error APTRY2: There is no file '{Repository.PathOf("none", "such.sln")}'");

    [Fact]
    public async Task It_says_that_a_file_is_not_one_to_build() =>
        (await TryAsync(Repository.Root, "-p:On=README.md")).MustFail().MustSay("error APTRY3: ");

    [Fact]
    public async Task It_says_that_a_project_does_not_restore()
    {
        var project = await FreshProject.CreateAsync(installs: false);
        project.Write(FreshProject.ProjectFile, project.Read(FreshProject.ProjectFile).Replace(
            "</Project>", "<ItemGroup><PackageReference Include=\"Not.In.This.Feed\" Version=\"1.0.0\" /></ItemGroup></Project>", StringComparison.Ordinal));

        (await TryAsync(project.Folder, "-p:On=Orders.csproj")).MustFail().MustSay("error APTRY4: ").MustSay("Not.In.This.Feed");
    }

    [Fact]
    public async Task It_says_that_a_project_does_not_build_and_shows_what_it_found()
    {
        var project = await FreshProject.CreateAsync(installs: false);
        project.Write("Broken.cs", "class Broken { int number = \"text\"; }");

        (await TryAsync(project.Folder, "-p:On=Orders.csproj")).MustFail()
            .MustSay("error CS0029: ").MustSay("error APTRY5: ").MustSay("warning AP0002: ");
    }

    private static async Task<CommandResult> TryAsync(string folder, params string[] arguments) => await DotNet.RunAsync(folder,
        ["build", Repository.PathOf("nuget", "Try.proj"), "-p:ArtifactsPath=" + (await PackedPackage.GetAsync()).Artifacts, .. arguments]);

    private static IEnumerable<(string, string)> SourcesOf(FreshProject project) =>
        [.. Directory.GetFiles(project.Folder).Order().Select(file => (file, File.ReadAllText(file)))];
}
