using System.IO.Compression;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>The package, packed from the sources once for all tests.</summary>
public sealed class PackedPackage
{
    private static readonly Lazy<Task<PackedPackage>> Shared = new(() => PackAsync(TemporaryFolder.Create("artifacts")));

    private PackedPackage(string artifacts, string file)
    {
        Artifacts = artifacts;
        File = file;
        using var archive = ZipFile.OpenRead(file);
        Entries = archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    /// <summary>The folder of everything that was built for it.</summary>
    public string Artifacts { get; }

    public string File { get; }

    /// <summary>The folder feed that it can be installed from.</summary>
    public string Feed => Path.GetDirectoryName(File)!;

    public string Version => Path.GetFileNameWithoutExtension(File)["AsyncPitfalls.".Length..];

    /// <summary>Its content by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Entries { get; }

    public static Task<PackedPackage> GetAsync() => Shared.Value;

    private static async Task<PackedPackage> PackAsync(string artifacts)
    {
        var packed = await DotNet.RunAsync(Repository.Root, ["pack", "nuget/AsyncPitfalls.Package.csproj", "-p:ArtifactsPath=" + artifacts]);
        packed.MustSucceed();
        return In(artifacts);
    }

    /// <summary>The package in a folder that it was packed into.</summary>
    public static PackedPackage In(string artifacts) => new(artifacts, Assert.Single(Directory.GetFiles(artifacts, "*.nupkg", SearchOption.AllDirectories)));
}
