using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Corpora;

/// <summary>The shared frameworks that run this program: .NET, and ASP.NET Core beside it.</summary>
public static class SharedFrameworks
{
    private const string AspNetCoreName = "Microsoft.AspNetCore.App";

    /// <summary>The folder of .NET's own assemblies.</summary>
    public static string Net { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<string> AspNetCoreFolder = new(FindAspNetCore);
    private static readonly Lazy<ImmutableArray<MetadataReference>> NetAssemblies = new(() => [.. AssembliesIn(Net).Select(ReferenceOf)]);
    private static readonly Lazy<ImmutableArray<MetadataReference>> AspNetCoreAssemblies = new(() => [.. NetReferences, .. AssembliesIn(AspNetCore).Select(ReferenceOf)]);

    /// <summary>The folder of ASP.NET Core's assemblies; its name is their version.</summary>
    public static string AspNetCore => AspNetCoreFolder.Value;

    /// <summary>.NET to compile against.</summary>
    public static ImmutableArray<MetadataReference> NetReferences => NetAssemblies.Value;

    /// <summary>.NET and ASP.NET Core to compile against.</summary>
    public static ImmutableArray<MetadataReference> AllReferences => AspNetCoreAssemblies.Value;

    /// <summary>The managed assemblies in a folder.</summary>
    public static IEnumerable<string> AssembliesIn(string folder) => Directory.GetFiles(folder, "*.dll").Where(IsManaged).Order(StringComparer.Ordinal);

    private static string FindAspNetCore()
    {
        var folder = Path.Combine(Net, "..", "..", AspNetCoreName);
        // Both are installed together; where patches differ, the newest of the same .NET fits.
        return Directory.Exists(folder)
            && Directory.GetDirectories(folder, $"{Environment.Version.Major}.{Environment.Version.Minor}.*").MaxBy(VersionOf) is { } found
            ? Path.GetFullPath(found)
            : throw new InvalidOperationException($"There is no {AspNetCoreName} {Environment.Version.Major}.{Environment.Version.Minor} beside '{Net}': 'dotnet --list-runtimes' should list it, as it does where the .NET SDK is installed.");
    }

    private static Version VersionOf(string folder) => Version.Parse(Path.GetFileName(folder).Split('-')[0]);

    private static MetadataReference ReferenceOf(string path) => MetadataReference.CreateFromFile(path);

    private static bool IsManaged(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return file.HasMetadata && file.GetMetadataReader().IsAssembly;
    }
}
