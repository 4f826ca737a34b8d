using System.Collections.Immutable;
using System.Globalization;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Benchmarks.Sets;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>What ours must keep to, as ratios within a run, and which rules are in the way where it does not.</summary>
internal static class Targets
{
    private const double MostOnScale = 10;
    private const double MostByAsyncFixer = 0.5;
    private const double MostByGraphs = 4;
    private const double MostCpuByOperations = 1.1;
    private const double MostGrowth = 1.25;
    private const int MostNamed = 5;

    /// <summary>The verdicts on one corpus, as far as the sets they need were measured.</summary>
    public static IEnumerable<TargetFigures> Of(Results results)
    {
        if (results.Find(MeasuredSets.Ours) is not { } ours)
            yield break;
        var time = results.Of(ours, sample => sample.AnalyzerMs);
        if (results.ScaleOf(time) is { } scale)
            yield return OfTime("on the scale where the async rules of VSTHRD are 100", scale, MostOnScale, results, ours);
        if (results.Find(MeasuredSets.AsyncOf(PeerCatalog.AsyncFixer)) is { } fixer)
            yield return OfTime("times the time of AsyncFixer's six", time.By(results.Of(fixer, sample => sample.AnalyzerMs)).Median, MostByAsyncFixer, results, ours);
        if (results.Find(MeasuredSets.Graphs) is { } graphs)
            yield return OfTime("times the control-flow floor", time.By(results.Of(graphs, sample => sample.AnalyzerMs)).Median, MostByGraphs, results, ours);
        if (results.Find(MeasuredSets.Operations) is { } operations)
            yield return OfCpu(results, ours, operations);
    }

    /// <summary>Whether ten thousand lines take as long in a large project as in a small one.</summary>
    public static TargetFigures OfGrowth(Results small, Results large)
    {
        var (before, after) = (small.Find(MeasuredSets.Ours)!, large.Find(MeasuredSets.Ours)!);
        var growth = large.Per10k(after, sample => sample.AnalyzerMs).By(small.Per10k(before, sample => sample.AnalyzerMs)).Median;
        var growing = ByTime(large, after).Where(rule => GrowthOf(rule.Id) > MostGrowth).Take(3).Select(rule => $"{rule.Id} ({Text(GrowthOf(rule.Id))})").ToList();
        return Verdict($"times as long for ten thousand lines as in {small.Corpus.Name}", large, growth, MostGrowth, () => growing.Count == 0 ? "no single rule" : string.Join(", ", growing));

        double GrowthOf(string id) =>
            large.Per10k(after, sample => sample.Rules.GetValueOrDefault(id)).By(small.Per10k(before, sample => sample.Rules.GetValueOrDefault(id))).Median;
    }

    public static TargetFigures OfAllocations(Corpora.Corpus corpus, AllocationFigures figures) => new(
        "bytes allocated when a rule is called for a node a second time, where next to nothing is found",
        corpus.Name, figures.BytesPerCall, AllocationFigures.Most, figures.BytesPerCall <= AllocationFigures.Most,
        string.Join(", ", figures.Blame.Select(rule => $"{rule.Id} ({Text(rule.BytesPerCall)})")));

    private static TargetFigures OfTime(string target, double value, double limit, Results results, MeasuredSet ours) => Verdict(
        target, results, value, limit,
        () => BlameOf(ByTime(results, ours).Select(rule => (rule.Id, Part: rule.Ms / results.Of(ours, sample => sample.AnalyzerMs).Median * value)), value, limit));

    private static TargetFigures OfCpu(Results results, MeasuredSet ours, MeasuredSet operations)
    {
        var floor = results.Of(operations, sample => sample.CpuMs);
        var value = results.Of(ours, sample => sample.CpuMs).By(floor).Median;
        return Verdict(
            "times the processor time of the operation floor, compiling included", results, value, MostCpuByOperations,
            () => BlameOf(ByTime(results, ours).Select(rule => (rule.Id, rule.Ms / floor.Median)), value, MostCpuByOperations));
    }

    private static TargetFigures Verdict(string target, Results results, double value, double limit, Func<string> blame) =>
        new(target, results.Corpus.Name, value, limit, value <= limit, value <= limit ? "" : blame());

    // The dearest rules, as many as it takes to reach the limit without them.
    private static string BlameOf(IEnumerable<(string Id, double Part)> rules, double value, double limit)
    {
        var blamed = new List<string>();
        foreach (var (id, part) in rules)
        {
            if (value <= limit)
                break;
            blamed.Add(id);
            value -= part;
        }

        return value <= limit
            ? $"{string.Join(", ", blamed.Take(MostNamed))}{(blamed.Count > MostNamed ? $" and {blamed.Count - MostNamed} more" : "")}: without {(blamed.Count == 1 ? "it" : "them")} {Text(value)}"
            : $"not the rules' own actions, which leave {Text(value)}, but how often Roslyn calls them";
    }

    private static IEnumerable<(string Id, double Ms)> ByTime(Results results, MeasuredSet ours) => ours.Rules
        .Select(id => (Id: id, Ms: results.Of(ours, sample => sample.Rules.GetValueOrDefault(id)).Median))
        .OrderByDescending(rule => rule.Ms);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
