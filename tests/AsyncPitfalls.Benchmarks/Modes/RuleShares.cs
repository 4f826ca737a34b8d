using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Reports;
using AsyncPitfalls.Benchmarks.Sets;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>Only our own rules, beside the floors: in a minute, for whoever makes one faster.</summary>
internal static class RuleShares
{
    public static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        var corpora = settings.ReadCorpora("aspnetcore", "generated:20000");
        IReadOnlyList<MeasuredSet> sets = [MeasuredSets.Compiler, MeasuredSets.Floor, MeasuredSets.Operations, MeasuredSets.Graphs, MeasuredSets.Ours];
        var results = await Rounds.RunAsync([.. corpora.Select(corpus => (corpus, sets))], settings.Rounds, cancellation);
        var report = ReportMaker.Of(results, [.. results.SelectMany(Targets.Of)]);
        ReportFiles.Write("rules", MarkdownReport.Of(report), report, SvgChart.Of(report));
    }
}
