using System.Collections.Immutable;
using System.Diagnostics;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>One run of a set of rules over a corpus, on freshly parsed trees, with nothing but it in the clock.</summary>
internal static class Measurement
{
    public static async Task<Sample> RunAsync(Corpus corpus, MeasuredSet set, CancellationToken cancellation)
    {
        var runs = corpus.Parse().Select(compilation => Prepare(compilation, set)).ToList();
        var crashes = 0;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(set.AdditionalFiles),
            onAnalyzerException: (_, _, _) => Interlocked.Increment(ref crashes),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        using var held = new HeldCollections();

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var results = new List<AnalysisResult>();
        foreach (var (compilation, analyzers) in runs)
        {
            BindReferences(compilation);
            if (analyzers.IsEmpty)
                compilation.GetDiagnostics(cancellation);
            else
                results.Add(await new CompilationWithAnalyzers(compilation, analyzers, options).GetAnalysisResultAsync(cancellation));
        }

        clock.Stop();
        var cpu = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(
            TimesOf(results),
            clock.Elapsed.TotalMilliseconds,
            cpu.TotalMilliseconds,
            allocated,
            results.Sum(result => result.GetAllDiagnostics().Count(finding => set.Rules.Contains(finding.Id) && !finding.IsSuppressed)),
            crashes);
    }

    /// <summary>What a build has done for its source generators before an analyzer runs; else it stood in the time of the first that asks for a type.</summary>
    private static void BindReferences(CSharpCompilation compilation) => compilation.GlobalNamespace.GetMembers();

    private static (CSharpCompilation Compilation, ImmutableArray<DiagnosticAnalyzer> Analyzers) Prepare(CSharpCompilation compilation, MeasuredSet set)
    {
        var analyzers = set.Create(compilation);
        return (set.Configure(compilation, analyzers), analyzers);
    }

    private static ImmutableDictionary<string, double> TimesOf(IEnumerable<AnalysisResult> results) => results
        .SelectMany(result => result.AnalyzerTelemetryInfo)
        .GroupBy(one => one.Key.SupportedDiagnostics.IsEmpty ? "" : one.Key.SupportedDiagnostics[0].Id, one => one.Value.ExecutionTime.TotalMilliseconds)
        .ToImmutableDictionary(group => group.Key, group => group.Sum());
}
