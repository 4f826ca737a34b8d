using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Reports;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>All sets of rules on all corpora, side by side, and whether ours keep to their targets.</summary>
internal static class Comparison
{
    private const string Small = "generated:20000";
    private const string Large = "generated:200000";

    public static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        var corpora = settings.ReadCorpora("aspnetcore", "own", Small, Large);
        var sets = MeasuredSets.All.Where(set => settings.Sets.IsEmpty || settings.Sets.Contains(set.Key)).ToList();
        if (sets.Count == 0)
            throw new ArgumentException($"The sets are {string.Join(", ", MeasuredSets.All.Select(set => set.Key))}.");
        foreach (var corpus in corpora)
            Console.Error.WriteLine($"{corpus.Name}: {corpus.Lines} lines");

        var results = await Rounds.RunAsync([.. corpora.Select(corpus => (corpus, SetsFor(corpus, sets)))], settings.Rounds, cancellation);
        var targets = results.Where(part => !IsSmall(part.Corpus)).SelectMany(Targets.Of).ToList();
        var generated = results.Where(part => IsGenerated(part.Corpus) && part.Find(MeasuredSets.Ours) is not null).OrderBy(part => part.Corpus.Lines).ToList();
        if (generated is [var small, .., var large])
            targets.Add(Targets.OfGrowth(small, large));
        // Where something is found, its message is allocated too; only where nothing is, the operations alone are to blame.
        if (!cancellation.IsCancellationRequested && results.Where(part => part.Find(MeasuredSets.Ours) is not null).MinBy(part => part.Last(MeasuredSets.Ours).Findings / (double)part.Corpus.Lines) is { } silent)
            targets.Add(Targets.OfAllocations(silent.Corpus, await Allocations.MeasureAsync(silent.Corpus, cancellation)));

        var report = ReportMaker.Of(results, [.. targets]);
        ReportFiles.Write("report", MarkdownReport.Of(report), report, SvgChart.Of(report));
    }

    // The small one is there to see whether ours take as long for a line in a large project.
    private static IReadOnlyList<MeasuredSet> SetsFor(Corpus corpus, IReadOnlyList<MeasuredSet> sets) => IsSmall(corpus)
        ? [.. sets.Where(set => set.Key == MeasuredSets.Compiler.Key || set.Key == MeasuredSets.Floor.Key || set.Key == MeasuredSets.Ours.Key)]
        : sets;

    private static bool IsSmall(Corpus corpus) => IsGenerated(corpus) && corpus.Lines < 50_000;

    private static bool IsGenerated(Corpus corpus) => corpus.Name.StartsWith("Generated", StringComparison.Ordinal);
}
