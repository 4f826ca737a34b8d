using System.Diagnostics;
using System.Globalization;
using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Corpora;
using AsyncPitfalls.Tests.AllRules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>
/// How soon each rule stops when it is cancelled: analysis is cancelled at random moments, and the time is measured for which the
/// action that runs then goes on. What the compiler does between actions is its own affair.
/// </summary>
public static class Cancelling
{
    private const int GeneratedLines = 20_000;

    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Measures the inputs whose names contain a text, each in a process of its own; returns how many rules took longer than they may.</summary>
    public static int Run(string filter)
    {
        var late = 0;
        foreach (var (name, _) in Inputs().Where(input => input.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            Console.WriteLine(name);
            var exit = Child.Run(Patience, "stop", name);
            if (exit is < 0 or > 100 or null)
                Console.WriteLine(exit is null ? $"  over {Patience.TotalMinutes} min" : $"  exit code {exit}");
            else
                late += exit.Value;
        }

        Console.WriteLine($"{late} over {Bound.TotalMilliseconds} ms");
        return late;
    }

    /// <summary>Measures one input; returns how many rules took longer than they may.</summary>
    public static async Task<int> RunAsync(int moments, string name)
    {
        var late = 0;
        var compilation = Inputs().Single(input => input.Name == name).Compile();
        foreach (var analyzer in Shipped.Analyzers)
        {
            var longest = await LongestAsync(compilation, analyzer, moments);
            late += longest.Time > Bound ? 1 : 0;
            Console.WriteLine($"  {Shipped.NameOf(analyzer),-18}  {longest.Time.TotalMilliseconds,6:N0} ms of {longest.Hits} that were cancelled, of {longest.Whole.TotalMilliseconds,6:N0} ms{(longest.Time > Bound ? "  late" : "")}");
        }

        return late;
    }

    /// <summary>The longest processor time from a cancellation to the end of the action that ran; of it, since other programs share the machine's processors.</summary>
    private static async Task<(TimeSpan Time, int Hits, TimeSpan Whole)> LongestAsync(Compilation compilation, DiagnosticAnalyzer analyzer, int moments)
    {
        var random = new Random(moments);
        var whole = await RunAsync(compilation, analyzer, null);

        // The first run may have compiled the rule itself, just in time.
        if (whole.Time > Bound)
            whole = await RunAsync(compilation, analyzer, null);
        var (longest, hits) = (TimeSpan.Zero, 0);

        // What takes no longer from its beginning to its end cannot go on for longer.
        if (whole.Time <= Bound)
            return (longest, hits, whole.Time);
        await RunAsync(compilation, analyzer, whole.Time / 2);
        for (var moment = 0; moment < moments; moment++)
        {
            var calls = await RunAsync(compilation, analyzer, whole.Time * random.NextDouble());
            hits += calls.HasHit ? 1 : 0;
            longest = calls.Late > longest ? calls.Late : longest;
        }

        return (longest, hits, whole.Time);
    }

    private static async Task<CancelledCalls> RunAsync(Compilation compilation, DiagnosticAnalyzer analyzer, TimeSpan? moment)
    {
        using var source = new CancellationTokenSource();
        var calls = new CancelledCalls(moment, source);
        var watcher = calls.WatchAsync();
        try
        {
            await compilation.Clone()
                .WithAnalyzers(
                    [new ReplayedAnalyzer<CancelledCalls>(analyzer, calls)],
                    new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
                .GetAnalyzerDiagnosticsAsync(source.Token);
        }
        catch (OperationCanceledException)
        {
            // As is asked for.
        }

        calls.Stop();
        await watcher;
        return calls;
    }

    private static IEnumerable<(string Name, Func<Compilation> Compile)> Inputs() =>
    [
        ("generated project", () => Corpus.Generated(GeneratedLines).Parse()[0].WithOptions(Shipped.Options)),
        ("our own sources", () => Corpus.OwnSources().Parse()[0].WithOptions(Shipped.Options)),
        .. HostileCode.All.Select(shape => (shape, size: Growth.LookedInto(shape))).Select(input => (
            $"{input.shape.Name} ({input.size.ToString(CultureInfo.InvariantCulture)})",
            (Func<Compilation>)(() => CSharpCompilation.Create("Hostile", [CSharpSyntaxTree.ParseText(input.shape.Write(input.size), path: "Hostile.cs")], CodeBase.Against("Net"), Growth.Options)))),
    ];
}
