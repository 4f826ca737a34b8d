namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A program in a folder of its own that installs the package from the folder feed, and from nowhere else.</summary>
public sealed class FreshProject
{
    public const string ProjectFile = "Orders.csproj";

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private readonly FreshFolder _folder;

    private FreshProject(FreshFolder folder) => _folder = folder;

    public string Folder => _folder.Path;

    public string Log => _folder.PathOf("findings.sarif");

    private string[] Build => ["build", "--no-incremental", $"-p:ErrorLog={Log}%2Cversion=2.1"];

    public static async Task<FreshProject> CreateAsync(bool installs = true)
    {
        var project = new FreshProject(await FreshFolder.CreateAsync("Orders"));
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Consumer")))
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
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

    public void Write(string name, string text) => _folder.Write(name, text);

    public string Read(string name) => _folder.Read(name);

    /// <summary>Builds it, compiling anew; <see cref="Log"/> holds the findings then.</summary>
    public Task<CommandResult> BuildAsync(params string[] more) => RunAsync([.. Build, .. more]);

    /// <summary>Builds it for a developer whose tools speak Chinese.</summary>
    public Task<CommandResult> BuildInChineseAsync() => _folder.RunAsync(Build, ("DOTNET_CLI_UI_LANGUAGE", "zh-Hans"));

    public Task<CommandResult> RunAsync(params string[] arguments) => _folder.RunAsync(arguments);

    public Task<CommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment) => _folder.RunAsync(arguments, environment);
}
