using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Fix All for document, project and solution: plans the idea for every finding on the code as it is, then makes all edits
/// at once, so that nested findings and findings whose fixes meet in one function come out as if mended one by one.
/// </summary>
internal sealed class FixAll(ImmutableArray<FixIdea> ideas) : FixAllProvider
{
    /// <summary>
    /// Hosts that mend without a person to choose, such as <c>dotnet format</c>, name no idea where the first finding has no
    /// fix: then the first idea that mends anything is taken.
    /// </summary>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        foreach (var idea in ideas)
        {
            if (context.CodeActionEquivalenceKey is { } key && key != idea.Key)
                continue;
            var planned = await PlanAsync(idea, context).ConfigureAwait(false);
            if (await FixResult.OfAsync(context.Solution, planned, context.CancellationToken).ConfigureAwait(false) is { } result)
                return CodeAction.Create(result.Fixes[0].Title, _ => Task.FromResult(result.Solution), idea.Key);
        }

        return null;
    }

    private static async Task<ImmutableArray<Fix>> PlanAsync(FixIdea idea, FixAllContext context)
    {
        var fixes = ImmutableArray.CreateBuilder<Fix>();
        var seen = new HashSet<(string? Path, int Start)>();
        foreach (var (document, diagnostics) in await FindingsAsync(context).ConfigureAwait(false))
        {
            // A file that several projects share has its findings once per project, and is mended once.
            var unseen = diagnostics.Where(diagnostic =>
                document.FilePath is null || seen.Add((document.FilePath, diagnostic.Location.SourceSpan.Start)));
            fixes.AddRange(await FixSession.PlanAsync(idea, document, unseen, context.CancellationToken).ConfigureAwait(false));
        }

        return fixes.ToImmutable();
    }

    private static async Task<IReadOnlyList<(Document Document, ImmutableArray<Diagnostic> Diagnostics)>> FindingsAsync(FixAllContext context)
    {
        if (context is { Scope: FixAllScope.Document, Document: { } only })
            return [(only, await context.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false))];

        var projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        var findings = new List<(Document, ImmutableArray<Diagnostic>)>();
        foreach (var project in projects.Where(project => project.Language == context.Project.Language))
        {
            var diagnostics = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (var group in diagnostics.Where(diagnostic => diagnostic.Location.IsInSource).GroupBy(diagnostic => diagnostic.Location.SourceTree!))
            {
                if (project.GetDocument(group.Key) is { } document)
                    findings.Add((document, group.ToImmutableArray()));
            }
        }

        return findings;
    }
}
