using System.Collections.Concurrent;
using System.Collections.Immutable;
using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Sets;

/// <summary>All rows of the report.</summary>
internal static class MeasuredSets
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Registration>> Recorded = new();

    private static readonly Lazy<ImmutableArray<MeasuredSet>> Everything = new(ListAll);

    public static readonly MeasuredSet Compiler = new("compiler", "the compiler alone", [], _ => []);

    public static readonly MeasuredSet Floor = new("floor", "floor: what ours register", [FloorAnalyzer.Id], compilation => [new RegistrationFloor(RegisteredByOurs(compilation))]);

    public static readonly MeasuredSet Operations = new("operations", "operation floor", [FloorAnalyzer.Id], compilation => [new OperationFloor(RegisteredByOurs(compilation))]);

    public static readonly MeasuredSet Graphs = new("graphs", "control-flow floor", [FloorAnalyzer.Id], _ => [new ControlFlowFloor()]);

    /// <summary>All rules about async code; those about the configuration of the package are none.</summary>
    public static readonly MeasuredSet Ours = Of("ours", "AsyncPitfalls", [.. RuleCatalog.All.Select(rule => rule.Id).Where(id => !id.StartsWith("AP9", StringComparison.Ordinal))]);

    /// <summary>All, in the order of the report; a peer that has async rules only is there once.</summary>
    public static ImmutableArray<MeasuredSet> All => Everything.Value;

    /// <summary>Some rules of ours.</summary>
    public static MeasuredSet Of(string key, string name, ImmutableArray<string> rules) => new(key, Named(name, rules.Length), rules, _ => OurAnalyzers(rules));

    public static MeasuredSet AsyncOf(Peer peer) => PeerSet(peer, peer.Key, peer.AsyncRules, "async rules");

    public static MeasuredSet AllOf(Peer peer) => PeerSet(
        peer,
        peer.Key + "-all",
        [.. PeerAssemblies.Create(peer).SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal)],
        "rules, all");

    /// <summary>What ours register for a compilation; asked before anything is measured, and once for compilations of the same name.</summary>
    public static IReadOnlyList<Registration> RegisteredByOurs(CSharpCompilation compilation) =>
        Recorded.GetOrAdd(compilation.AssemblyName!, _ => RegistrationRecorder.Record(Ours.Create(compilation), compilation));

    private static ImmutableArray<MeasuredSet> ListAll() =>
        [Compiler, Floor, Operations, Graphs, Ours, .. PeerCatalog.All.SelectMany(peer => new[] { AsyncOf(peer), AllOf(peer) }.DistinctBy(set => set.Rules.Length))];

    private static string Named(string name, int rules, string what = "rules") => $"{name}, {rules} {what}";

    private static MeasuredSet PeerSet(Peer peer, string key, ImmutableArray<string> rules, string what) => new(
        key,
        Named(peer.Name, rules.Length, what),
        rules,
        _ => [.. PeerAssemblies.Create(peer).Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rules.Contains(rule.Id)))])
    {
        AdditionalFiles = PeerFiles.AdditionalFilesOf(peer),
    };

    private static ImmutableArray<DiagnosticAnalyzer> OurAnalyzers(ImmutableArray<string> rules) =>
    [
        .. typeof(AsyncPitfallAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(AsyncPitfallAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .Where(analyzer => rules.Contains(analyzer.SupportedDiagnostics[0].Id))
            .OrderBy(analyzer => analyzer.SupportedDiagnostics[0].Id, StringComparer.Ordinal),
    ];
}
