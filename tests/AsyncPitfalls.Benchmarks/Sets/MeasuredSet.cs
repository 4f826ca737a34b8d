using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Sets;

/// <summary>Rules that are run together and alone: a row of the report.</summary>
/// <param name="Key">How it is called on the command line.</param>
/// <param name="Name">What the report calls it.</param>
/// <param name="Rules">The ids that are on, also those that are off by default; all others are off.</param>
/// <param name="Create">New analyzers for a compilation, as in a new run of the compiler; an analyzer with several ids comes along if one of them is on.</param>
internal sealed record MeasuredSet(string Key, string Name, ImmutableArray<string> Rules, Func<CSharpCompilation, ImmutableArray<DiagnosticAnalyzer>> Create)
{
    public ImmutableArray<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>The compilation with these rules on. One thread, so that no rule's clock runs while another one has its processor.</summary>
    public CSharpCompilation Configure(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var severities = compilation.Options.SpecificDiagnosticOptions
            .SetItems(analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
                .Select(rule => rule.Id).Distinct()
                .Select(id => KeyValuePair.Create(id, Rules.Contains(id) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress)));
        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(severities).WithConcurrentBuild(false));
    }
}
