using System.Collections.Immutable;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.FixTrials;

/// <summary>Asks fixes for what they offer, and applies it, as hosts do.</summary>
public static class Fixing
{
    public static CodeFixProvider? FixOf(string rule) => Package.CodeFixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(rule));

    /// <summary>The actions offered for a finding, in order.</summary>
    public static async Task<ImmutableArray<CodeAction>> OffersAsync(Solution solution, Diagnostic finding, CodeFixProvider fix, CancellationToken cancellation)
    {
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        var document = solution.GetDocument(finding.Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), cancellation));
        return actions.ToImmutable();
    }

    public static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>Fix All from a document; null where it offers nothing.</summary>
    public static async Task<Solution?> AllAsync(Analysis analysis, DocumentId from, CodeFixProvider fix, string rule, string idea, FixAllScope scope, CancellationToken cancellation)
    {
        var context = new FixAllContext(analysis.Solution.GetDocument(from)!, fix, scope, idea, [rule], new Findings(analysis, rule), cancellation);
        return await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action ? await ApplyAsync(action, cancellation) : null;
    }

    private sealed class Findings(Analysis analysis, string rule) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            var all = new List<Diagnostic>();
            foreach (var id in project.DocumentIds)
                all.AddRange(await analysis.FindingsAsync(id, rule));
            return all;
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await analysis.FindingsAsync(document.Id, rule);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
