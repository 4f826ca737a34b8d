using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>Runs every rule of the package at once, as hosts do.</summary>
public static class AllRulesRun
{
    /// <summary>The code compiles, and each marked spot has its one finding; nothing else is found.</summary>
    public static async Task ReportsAsync(Markup markup, Setup setup)
    {
        var found = await Workspaces.DiagnosticsAsync(Workspaces.Create(markup.Files, setup), Package.Analyzers);
        var actual = found.Select(diagnostic => new ExpectedFinding(
            diagnostic.Id, diagnostic.Location.SourceTree?.FilePath.TrimStart('/') ?? "", diagnostic.Location.SourceSpan)).ToList();
        Assert.Equal(Listed(markup, markup.Expected), Listed(markup, actual));
    }

    /// <summary>What the rules, also those that are off by default, say of a solution that need not compile, in source order. A rule that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Solution solution, bool concurrently = true)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in solution.Projects)
            findings.AddRange(await FindingsAsync((await project.GetCompilationAsync())!, project.AnalyzerOptions, concurrently));
        return findings.ToImmutable();
    }

    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Compilation compilation, AnalyzerOptions options, bool concurrently = true, CancellationToken cancellation = default)
    {
        Exception? thrown = null;
        var found = await Workspaces.FindingsAsync(Workspaces.WithAllOn(compilation, Package.Analyzers).WithAnalyzers(Package.Analyzers, new CompilationWithAnalyzersOptions(
            options,
            onAnalyzerException: (exception, analyzer, _) => thrown = new InvalidOperationException($"{analyzer.GetType().Name} throws.", exception),
            concurrentAnalysis: concurrently,
            logAnalyzerExecutionTime: false)), cancellation);
        if (thrown is not null)
            throw thrown;
        return
        [
            .. found.Where(diagnostic => !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    private static string Listed(Markup markup, IEnumerable<ExpectedFinding> findings) => string.Join('\n', findings
        .OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Span.Start).ThenBy(finding => finding.Id, StringComparer.Ordinal)
        .Select(finding => $"{finding.Id} {finding.Path} {finding.Span} {markup.Files.FirstOrDefault(file => file.Path == finding.Path)?.Text.Substring(finding.Span.Start, finding.Span.Length)}"));
}
