using System.Collections.Immutable;
using System.Reflection;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Benchmarks.Peers;

/// <summary>Where the packages of the peers are on this machine; the build has restored them.</summary>
internal static class PeerFiles
{
    /// <summary>Stands for the package of the peer that comes with the SDK.</summary>
    public const string Sdk = "Sdk";

    /// <summary>The version that is measured.</summary>
    public static string VersionOf(Peer peer) =>
        peer.Package == Sdk ? Path.GetFileName(Path.TrimEndingDirectorySeparator(FactOf(Sdk))) : FactOf("Version of " + peer.Package);

    public static IEnumerable<string> AssembliesOf(Peer peer) => peer.Assemblies.Select(path => Path.Combine(FolderOf(peer), path));

    /// <summary>The lists of members that a package gives to its own analyzers in a build.</summary>
    public static ImmutableArray<AdditionalText> AdditionalFilesOf(Peer peer)
    {
        var folder = Path.Combine(FolderOf(peer), "buildTransitive", "AdditionalFiles");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => new TextOfFile(file))] : [];
    }

    private static string FolderOf(Peer peer) => peer.Package == Sdk ? FactOf(Sdk) : Places.Package(peer.Package, VersionOf(peer));

    private static string FactOf(string key) => typeof(PeerFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    private sealed class TextOfFile(string path) : AdditionalText
    {
        private readonly SourceText text = SourceText.From(File.ReadAllText(path));

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => text;
    }
}
