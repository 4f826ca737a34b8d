using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>What the code of a test compiles against.</summary>
public enum References
{
    /// <summary>.NET 10.</summary>
    Net,

    /// <summary>.NET 10 with ASP.NET Core, hosting and Microsoft.Extensions.Logging.</summary>
    AspNet,

    /// <summary>The same with ASP.NET Core and hosting of version 8.</summary>
    AspNet8,

    /// <summary>The same with ASP.NET Core and hosting of version 9.</summary>
    AspNet9,

    /// <summary>.NET Framework 4.7.2 with WPF and Windows Forms.</summary>
    Desktop,

    /// <summary>No reference at all: half a compilation, as when a restore failed.</summary>
    None,
}

/// <summary>Finds reference assemblies in the packages that the test project downloads.</summary>
public static class ReferenceSets
{
    private static readonly ConcurrentDictionary<References, ImmutableArray<MetadataReference>> Loaded = new();

    /// <summary>A value that the build wrote into this assembly.</summary>
    public static string BuildFact(string key) => typeof(ReferenceSets).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    /// <summary>The folders that hold the reference assemblies of a set.</summary>
    public static IEnumerable<string> Folders(References references) => references switch
    {
        References.Net => [Package("microsoft.netcore.app.ref/10.0.14/ref/net10.0")],
        References.AspNet => [.. Folders(References.Net), Package("microsoft.aspnetcore.app.ref/10.0.14/ref/net10.0")],
        References.AspNet8 => [.. Folders(References.Net), Package("microsoft.aspnetcore.app.ref/8.0.33/ref/net8.0")],
        References.AspNet9 => [.. Folders(References.Net), Package("microsoft.aspnetcore.app.ref/9.0.22/ref/net9.0")],
        References.Desktop =>
        [
            Package("microsoft.netframework.referenceassemblies.net472/1.0.3/build/.NETFramework/v4.7.2"),
            Package("microsoft.netframework.referenceassemblies.net472/1.0.3/build/.NETFramework/v4.7.2/Facades"),
        ],
        _ => [],
    };

    public static ImmutableArray<MetadataReference> Load(References references) => Loaded.GetOrAdd(references, key =>
        [.. Folders(key).SelectMany(folder => Directory.GetFiles(folder, "*.dll")).Where(IsAssembly).Order().Select(MetadataReference (file) => MetadataReference.CreateFromFile(file))]);

    // Two files of .NET Framework are native code.
    private static bool IsAssembly(string file) => !Path.GetFileName(file).StartsWith("System.EnterpriseServices.", StringComparison.Ordinal);

    private static string Package(string path) => Path.Combine(BuildFact("PackageRoot"), path);
}
