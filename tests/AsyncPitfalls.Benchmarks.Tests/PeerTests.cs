using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Benchmarks.Sets;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>The packages that are measured have the rules that the table names.</summary>
public sealed class PeerTests
{
    public static TheoryData<string> Peers => [.. PeerCatalog.All.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Peers))]
    public void The_async_rules_of_a_peer_are_in_its_package(string name)
    {
        var peer = PeerCatalog.All.Single(peer => peer.Name == name);
        var shipped = PeerAssemblies.Create(peer).SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet();
        Assert.Empty(peer.AsyncRules.Except(shipped));
    }

    [Fact]
    public void As_many_async_rules_are_measured_as_the_targets_were_set_by() => Assert.Equal(
        "VSTHRD 25, Meziantou 10, AsyncFixer 6, Sonar 9, NetAnalyzers 9, Roslynator 6",
        string.Join(", ", PeerCatalog.All.Select(peer => $"{peer.Name} {peer.AsyncRules.Distinct().Count()}")));

    [Fact]
    public void Each_peer_is_loaded_apart_from_the_others() =>
        Assert.Equal(PeerCatalog.All.Length, PeerCatalog.All.Select(peer => System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(PeerAssemblies.Create(peer)[0].GetType().Assembly)).Distinct().Count());

    [Fact]
    public void A_set_of_async_rules_has_no_analyzer_without_any_of_them() => Assert.All(
        PeerCatalog.All,
        peer => Assert.All(MeasuredSets.AsyncOf(peer).Create(null!), analyzer => Assert.Contains(analyzer.SupportedDiagnostics, rule => peer.AsyncRules.Contains(rule.Id))));

    [Fact]
    public void Ours_are_all_28_rules() => Assert.Equal(28, MeasuredSets.Ours.Create(null!).Length);
}
