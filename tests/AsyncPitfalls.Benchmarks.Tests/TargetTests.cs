using System.Collections.Immutable;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Benchmarks.Reports;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>What is said of figures follows from them.</summary>
public sealed class TargetTests
{
    private static readonly Corpus Corpus = Corpus.Generated(1_000);

    [Fact]
    public void A_missed_target_names_the_rules_without_which_it_would_be_met()
    {
        var target = ScaleOf(ours: new() { ["AP0002"] = 9, ["AP0014"] = 6, ["AP0028"] = 2 }, vsthrd: 100);
        Assert.Equal((17, false, "AP0002: without it 8"), (target.Value, target.IsMet, target.Blame));
    }

    [Fact]
    public void A_met_target_blames_nobody()
    {
        var target = ScaleOf(ours: new() { ["AP0002"] = 9, ["AP0014"] = 1 }, vsthrd: 100);
        Assert.Equal((10, true, ""), (target.Value, target.IsMet, target.Blame));
    }

    [Fact]
    public void Growth_is_measured_for_ten_thousand_lines_and_names_the_rules_that_grow()
    {
        var (small, large) = (new Results(Corpus), new Results(Corpus.Generated(10_000)));
        var factor = large.Corpus.Lines / (double)small.Corpus.Lines;
        small.Add(MeasuredSets.Ours, SampleOf(new() { ["AP0002"] = 1, ["AP0014"] = 1 }));
        large.Add(MeasuredSets.Ours, SampleOf(new() { ["AP0002"] = factor, ["AP0014"] = 3 * factor }));
        var growth = Targets.OfGrowth(small, large);
        Assert.Equal((2, false, "AP0014 (3)"), (Math.Round(growth.Value, 6), growth.IsMet, growth.Blame));
    }

    /// <summary>A machine that is slow for one round is slow for both figures of that round.</summary>
    [Fact]
    public void Ratios_are_taken_round_by_round() =>
        Assert.Equal(0.5, new Series([1, 10, 2]).By(new Series([2, 20, 4])).Median);

    [Fact]
    public void The_spread_is_half_of_the_distance_by_the_median() => Assert.Equal(0.25, new Series([8, 12, 8]).Spread);

    [Fact]
    public void The_report_says_what_is_missed_and_draws_each_set()
    {
        var results = Measured(ours: new() { ["AP0002"] = 9, ["AP0014"] = 6 }, vsthrd: 100);
        var report = ReportMaker.Of([results], [.. Targets.Of(results)]);
        Assert.Contains("| **missed** | AP0002: without it 6 |", MarkdownReport.Of(report), StringComparison.Ordinal);
        var chart = System.Xml.Linq.XDocument.Parse(SvgChart.Of(report));
        Assert.Equal(2, chart.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public void Allocations_are_counted_over_the_calls_of_all_rules_and_name_those_above_the_limit()
    {
        var target = Targets.OfAllocations(Corpus, Allocations.Of([("AP0002", 900, 0), ("AP0014", 50, 2_400), ("AP0028", 50, 4_800)]));
        Assert.Equal((7.2, false, "AP0028 (96), AP0014 (48)"), (target.Value, target.IsMet, target.Blame));
        var met = Targets.OfAllocations(Corpus, Allocations.Of([("AP0002", 990, 0), ("AP0014", 10, 2_400)]));
        Assert.Equal((2.4, true, ""), (met.Value, met.IsMet, met.Blame));
    }

    private static TargetFigures ScaleOf(Dictionary<string, double> ours, double vsthrd) => Targets.Of(Measured(ours, vsthrd)).Single();

    private static Results Measured(Dictionary<string, double> ours, double vsthrd)
    {
        var results = new Results(Corpus);
        results.Add(MeasuredSets.Ours, SampleOf(ours));
        results.Add(MeasuredSets.AsyncOf(PeerCatalog.Vsthrd), SampleOf(new() { ["VSTHRD002"] = vsthrd }));
        return results;
    }

    private static Sample SampleOf(Dictionary<string, double> rules) => new(rules.ToImmutableDictionary(), WallMs: 1, CpuMs: 1, AllocatedBytes: 1, Findings: 0, Crashes: 0);
}
