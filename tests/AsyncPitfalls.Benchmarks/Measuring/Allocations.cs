using System.Collections.Immutable;
using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>What rules allocate for each node that they are shown, without what they find once and keep.</summary>
internal sealed record AllocationFigures(double BytesPerCall, ImmutableArray<(string Id, double BytesPerCall)> Blame)
{
    /// <summary>The least object has 24 bytes: with this limit at most one of ten calls can have made one.</summary>
    public const double Most = 2.4;
}

/// <summary>Measures allocations where next to nothing is found: they are the same in each run, so one is enough.</summary>
internal static class Allocations
{
    public static async Task<AllocationFigures> MeasureAsync(Corpus corpus, CancellationToken cancellation)
    {
        var analyzers = new List<ReplayedAnalyzer<SecondCalls>>();
        await Measurement.RunAsync(corpus, MeasuredSets.Ours with { Create = Twice }, cancellation);
        return Of([.. analyzers.GroupBy(analyzer => analyzer.Id).Select(rule => (rule.Key, rule.Sum(one => one.Calls.Count), rule.Sum(one => one.Calls.Bytes)))]);

        ImmutableArray<DiagnosticAnalyzer> Twice(CSharpCompilation compilation)
        {
            var twice = MeasuredSets.Ours.Create(compilation).Select(analyzer => new ReplayedAnalyzer<SecondCalls>(analyzer, new SecondCalls())).ToList();
            analyzers.AddRange(twice);
            return [.. twice];
        }
    }

    /// <summary>Takes the calls of all rules together. Where that is too much, it names the rules that allocate more than what is allowed to all, the dearest first.</summary>
    public static AllocationFigures Of(IReadOnlyList<(string Id, long Calls, long Bytes)> rules)
    {
        var all = ByCall(rules.Sum(rule => rule.Bytes), rules.Sum(rule => rule.Calls));
        if (all <= AllocationFigures.Most)
            return new AllocationFigures(all, []);
        var dear = rules.Select(rule => (rule.Id, BytesPerCall: ByCall(rule.Bytes, rule.Calls))).Where(rule => rule.BytesPerCall > AllocationFigures.Most);
        return new AllocationFigures(all, [.. dear.OrderByDescending(rule => rule.BytesPerCall)]);
    }

    private static double ByCall(long bytes, long calls) => bytes / (double)Math.Max(1, calls);
}
