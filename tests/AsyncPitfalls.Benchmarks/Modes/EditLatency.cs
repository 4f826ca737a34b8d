using System.Collections.Immutable;
using System.Diagnostics;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Reports;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>How long somebody waits, after an edit in a file of 3,000 lines, for the findings in that file.</summary>
internal static class EditLatency
{
    private const int EditsOfRound = 3;

    public static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        var corpus = settings.ReadCorpora("generated:50000")[0];
        var sets = MeasuredSets.All.Where(set => settings.Sets.IsEmpty || settings.Sets.Contains(set.Key)).ToList();
        var cold = sets.ToDictionary(set => set.Key, _ => new List<double>());
        var warm = sets.ToDictionary(set => set.Key, _ => new List<double>());
        // The round before the first one compiles the analyzers' own code.
        for (var round = -1; round < settings.Rounds; round++)
        {
            foreach (var set in sets)
            {
                var (first, later) = await MeasureAsync(corpus, set, cancellation);
                if (round < 0)
                    continue;
                cold[set.Key].Add(first);
                warm[set.Key].Add(later);
            }

            Console.Error.WriteLine($"round {round + 1} of {settings.Rounds}");
        }

        var figures = sets.Select(set => FiguresOf(set, cold, warm)).ToImmutableArray();
        ReportFiles.Write("latency", LatencyReport.Of(figures, corpus, settings.Rounds), figures);
    }

    private static async Task<(double Cold, double Warm)> MeasureAsync(Corpus corpus, MeasuredSet set, CancellationToken cancellation)
    {
        var edited = EditedFile.In(corpus.Parse()[0]);
        var analyzers = set.Create(edited.Project);
        var project = set.Configure(edited.Project, analyzers);
        GC.Collect();

        var cold = await TimeAsync(() => (project, edited.File));
        var warm = new List<double>();
        for (var edit = 0; edit < EditsOfRound; edit++)
        {
            warm.Add(await TimeAsync(() =>
            {
                var typed = edited.Edit(edit);
                return (project.ReplaceSyntaxTree(edited.File, typed), typed);
            }));
        }

        return (cold, new Series(warm).Median);

        async Task<double> TimeAsync(Func<(CSharpCompilation Project, SyntaxTree File)> change)
        {
            var clock = Stopwatch.StartNew();
            var (changed, file) = change();
            await FindingsAsync(changed, file, analyzers, set, cancellation);
            return clock.Elapsed.TotalMilliseconds;
        }
    }

    /// <summary>What an IDE asks of a file that is open: its findings by themselves, on one thread.</summary>
    private static async Task FindingsAsync(CSharpCompilation project, SyntaxTree file, ImmutableArray<DiagnosticAnalyzer> analyzers, MeasuredSet set, CancellationToken cancellation)
    {
        var model = project.GetSemanticModel(file);
        if (analyzers.IsEmpty)
        {
            model.GetDiagnostics(cancellationToken: cancellation);
            return;
        }

        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(set.AdditionalFiles), onAnalyzerException: static (_, _, _) => { }, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var analysis = new CompilationWithAnalyzers(project, analyzers, options);
        await analysis.GetAnalyzerSyntaxDiagnosticsAsync(file, cancellation);
        await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellation);
    }

    private static LatencyFigures FiguresOf(MeasuredSet set, Dictionary<string, List<double>> cold, Dictionary<string, List<double>> warm)
    {
        var (first, later) = (new Series(cold[set.Key]), new Series(warm[set.Key]));
        return new LatencyFigures(
            set.Name,
            new Figure(first.Median, first.Spread),
            new Figure(later.Median, later.Spread),
            warm.TryGetValue(MeasuredSets.Ours.Key, out var ours) ? new Series(ours).By(later).Median : null);
    }
}
