using System.Reflection;

namespace AsyncPitfalls.Corpora;

/// <summary>Where the build says that things are on this machine.</summary>
public static class Places
{
    /// <summary>The root of the repository that this was built from.</summary>
    public static string Repository { get; } = FactOf("RepositoryRoot");

    /// <summary>What these programs write, and what they keep from run to run; never committed.</summary>
    public static string Artifacts { get; } = Path.Combine(Repository, "artifacts");

    /// <summary>The folder of a package among the machine's packages.</summary>
    public static string Package(string id, string version) => Path.Combine(FactOf("PackageRoot"), id.ToLowerInvariant(), version);

    private static string FactOf(string key) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
