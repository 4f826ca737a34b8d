using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace AsyncPitfalls.Framework;

/// <summary>From findings to edits, and from edits to a new solution: the same way for one finding and for all of them.</summary>
internal static class FixSession
{
    /// <summary>The fixes that an idea has for findings of one document, without those where it is not right.</summary>
    public static async Task<ImmutableArray<Fix>> PlanAsync(
        FixIdea idea, Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null)
            return ImmutableArray<Fix>.Empty;

        var model = AsyncModel.For(semantics.Compilation, document.Project.AnalyzerOptions);
        var fixes = ImmutableArray.CreateBuilder<Fix>();
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var site = new FixSite(diagnostic, document, root, semantics, model);
            if (await idea.Plan(site, cancellation).ConfigureAwait(false) is { } fix)
                fixes.Add(fix);
        }

        return fixes.ToImmutable();
    }

    /// <summary>Makes all edits of all fixes at once, each once.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<Fix> fixes, CancellationToken cancellation)
    {
        var editor = new SolutionEditor(solution);
        var made = new HashSet<(SyntaxNode, string)>();
        foreach (var edit in fixes.SelectMany(fix => fix.Edits))
        {
            if (!made.Add((edit.Node, edit.Purpose)))
                continue;
            var document = await editor.GetDocumentEditorAsync(edit.Document, cancellation).ConfigureAwait(false);
            document.ReplaceNode(edit.Node, edit.Change);
        }

        return editor.GetChangedSolution();
    }
}
