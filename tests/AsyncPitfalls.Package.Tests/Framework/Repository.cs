using System.Reflection;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Where the sources are that these tests pack and build.</summary>
public static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the machine's packages, which NuGet takes as a source too.</summary>
    public static string Packages { get; } = Metadata("Packages");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>What the project file of these tests says.</summary>
    public static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

/// <summary>Tests that build the repository's own projects, one after another, since they share their output.</summary>
[CollectionDefinition(Name)]
public sealed class RepositoryBuilds
{
    public const string Name = "Repository builds";
}
