using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>Runs every rule of the package at once, as hosts do.</summary>
public static class AllRulesRun
{
    /// <summary>What the rules say of a solution that need not compile, in source order. A rule that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Solution solution, bool concurrently = true)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in solution.Projects)
            findings.AddRange(await FindingsAsync((await project.GetCompilationAsync())!, project.AnalyzerOptions, concurrently));
        return findings.ToImmutable();
    }

    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Compilation compilation, AnalyzerOptions options, bool concurrently = true)
    {
        Exception? thrown = null;
        var found = await compilation.WithAnalyzers(Package.Analyzers, new CompilationWithAnalyzersOptions(
            options,
            onAnalyzerException: (exception, analyzer, _) => thrown = new InvalidOperationException($"{analyzer.GetType().Name} throws.", exception),
            concurrentAnalysis: concurrently,
            logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync();
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
}
