using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace AsyncPitfalls.Package.Tests;

/// <summary>What is in the package, and that hosts of old can load it.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed class PackageContentTests
{
    private const string Folder = "analyzers/dotnet/cs/";

    /// <summary>The one build file that is written when the package is packed.</summary>
    private const string Site = "build/AsyncPitfalls.Site.props";

    private static readonly string[] Libraries =
    [
        Folder + "AsyncPitfalls.Analyzers.dll",
        Folder + "AsyncPitfalls.CodeFixes.dll",
        Folder + "zh-Hans/AsyncPitfalls.Analyzers.resources.dll",
    ];

    private static readonly string[] Tasks = ["tasks/AsyncPitfalls.Build.dll", "tasks/zh-Hans/AsyncPitfalls.Build.resources.dll"];

    [Fact]
    public async Task It_holds_analyzers_build_files_tasks_presets_a_readme_and_an_icon_and_no_library()
    {
        var package = await PackedPackage.GetAsync();
        string[] expected = ["AsyncPitfalls.nuspec", "README.md", "icon.png", .. Libraries, .. Tasks, Site, .. FilesBelow("build*"), .. FilesBelow("presets"), .. FilesBelow("replaces")];
        Assert.Equal(expected.Order(), package.Entries.Keys.Where(name => !IsOfThePackageFormat(name)).Order());
    }

    [Fact]
    public async Task It_adds_no_dependency_and_is_for_development_only()
    {
        var manifest = await ManifestAsync();
        Assert.DoesNotContain(manifest.Descendants(), element => element.Name.LocalName is "dependencies" or "frameworkAssemblies");
        Assert.Equal("true", Value(manifest, "developmentDependency"));
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        var manifest = await ManifestAsync();
        Assert.Equal("AsyncPitfalls", Value(manifest, "id"));
        Assert.Equal("MIT", Value(manifest, "license"));
        Assert.Equal("README.md", Value(manifest, "readme"));
        Assert.Equal("icon.png", Value(manifest, "icon"));
        Assert.NotEmpty(Value(manifest, "description"));
        Assert.NotEmpty(Value(manifest, "tags"));
        Assert.StartsWith("https://", manifest.Descendants().Single(element => element.Name.LocalName == "repository").Attribute("url")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_readme_links_to_full_addresses()
    {
        var readme = Encoding.UTF8.GetString((await PackedPackage.GetAsync()).Entries["README.md"]);
        Assert.Contains("](https://", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("](docs/", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_build_files_lead_to_the_site_of_the_help_links()
    {
        var site = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("AsyncPitfallsSite").Single().Value;
        var packed = XDocument.Parse(Encoding.UTF8.GetString((await PackedPackage.GetAsync()).Entries[Site]));
        Assert.Equal(site, packed.Descendants("_AsyncPitfallsSite").Single().Value);
    }

    /// <summary>A host that is Roslyn 4.5 has what Roslyn 4.5 itself references, in these versions or newer.</summary>
    [Fact]
    public async Task Its_libraries_need_nothing_that_Roslyn_4_5_lacks()
    {
        var package = await PackedPackage.GetAsync();
        foreach (var library in Libraries)
        {
            var host = OldHost.Newest(withWorkspaces: !library.Contains(".Analyzers.", StringComparison.Ordinal));
            foreach (var (name, version) in ReferencesOf(package, library).Where(reference => reference != ("AsyncPitfalls.Analyzers", OwnVersion(package))))
                Assert.True(host.TryGetValue(name, out var newest) && version <= newest, $"{library} references {name} {version}; Roslyn 4.5 has {newest?.ToString() ?? "none"}");
        }
    }

    [Fact]
    public async Task Its_libraries_reference_these_versions()
    {
        var package = await PackedPackage.GetAsync();
        Assert.Equal(
            [
                "Microsoft.CodeAnalysis 4.5.0.0",
                "Microsoft.CodeAnalysis.CSharp 4.5.0.0",
                "Microsoft.CodeAnalysis.Workspaces 4.5.0.0",
                "System.Collections.Immutable 6.0.0.0",
                "System.Memory 4.0.1.2",
                "netstandard 2.0.0.0",
            ],
            Libraries.SelectMany(library => ReferencesOf(package, library)).Where(reference => reference.Name != "AsyncPitfalls.Analyzers")
                .Select(reference => $"{reference.Name} {reference.Version}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_tasks_need_nothing_but_MSBuild()
    {
        var package = await PackedPackage.GetAsync();
        foreach (var (library, expected) in Tasks.Zip<string, string[]>([["Microsoft.Build.Framework 15.1.0.0", "netstandard 2.0.0.0"], ["netstandard 2.0.0.0"]]))
            Assert.Equal(expected, ReferencesOf(package, library).Select(reference => $"{reference.Name} {reference.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_libraries_carry_their_symbols()
    {
        var package = await PackedPackage.GetAsync();
        foreach (var library in Libraries[..2])
        {
            using var image = new PEReader(new MemoryStream(package.Entries[library]));
            Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        }
    }

    private static IEnumerable<string> FilesBelow(string folders) => Directory
        .GetDirectories(Repository.PathOf("nuget"), folders)
        .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.PathOf("nuget"), file).Replace('\\', '/'));

    private static bool IsOfThePackageFormat(string name) =>
        name == "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);

    private static async Task<XElement> ManifestAsync() =>
        XElement.Load(new MemoryStream((await PackedPackage.GetAsync()).Entries["AsyncPitfalls.nuspec"]));

    private static string Value(XElement manifest, string name) =>
        manifest.Descendants().Single(element => element.Name.LocalName == name).Value;

    private static Version OwnVersion(PackedPackage package) => Version.Parse(package.Version + ".0");

    private static IReadOnlyList<(string Name, Version Version)> ReferencesOf(PackedPackage package, string library)
    {
        using var assembly = new ShippedAssembly(package.Entries[library]);
        return [.. assembly.References];
    }
}
