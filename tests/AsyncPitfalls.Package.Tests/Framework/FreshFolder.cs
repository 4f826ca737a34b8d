namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A folder of a test's own, with all that a developer has there; the package comes from the folder feed, and nothing from anywhere else.</summary>
public sealed class FreshFolder
{
    private readonly string _packages;

    private FreshFolder(string path)
    {
        Path = path;
        // A folder of this run's own, since the machine's may hold another build of the same version.
        _packages = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "packages");
    }

    public string Path { get; }

    public static async Task<FreshFolder> CreateAsync(string name)
    {
        var folder = new FreshFolder(TemporaryFolder.Create(name));
        folder.Write("NuGet.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{(await PackedPackage.GetAsync()).Feed}" />
              </packageSources>
            </configuration>
            """);
        return folder;
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public Task<CommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        DotNet.RunAsync(Path, arguments, [("NUGET_PACKAGES", _packages), .. environment]);
}
