using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Fuzz;

/// <summary>Applies a fix to a finding, one by one and to all of its kind in the file, as a host does.</summary>
public static class FixTrial
{
    /// <summary>Throws what the fix throws.</summary>
    public static async Task RunAsync(Project project, Diagnostic finding, CodeFixProvider fix, CancellationToken cancellation)
    {
        var document = project.Solution.GetDocument(finding.Location.SourceTree)!;
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), cancellation));
        foreach (var action in actions)
            await action.GetOperationsAsync(cancellation);
        if (actions.Count == 0 || fix.GetFixAllProvider() is not { } all)
            return;
        var context = new FixAllContext(document, fix, FixAllScope.Document, actions[0].EquivalenceKey!, fix.FixableDiagnosticIds, new Known(finding), cancellation);
        if (await all.GetFixAsync(context) is { } action0)
            await action0.GetOperationsAsync(cancellation);
    }

    private sealed class Known(Diagnostic finding) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([finding]);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([finding]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
