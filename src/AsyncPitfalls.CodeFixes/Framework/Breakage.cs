using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Framework;

/// <summary>
/// The last check before a fix is offered: its result is made in memory, and what the compiler says of the changed files
/// must hold no new error, nor a call that is no longer awaited, in no target framework and no project that compiles them.
/// </summary>
internal static class Breakage
{
    private const string CallIsNotAwaited = "CS4014";

    /// <summary>Those of the fixes whose results compile, each alone and all of them together.</summary>
    public static async Task<ImmutableArray<Fix>> WithoutBreakingAsync(
        Solution solution, ImmutableArray<Fix> fixes, CancellationToken cancellation)
    {
        var broken = await BrokenByAsync(solution, fixes, cancellation).ConfigureAwait(false);
        if (broken.IsEmpty)
            return fixes;
        if (fixes.Length == 1)
            return ImmutableArray<Fix>.Empty;

        // A fix that touches none of the broken files cannot be what breaks them.
        var suspicious = LinkedFiles.Of(broken, solution);
        var kept = fixes.RemoveAll(fix => fix.Edits.Any(edit => suspicious.Contains(edit.Document)));
        foreach (var suspect in fixes.RemoveAll(kept.Contains))
        {
            var more = kept.Add(suspect);
            if ((await BrokenByAsync(solution, more, cancellation).ConfigureAwait(false)).IsEmpty)
                kept = more;
        }

        return kept;
    }

    /// <summary>The documents that compile worse with the fixes than without them.</summary>
    private static async Task<ImmutableArray<DocumentId>> BrokenByAsync(
        Solution solution, ImmutableArray<Fix> fixes, CancellationToken cancellation)
    {
        var changed = fixes.SelectMany(fix => fix.Edits).Select(edit => edit.Document).Distinct().ToImmutableArray();
        if (await ResultAsync(solution, fixes, cancellation).ConfigureAwait(false) is not { } fixedSolution)
            return changed;
        var result = await LinkedFiles.WrittenAsync(solution, fixedSolution, changed, cancellation).ConfigureAwait(false);
        var broken = ImmutableArray.CreateBuilder<DocumentId>();
        foreach (var id in LinkedFiles.Of(changed, solution))
        {
            var after = await ErrorsAsync(result.GetDocument(id)!, cancellation).ConfigureAwait(false);
            if (after.Count == 0)
                continue;
            var before = await ErrorsAsync(solution.GetDocument(id)!, cancellation).ConfigureAwait(false);
            var worse = after.Where(error => !before.TryGetValue(error.Key, out var count) || count < error.Value).Select(error => error.Key).ToList();
            if (worse.Count > 1 || (worse.Count == 1 && worse[0] != CallIsNotAwaited)
                || (worse.Count == 1 && await DropsMoreAsync(solution.GetDocument(id)!, result.GetDocument(id)!, cancellation).ConfigureAwait(false)))
                broken.Add(id);
        }

        return broken.ToImmutable();
    }

    /// <summary>The solution with the fixes; null where they cannot be made together, so that the others are not lost with them.</summary>
    private static async Task<Solution?> ResultAsync(Solution solution, ImmutableArray<Fix> fixes, CancellationToken cancellation)
    {
        try
        {
            return await FixSession.ApplyAsync(solution, fixes, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether more calls drop a task than before: the compiler also begins to warn of one that was dropped already where the
    /// function around it becomes async.
    /// </summary>
    private static async Task<bool> DropsMoreAsync(Document before, Document after, CancellationToken cancellation) =>
        await CountDropsAsync(after, cancellation).ConfigureAwait(false) > await CountDropsAsync(before, cancellation).ConfigureAwait(false);

    private static async Task<int> CountDropsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var awaitables = AsyncModel.For(semantics.Compilation, document.Project.AnalyzerOptions).Awaitables;
        return (await semantics.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false)).DescendantNodes()
            .OfType<ExpressionStatementSyntax>()
            .Count(statement => statement.Expression is not AssignmentExpressionSyntax
                && awaitables.ResultOf(semantics.GetTypeInfo(statement.Expression, cancellation).Type) is not null);
    }

    /// <summary>How often the compiler reports each error in a file.</summary>
    private static async Task<Dictionary<string, int>> ErrorsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return semantics!.GetDiagnostics(cancellationToken: cancellation)
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error || diagnostic.Id == CallIsNotAwaited)
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());
    }
}
