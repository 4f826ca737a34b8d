using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>What is wrong with a batch.</summary>
/// <param name="Kind">What it is, with the rule: the same for the same fault of a smaller batch.</param>
/// <param name="Detail">More for a reader.</param>
public sealed record Fault(string Kind, string Detail);

/// <summary>Runs all analyzers, suppressors and code fixes over a batch of mutants in several ways, which must all agree.</summary>
public static class Trial
{
    private const int MostFixed = 4;

    private static readonly TimeSpan LongestPerFile = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>What is wrong; null where nothing is.</summary>
    public static async Task<Fault?> RunAsync(Batch batch)
    {
        var random = new Random(batch.Name.Sum(letter => letter));
        var project = batch.ToProject();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await RunAsync(project, batch, random, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new Fault("hangs", $"No end after {Patience.TotalMinutes} minutes.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return await BareAnalyzer.FailsAsync(project, patience.Token) ? null : new Fault($"{exception.GetType().Name} in the compiler", exception.ToString());
        }
    }

    private static async Task<Fault?> RunAsync(Project project, Batch batch, Random random, CancellationToken cancellation)
    {
        var compilation = (await project.GetCompilationAsync(cancellation))!;
        var mixed = Mixed(Shipped.Analyzers, random);
        var thrown = new ConcurrentQueue<Fault>();

        using var self = Process.GetCurrentProcess();
        var used = self.TotalProcessorTime;
        var whole = await Analysis(compilation, Shipped.Analyzers, concurrently: true, thrown).GetAllDiagnosticsAsync(cancellation);
        self.Refresh();
        var time = self.TotalProcessorTime - used;
        if (thrown.TryPeek(out var fault))
            return fault;
        if (time > LongestPerFile && (batch.Files.Count == 1 || time > LongestPerFile * batch.Files.Count))
            return new Fault("slow", $"{time.TotalSeconds:N1} s of processor time for {batch.Files.Count} files.");

        var again = await Analysis(compilation, mixed, concurrently: false, thrown).GetAnalyzerDiagnosticsAsync(cancellation);
        if (thrown.TryPeek(out fault))
            return fault;
        if (Difference("order", Listed(whole.Where(IsOurs)), Listed(again.Where(IsOurs))) is { } ofOrder)
            return ofOrder;
        var anew = await ByFileAsync(compilation.Clone(), [.. mixed.Reverse()], random, thrown, cancellation);
        if (thrown.TryPeek(out fault))
            return fault;
        return Difference("by-file", Listed(whole.Where(IsInSource)), Listed(anew.Where(IsInSource)))
            ?? await FixAsync(project, whole, random, cancellation);
    }

    /// <summary>Each file by itself, as an IDE asks, in an order of its own.</summary>
    private static async Task<ImmutableArray<Diagnostic>> ByFileAsync(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, Random random, ConcurrentQueue<Fault> thrown, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var analysis = Analysis(compilation, analyzers, random.Next(2) == 0, thrown);
        foreach (var tree in Mixed([.. compilation.SyntaxTrees], random))
        {
#pragma warning disable RS1030 // No analyzer asks here.
            var semantics = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            found.AddRange(await analysis.GetAnalyzerSyntaxDiagnosticsAsync(tree, cancellation));
            found.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(semantics, null, cancellation));
        }

        return found.ToImmutable();
    }

    private static CompilationWithAnalyzers Analysis(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrently, ConcurrentQueue<Fault> thrown) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => thrown.Enqueue(new Fault($"{exception.GetType().Name} in {Shipped.NameOf(analyzer)}", exception.ToString())),
            concurrentAnalysis: concurrently,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true));

    /// <summary>A few findings with each of their fixes, none of which may throw.</summary>
    private static async Task<Fault?> FixAsync(Project project, ImmutableArray<Diagnostic> findings, Random random, CancellationToken cancellation)
    {
        foreach (var finding in Mixed([.. findings.Where(finding => IsOurs(finding) && IsInSource(finding) && !finding.IsSuppressed)], random).Take(MostFixed))
        {
            foreach (var fix in Shipped.CodeFixes.Where(fix => fix.FixableDiagnosticIds.Contains(finding.Id)))
            {
                try
                {
                    await FixTrial.RunAsync(project, finding, fix, cancellation);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    return new Fault($"{exception.GetType().Name} in a fix of {finding.Id}", exception.ToString());
                }
            }
        }

        return null;
    }

    private static Fault? Difference(string kind, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var missing = Without(expected, actual);
        var added = Without(actual, expected);
        return missing.Count + added.Count == 0
            ? null
            : new Fault(
                $"{kind} changes {string.Join(' ', missing.Concat(added).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal).Take(1))}",
                string.Join('\n', missing.Select(line => "- " + line).Concat(added.Select(line => "+ " + line)).Take(20)));
    }

    private static List<string> Without(IReadOnlyList<string> all, IReadOnlyList<string> others)
    {
        var left = others.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var without = new List<string>();
        foreach (var line in all)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
                left[line] = count - 1;
            else
                without.Add(line);
        }

        return without;
    }

    private static List<string> Listed(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics.Select(diagnostic =>
            $"{diagnostic.Id} {diagnostic.Location.SourceTree?.FilePath} {diagnostic.Location.SourceSpan} {diagnostic.Severity} {diagnostic.IsSuppressed} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"
            + $" {string.Join(", ", diagnostic.AdditionalLocations.Select(place => $"{place.SourceTree?.FilePath} {place.SourceSpan}"))}"),
    ];

    private static bool IsOurs(Diagnostic diagnostic) => diagnostic.Id.StartsWith("AP", StringComparison.Ordinal);

    private static bool IsInSource(Diagnostic diagnostic) => diagnostic.Location.IsInSource && IsOurs(diagnostic);

    private static ImmutableArray<T> Mixed<T>(ImmutableArray<T> all, Random random)
    {
        var mixed = all.ToArray();
        random.Shuffle(mixed);
        return [.. mixed];
    }
}
