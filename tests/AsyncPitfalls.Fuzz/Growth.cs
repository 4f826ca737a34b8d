using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AsyncPitfalls.Tests.AllRules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>How the time of each rule grows with hostile code: measured at a quarter, half and all of the size that rules look into, and beyond, each in a process of its own.</summary>
public static class Growth
{
    /// <summary>Without nullable reference types, whose own analysis by the compiler is slow on such code.</summary>
    public static readonly CSharpCompilationOptions Options = Shipped.Options.WithNullableContextOptions(NullableContextOptions.Disable);

    /// <summary>About what rules still look into.</summary>
    private const int MostLetters = 50_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Measures the shapes whose names contain a text.</summary>
    public static int Run(string filter)
    {
        var failed = 0;
        foreach (var shape in HostileCode.All.Where(shape => shape.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            Console.WriteLine($"{shape.Name} ({shape.Size})");
            var largest = LookedInto(shape);
            foreach (var size in new[] { largest / 4, largest / 2, largest, shape.Size }.Distinct())
            {
                var exit = Child.Run(Longest, "measure", shape.Name, size.ToString(CultureInfo.InvariantCulture));
                if (exit == 0)
                    continue;
                failed++;
                if (exit is null)
                {
                    Console.WriteLine($"  {size,6}: over {Longest.TotalSeconds} s");
                    break;
                }

                Console.WriteLine($"  {size,6}: exit code {exit}");
            }
        }

        return failed;
    }

    /// <summary>The size up to which rules look into a shape.</summary>
    public static int LookedInto(HostileCode shape)
    {
        var size = shape.Size;
        while (size > 1 && shape.Write(size).Length > MostLetters)
            size = size * 3 / 4;
        return size;
    }

    /// <summary>Measures one shape in one size, 0 for the largest that rules look into, and prints the slow rules.</summary>
    public static async Task<int> MeasureAsync(string name, int size)
    {
        var shape = HostileCode.All.Single(shape => shape.Name == name);
        if (size == 0)
            size = LookedInto(shape);
        var tree = CSharpSyntaxTree.ParseText(shape.Write(size), path: "Hostile.cs");
        var compilation = CSharpCompilation.Create("Hostile", [tree], CodeBase.Against("Net"), Options);
        var clock = Stopwatch.StartNew();
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var compiled = clock.ElapsedMilliseconds;
        Console.Write($"  {size,6}: compiler {compiled,6:N0} ms, ");
        clock.Restart();
        await AnalyzeAsync(compilation, [new Idle()]);
        var idle = clock.ElapsedMilliseconds;
        Console.Write($"idle {idle,6:N0} ms, ");
        var before = GC.GetTotalAllocatedBytes();
        using var self = Process.GetCurrentProcess();
        var used = self.TotalProcessorTime;
        var result = await AnalyzeAsync(compilation, Shipped.Analyzers);
        self.Refresh();
        var all = (self.TotalProcessorTime - used).TotalMilliseconds;
        var findings = result.GetAllDiagnostics();
        var slow = result.AnalyzerTelemetryInfo
            .Where(pair => pair.Value.ExecutionTime.TotalMilliseconds > Math.Max(30, 0.08 * all))
            .OrderByDescending(pair => pair.Value.ExecutionTime)
            .Select(pair => $"{Shipped.NameOf(pair.Key)} {pair.Value.ExecutionTime.TotalMilliseconds:N0}");
        Console.WriteLine($"rules {all,6:N0} ms, {(GC.GetTotalAllocatedBytes() - before) >> 20,5:N0} MB, {findings.Length} findings; {string.Join(", ", slow)}{(errors.Count > 0 ? $" [{errors[0].Id}]" : "")}");
        foreach (var failure in findings.Where(finding => finding.Id == "AD0001").Take(2))
            Console.WriteLine($"    {failure.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings(" | ")}");
        return findings.Any(finding => finding.Id == "AD0001") ? 2 : 0;
    }

    private static Task<AnalysisResult> AnalyzeAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.Clone().WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true)).GetAnalysisResultAsync(CancellationToken.None);
}
