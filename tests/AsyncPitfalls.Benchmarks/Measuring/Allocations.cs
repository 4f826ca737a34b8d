using System.Collections.Immutable;
using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>What rules allocate for each operation that they are shown, above what Roslyn allocates to show it.</summary>
internal sealed record AllocationFigures(double BytesPerNode, ImmutableArray<(string Id, double BytesPerNode)> Blame)
{
    /// <summary>The least object has 24 bytes: with this limit at most one of five operations can have cost one.</summary>
    public const double Most = 4.8;
}

/// <summary>Measures allocations where next to nothing is found: they are the same in each run, so one is enough.</summary>
internal static class Allocations
{
    public static async Task<AllocationFigures> MeasureAsync(Corpus corpus, CancellationToken cancellation)
    {
        var counters = new List<OperationCounter>();
        await Measurement.RunAsync(corpus, With("counter", compilation =>
        {
            counters.Add(new OperationCounter(RegisteredBy(MeasuredSets.Ours, compilation)));
            return counters[^1];
        }), cancellation);
        var operations = (double)Math.Max(1, counters.Sum(counter => counter.Count));
        var all = await BytesAsync(corpus, MeasuredSets.Ours, cancellation) / operations;
        if (all <= AllocationFigures.Most)
            return new AllocationFigures(all, []);
        var rules = new List<(string Id, double BytesPerNode)>();
        foreach (var id in MeasuredSets.Ours.Rules)
            rules.Add((id, await BytesAsync(corpus, MeasuredSets.Of(id, id, [id]), cancellation) / operations));
        return new AllocationFigures(all, [.. rules.Where(rule => rule.BytesPerNode > AllocationFigures.Most).OrderByDescending(rule => rule.BytesPerNode)]);
    }

    /// <summary>What a set allocates above what the same registrations do that do nothing.</summary>
    private static async Task<long> BytesAsync(Corpus corpus, MeasuredSet set, CancellationToken cancellation)
    {
        var floor = await Measurement.RunAsync(corpus, With("floor", compilation => new RegistrationFloor(RegisteredBy(set, compilation))), cancellation);
        var rules = await Measurement.RunAsync(corpus, set, cancellation);
        return rules.AllocatedBytes - floor.AllocatedBytes;
    }

    private static IReadOnlyList<Registration> RegisteredBy(MeasuredSet set, CSharpCompilation compilation) => RegistrationRecorder.Record(set.Create(compilation), compilation);

    private static MeasuredSet With(string key, Func<CSharpCompilation, DiagnosticAnalyzer> create) => new(key, key, [FloorAnalyzer.Id], compilation => [create(compilation)]);
}
