namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A program in a folder of its own that installs the package from the folder feed, and from nowhere else.</summary>
public sealed class FreshProject
{
    public const string ProjectFile = "Orders.csproj";

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private FreshProject(string folder, PackedPackage package)
    {
        Folder = folder;
        Feed = package.Feed;
    }

    public string Folder { get; }

    public string Log => Path.Combine(Folder, "findings.sarif");

    private string Feed { get; }

    private string[] Build => ["build", "--no-incremental", $"-p:ErrorLog={Log}%2Cversion=2.1"];

    // A folder of this run's own, since the machine's may hold another build of the same version.
    private (string Name, string Value) Packages => ("NUGET_PACKAGES", Path.Combine(Path.GetDirectoryName(Folder)!, "packages"));

    public static async Task<FreshProject> CreateAsync(bool installs = true)
    {
        var project = new FreshProject(TemporaryFolder.Create("Orders"), await PackedPackage.GetAsync());
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Consumer")))
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
        project.Write("NuGet.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{project.Feed}" />
              </packageSources>
            </configuration>
            """);
        if (installs)
            project.Write(ProjectFile, await Installed.Value);
        return project;
    }

    // What the command writes is the same for each, so it runs once.
    private static async Task<string> InstallAsync()
    {
        var project = await CreateAsync(installs: false);
        (await project.RunAsync("add", "package", "AsyncPitfalls")).MustSucceed();
        return project.Read(ProjectFile);
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Builds it, compiling anew; <see cref="Log"/> holds the findings then.</summary>
    public Task<CommandResult> BuildAsync(params string[] more) => RunAsync([.. Build, .. more]);

    /// <summary>Builds it for a developer whose tools speak Chinese.</summary>
    public Task<CommandResult> BuildInChineseAsync() => DotNet.RunAsync(Folder, Build, Packages, ("DOTNET_CLI_UI_LANGUAGE", "zh-Hans"));

    public Task<CommandResult> RunAsync(params string[] arguments) => DotNet.RunAsync(Folder, arguments, Packages);
}
