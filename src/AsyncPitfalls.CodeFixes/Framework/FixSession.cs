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
        var together = diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        foreach (var diagnostic in together)
        {
            var site = new FixSite(diagnostic, document, root, semantics, model) { Together = together };
            if (await idea.Plan(site, cancellation).ConfigureAwait(false) is { } fix)
                fixes.Add(fix);
        }

        return fixes.ToImmutable();
    }

    /// <summary>
    /// Makes all edits of all fixes at once, each once: inner nodes first, so that an outer edit gets what the inner ones
    /// have made, and may also throw it away.
    /// </summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<Fix> fixes, CancellationToken cancellation)
    {
        var result = solution;
        foreach (var edits in fixes.SelectMany(fix => fix.Edits).GroupBy(edit => edit.Document))
        {
            var document = solution.GetDocument(edits.Key)!;
            var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
            var changed = result.WithDocumentSyntaxRoot(edits.Key, EscapedNames.In(Edited(root, edits, SyntaxGenerator.GetGenerator(document)))).GetDocument(edits.Key)!;
            result = (await LineBreaks.KeepAsync(changed, document, cancellation).ConfigureAwait(false)).Project.Solution;
        }

        return result;
    }

    private static SyntaxNode Edited(SyntaxNode root, IEnumerable<NodeEdit> edits, SyntaxGenerator generator)
    {
        var ofNode = edits.GroupBy(edit => edit.Node).ToDictionary(group => group.Key, Effective);
        var edited = root.ReplaceNodes(ofNode.Keys, (original, current) => Changed(original, current));
        return RescuedComments.Of(root, edited) is { } rescue
            ? root.ReplaceNodes(ofNode.Keys, (original, current) => rescue.Change(current, node => Changed(original, node)))
            : edited;

        SyntaxNode Changed(SyntaxNode original, SyntaxNode current) => ofNode[original].Aggregate(current, (node, edit) => edit.Change(node, generator));
    }

    /// <summary>Each edit of a node once, without those that another one of them stands in for.</summary>
    private static List<NodeEdit> Effective(IEnumerable<NodeEdit> edits)
    {
        var distinct = edits.GroupBy(edit => edit.Purpose).Select(group => group.First()).ToList();
        var needless = distinct.Select(edit => edit.InsteadOf).ToList();
        return distinct.Where(edit => !needless.Contains(edit.Purpose)).ToList();
    }
}
