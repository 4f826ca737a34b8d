using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Peers;

/// <summary>The analyzers of each peer, loaded apart from those of all others, as compilers do it.</summary>
internal static class PeerAssemblies
{
    private static readonly ConcurrentDictionary<Peer, ImmutableArray<Type>> Loaded = new();

    /// <summary>New instances of all its analyzers for C#.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Create(Peer peer) =>
        [.. Loaded.GetOrAdd(peer, Load).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private static ImmutableArray<Type> Load(Peer peer)
    {
        var files = PeerFiles.AssembliesOf(peer).ToList();
        var context = new Context(peer.Name, Path.GetDirectoryName(files[0])!);
        return
        [
            .. files.SelectMany(file => context.LoadFromAssemblyPath(file).GetTypes())
                .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)) && !type.IsAssignableTo(typeof(DiagnosticSuppressor)))
                .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
                .OrderBy(type => type.FullName, StringComparer.Ordinal),
        ];
    }

    /// <summary>What lies beside the analyzers is theirs; the compiler, and what this program has loaded, is everybody's.</summary>
    private sealed class Context(string name, string folder) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assembly) =>
            Path.Combine(folder, assembly.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
