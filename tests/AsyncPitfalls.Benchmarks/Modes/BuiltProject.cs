using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>A project on disk that installs one package, or none; all share their sources.</summary>
internal sealed record BuiltProject(string Key, string Name, string Folder)
{
    /// <summary>The key of the project without any package, by which the others are measured.</summary>
    public const string None = "none";

    /// <summary>Writes the project without any package first, then one with ours, then one for each peer.</summary>
    public static IReadOnlyList<BuiltProject> WriteAll(string folder, string feed, Corpus corpus)
    {
        WriteShared(folder, corpus);
        var ours = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed, "AsyncPitfalls.*.nupkg").Single());
        return
        [
            Write(folder, None, "no package", ""),
            Write(folder, MeasuredSets.Ours.Key, "AsyncPitfalls", Reference("AsyncPitfalls", ours["AsyncPitfalls.".Length..]),
                // Another folder of packages, so that what was packed before under the same version is not taken for it.
                $"<RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources><RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>"),
            .. PeerCatalog.All.Select(peer => peer.Package == PeerFiles.Sdk
                ? Write(folder, peer.Key, peer.Name, "", "<EnableNETAnalyzers>true</EnableNETAnalyzers>")
                : Write(folder, peer.Key, peer.Name, Reference(peer.Package, PeerFiles.VersionOf(peer)))),
        ];
    }

    private static void WriteShared(string folder, Corpus corpus)
    {
        var sources = Path.Combine(folder, "sources");
        Directory.CreateDirectory(sources);
        foreach (var tree in corpus.Parse().SelectMany(compilation => compilation.SyntaxTrees))
            File.WriteAllText(Path.Combine(sources, tree.FilePath), tree.ToString());
        // What this repository sets for its own projects is not for these.
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, file), "<Project />\n");
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n");
    }

    private static BuiltProject Write(string folder, string key, string name, string reference, string properties = "")
    {
        var own = Path.Combine(folder, key);
        Directory.CreateDirectory(own);
        File.WriteAllText(Path.Combine(own, "Generated.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <Nullable>enable</Nullable>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                {properties}
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="../sources/*.cs" />
                {reference}
              </ItemGroup>
            </Project>

            """);
        return new BuiltProject(key, name, own);
    }

    private static string Reference(string package, string version) =>
        $"<PackageReference Include=\"{package}\" Version=\"{version}\" PrivateAssets=\"all\" />";
}
