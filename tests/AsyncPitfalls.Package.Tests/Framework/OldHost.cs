namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>The assemblies of the oldest hosts that the package is for, as the Roslyn of that version itself references them.</summary>
public static class OldHost
{
    private static readonly string[] Compiler = ["Microsoft.CodeAnalysis.Common", "Microsoft.CodeAnalysis.CSharp"];

    private static readonly string[] Workspaces = ["Microsoft.CodeAnalysis.Workspaces.Common", "Microsoft.CodeAnalysis.CSharp.Workspaces"];

    /// <summary>The newest version of each assembly that such a host is sure to have.</summary>
    /// <param name="withWorkspaces">Whether it is an IDE or <c>dotnet format</c>; the compiler has no workspaces.</param>
    public static IReadOnlyDictionary<string, Version> Newest(bool withWorkspaces) => Compiler.Concat(withWorkspaces ? Workspaces : [])
        .SelectMany(AssembliesOf)
        .GroupBy(assembly => assembly.Name, assembly => assembly.Version)
        .ToDictionary(versions => versions.Key, versions => versions.Max()!);

    private static IEnumerable<(string Name, Version Version)> AssembliesOf(string package)
    {
        var folder = Path.Combine(Repository.Packages, package.ToLowerInvariant(), Repository.Metadata("ShippedRoslyn"), "lib", "netstandard2.0");
        using var assembly = new ShippedAssembly(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder, "*.dll"))));
        return [assembly.Identity, .. assembly.References];
    }
}
