using System.Reflection;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Where the sources are that these tests pack and build.</summary>
public static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}

/// <summary>Tests that build the repository's own projects, one after another, since they share their output.</summary>
[CollectionDefinition(Name)]
public sealed class RepositoryBuilds
{
    public const string Name = "Repository builds";
}
