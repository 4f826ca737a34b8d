using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Peers;
using AsyncPitfalls.Benchmarks.Sets;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>Makes figures of samples.</summary>
internal static class ReportMaker
{
    private static readonly MeasuredSet Vsthrd = MeasuredSets.AsyncOf(PeerCatalog.Vsthrd);

    public static Report Of(IReadOnlyList<Results> results, ImmutableArray<TargetFigures> targets) => new(
        new MachineFigures(
            Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            Environment.Version.ToString(),
            typeof(Compilation).Assembly.GetName().Version!.ToString(3),
            PeerCatalog.All.ToImmutableDictionary(peer => peer.Name, PeerFiles.VersionOf)),
        results.Min(result => result.Rounds),
        [.. results.Select(CorpusOf)],
        targets);

    /// <summary>The set with the key of another one among those that were measured; null where it was not.</summary>
    public static MeasuredSet? Find(this Results results, MeasuredSet set) => results.Sets.FirstOrDefault(other => other.Key == set.Key);

    /// <summary>A set's time in the analyzers' actions on the scale where VSTHRD's async rules are 100; null where those were not measured.</summary>
    public static double? ScaleOf(this Results results, Series ms) =>
        results.Find(Vsthrd) is { } hundred ? ms.By(results.Of(hundred, sample => sample.AnalyzerMs)).Median * 100 : null;

    private static CorpusFigures CorpusOf(Results results) => new(
        results.Corpus.Name,
        results.Corpus.Lines,
        results.Corpus.LeftOut,
        [.. results.Sets.Select(set => SetOf(results, set))],
        results.Find(MeasuredSets.Ours) is { } ours ? RulesOf(results, ours) : []);

    private static SetFigures SetOf(Results results, MeasuredSet set)
    {
        var (time, cpu) = (results.Of(set, sample => sample.AnalyzerMs), results.Of(set, sample => sample.CpuMs));
        var hasAnalyzers = set.Key != MeasuredSets.Compiler.Key;
        var last = results.Last(set);
        return new SetFigures(
            set.Key,
            set.Name,
            hasAnalyzers ? FigureOf(results.Per10k(set, sample => sample.AnalyzerMs)) : null,
            hasAnalyzers ? results.ScaleOf(time) : null,
            hasAnalyzers ? RatioOf(time, results, MeasuredSets.Floor, sample => sample.AnalyzerMs) : null,
            hasAnalyzers && results.Find(MeasuredSets.Ours) is { } ours ? results.Of(ours, sample => sample.AnalyzerMs).By(time).Median : null,
            hasAnalyzers ? RatioOf(time, results, MeasuredSets.Compiler, sample => sample.WallMs) : null,
            FigureOf(results.Per10k(set, sample => sample.CpuMs)),
            hasAnalyzers ? RatioOf(cpu, results, MeasuredSets.Compiler, sample => sample.CpuMs) - 1 : null,
            FigureOf(results.Per10k(set, sample => sample.AllocatedBytes / 1e6)),
            last.Findings,
            last.Crashes);
    }

    private static ImmutableArray<RuleFigures> RulesOf(Results results, MeasuredSet ours)
    {
        var all = results.Of(ours, sample => sample.AnalyzerMs);
        return
        [
            .. ours.Rules
                .Select(id => (Id: id, Ms: results.Of(ours, sample => sample.Rules.GetValueOrDefault(id))))
                .Select(rule => new RuleFigures(rule.Id, FigureOf(rule.Ms.Times(10_000.0 / results.Corpus.Lines)), rule.Ms.By(all).Median, results.ScaleOf(rule.Ms)))
                .OrderByDescending(rule => rule.Share),
        ];
    }

    private static double? RatioOf(Series figure, Results results, MeasuredSet to, Func<Sample, double> of) =>
        results.Find(to) is { } other ? figure.By(results.Of(other, of)).Median : null;

    private static Figure FigureOf(Series series) => new(series.Median, series.Spread);
}
