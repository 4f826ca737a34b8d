namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A folder of a test's own, with all that a developer has there; the package comes from the folder feed, and what else is named from the packages that the repository has restored.</summary>
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

    /// <summary>A folder with what there is in another one, and the feed.</summary>
    /// <param name="name">What its name begins with.</param>
    /// <param name="from">The folder to copy, with those in it; none for an empty one.</param>
    /// <param name="others">Packages that come from those that the repository itself has restored.</param>
    public static async Task<FreshFolder> CreateAsync(string name, string? from = null, params string[] others)
    {
        var folder = new FreshFolder(TemporaryFolder.Create(name));
        foreach (var file in from is null ? [] : Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            folder.Write(System.IO.Path.GetRelativePath(from!, file), File.ReadAllText(file));
        var feed = (await PackedPackage.GetAsync()).Feed;
        folder.Write("NuGet.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{feed}" />
                {(others.Length > 0 ? $"<add key=\"restored\" value=\"{Repository.Packages}\" />" : "")}
              </packageSources>
              {(others.Length > 0 ? MappingOf(others) : "")}
            </configuration>
            """);
        return folder;
    }

    // The machine's packages may hold another build of ours.
    private static string MappingOf(string[] others) =>
        $"""
        <packageSourceMapping>
          <packageSource key="packed"><package pattern="AsyncPitfalls" /></packageSource>
          <packageSource key="restored">{string.Concat(others.Select(other => $"<package pattern=\"{other}\" />"))}</packageSource>
        </packageSourceMapping>
        """;

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
