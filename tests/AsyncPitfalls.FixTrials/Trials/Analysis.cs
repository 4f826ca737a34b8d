using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.FixTrials;

/// <summary>What the compiler and the rules say of the documents of a solution; each document is asked once.</summary>
public sealed partial class Analysis(Solution solution)
{
    private readonly ConcurrentDictionary<(DocumentId, string?), ImmutableArray<Diagnostic>> findings = [];
    private readonly ConcurrentDictionary<DocumentId, ImmutableArray<Diagnostic>> compiled = [];

    private readonly Analysis? earlier;
    private readonly HashSet<DocumentId> affected = [];

    /// <summary>The analysis of a changed solution.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="earlier">What is known of it before the change.</param>
    /// <param name="affected">The documents in which that may no longer hold.</param>
    public Analysis(Solution solution, Analysis earlier, IEnumerable<DocumentId> affected) : this(solution)
    {
        this.earlier = earlier;
        this.affected.UnionWith(affected);
    }

    public Solution Solution => solution;

    /// <summary>A solution in which the rules speak that are off by default.</summary>
    public static Solution WithAllOn(Solution solution)
    {
        var off = Package.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault);
        foreach (var project in solution.Projects)
        {
            var options = project.CompilationOptions!;
            solution = solution.WithProjectCompilationOptions(project.Id, options.WithSpecificDiagnosticOptions(
                options.SpecificDiagnosticOptions.SetItems(off.Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn)))));
        }

        return solution;
    }

    /// <summary>The findings of a document, in source order: of all rules, or of one.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindingsAsync(DocumentId id, string? rule = null)
    {
        if (earlier is not null && !affected.Contains(id))
            return await earlier.FindingsAsync(id, rule);
        if (findings.TryGetValue((id, null), out var all) || findings.TryGetValue((id, rule), out all))
            return [.. all.Where(finding => rule is null || finding.Id == rule)];
        var semantics = (await solution.GetDocument(id)!.GetSemanticModelAsync())!;
        var analyzers = rule is null ? Package.Analyzers : [.. Package.Analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => descriptor.Id == rule))];
        var analysis = semantics.Compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            solution.GetProject(id.ProjectId)!.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(semantics, filterSpan: null, CancellationToken.None);
        return findings[(id, rule)] = [.. found.Where(IsSpoken).OrderBy(finding => finding.Location.SourceSpan.Start).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    /// <summary>The findings of all documents of a project, all rules at once.</summary>
    public async Task FindAllAsync(ProjectId id)
    {
        var project = solution.GetProject(id)!;
        var compilation = (await project.GetCompilationAsync())!;
        var found = await Workspaces.FindingsAsync(compilation.WithAnalyzers(Package.Analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false)));
        var byTree = found.Where(IsSpoken).Where(finding => finding.Location.SourceTree is not null).ToLookup(finding => finding.Location.SourceTree!);
        foreach (var document in project.Documents)
        {
            var tree = (await document.GetSyntaxTreeAsync())!;
            findings[(document.Id, null)] =
                [.. byTree[tree].OrderBy(finding => finding.Location.SourceSpan.Start).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>The compiler's errors in a document.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ErrorsAsync(DocumentId id) =>
        [.. (await CompiledAsync(id)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>Those of the compiler's warnings in a document that a fix must not bring: of tasks and of null.</summary>
    public async Task<IReadOnlyList<Diagnostic>> WarningsAsync(DocumentId id) =>
        [.. (await CompiledAsync(id)).Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Warning && OfTasksOrNull().IsMatch(diagnostic.Id))];

    /// <summary>The errors of whole projects and of those that reference them, with what the compiler finds only when it makes code.</summary>
    public async Task<IReadOnlyList<Diagnostic>> BuildErrorsAsync(IEnumerable<ProjectId> changed)
    {
        var graph = solution.GetProjectDependencyGraph();
        var errors = new List<Diagnostic>();
        foreach (var id in changed.SelectMany(id => graph.GetProjectsThatTransitivelyDependOnThisProject(id).Append(id)).Distinct())
            errors.AddRange(await Workspaces.BuildErrorsAsync(solution.GetProject(id)!));
        return errors;
    }

    private async Task<ImmutableArray<Diagnostic>> CompiledAsync(DocumentId id)
    {
        if (compiled.TryGetValue(id, out var known))
            return known;
        var semantics = (await solution.GetDocument(id)!.GetSemanticModelAsync())!;
        return compiled[id] = semantics.GetDiagnostics();
    }

    // What says that a rule threw is a finding as well.
    private static bool IsSpoken(Diagnostic finding) => !finding.IsSuppressed && finding.Id is not ("AP9001" or "AP9003");

    [GeneratedRegex(@"^CS(4014|1998|86\d\d|8714|876[2-9]|877\d|8819)$")]
    private static partial Regex OfTasksOrNull();
}
