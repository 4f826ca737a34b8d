using System.Diagnostics;
using System.Globalization;
using AsyncPitfalls.Corpora;
using AsyncPitfalls.Tests.AllRules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>
/// How soon each rule stops when it is cancelled: analysis is cancelled at random moments, and the time until it returns is
/// measured, for each rule alone and for an analyzer that does nothing, which shows what the compiler itself takes.
/// </summary>
public static class Cancelling
{
    private const int GeneratedLines = 20_000;

    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures the inputs whose names contain a text; returns how many rules took longer than they may.</summary>
    public static async Task<int> RunAsync(int moments, string filter)
    {
        var late = 0;
        foreach (var (name, compilation) in Inputs().Where(input => input.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            Console.WriteLine(name);
            var compiler = await LongestAsync(compilation, new Idle(), moments);
            Console.WriteLine($"  the compiler alone  {compiler.TotalMilliseconds,6:N0} ms");
            foreach (var analyzer in Shipped.Analyzers)
            {
                var longest = await LongestAsync(compilation, analyzer, moments);
                var isLate = longest > compiler + Bound;
                late += isLate ? 1 : 0;
                Console.WriteLine($"  {Shipped.NameOf(analyzer),-18}  {longest.TotalMilliseconds,6:N0} ms{(isLate ? "  late" : "")}");
            }
        }

        Console.WriteLine($"{late} over {Bound.TotalMilliseconds} ms beyond what the compiler takes");
        return late;
    }

    /// <summary>The longest processor time from a cancellation to the end of the analysis; of it, since other programs share the machine's processors.</summary>
    private static async Task<TimeSpan> LongestAsync(Compilation compilation, DiagnosticAnalyzer analyzer, int moments)
    {
        var random = new Random(moments);
        var clock = Stopwatch.StartNew();
        await AnalyzeAsync(compilation, analyzer, CancellationToken.None);
        var whole = clock.Elapsed;
        var longest = TimeSpan.Zero;
        for (var moment = 0; moment < moments; moment++)
        {
            using var source = new CancellationTokenSource();
            var analysis = Task.Run(() => AnalyzeAsync(compilation, analyzer, source.Token));
            await Task.WhenAny(analysis, Task.Delay(whole * random.NextDouble()));
            using var self = Process.GetCurrentProcess();
            var used = self.TotalProcessorTime;
            await source.CancelAsync();
            try
            {
                await analysis;
            }
            catch (OperationCanceledException)
            {
                self.Refresh();
                var time = self.TotalProcessorTime - used;
                longest = time > longest ? time : longest;
            }
        }

        return longest;
    }

    private static Task AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer analyzer, CancellationToken cancellation) => compilation.Clone()
        .WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
        .GetAnalyzerDiagnosticsAsync(cancellation);

    private static IEnumerable<(string Name, Compilation Compilation)> Inputs()
    {
        yield return ("generated project", Corpus.Generated(GeneratedLines).Parse()[0].WithOptions(Shipped.Options));
        yield return ("our own sources", Corpus.OwnSources().Parse()[0].WithOptions(Shipped.Options));
        foreach (var shape in HostileCode.All)
        {
            var size = Growth.LookedInto(shape);
            yield return (
                $"{shape.Name} ({size.ToString(CultureInfo.InvariantCulture)})",
                CSharpCompilation.Create("Hostile", [CSharpSyntaxTree.ParseText(shape.Write(size), path: "Hostile.cs")], CodeBase.Against("Net"), Growth.Options));
        }
    }
}
