using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>What fixes come to: made in memory and looked at before they are offered.</summary>
/// <param name="Fixes">The fixes that are in it.</param>
/// <param name="Solution">The solution with them.</param>
internal sealed record FixResult(ImmutableArray<Fix> Fixes, Solution Solution)
{
    /// <summary>The result of those fixes that do no harm, each alone and all of them together; null where there are none.</summary>
    public static async Task<FixResult?> OfAsync(Solution solution, ImmutableArray<Fix> fixes, CancellationToken cancellation)
    {
        if (fixes.IsEmpty)
            return null;
        var (result, broken) = await MakeAsync(solution, fixes, cancellation).ConfigureAwait(false);
        if (result is not null && broken.Count == 0)
            return new FixResult(fixes, result);
        if (fixes.Length == 1)
            return null;

        var kept = fixes;
        foreach (var group in Groups(fixes, solution).Where(group => result is null || group.Documents.Overlaps(broken)))
        {
            var harmless = await AddHarmlessAsync(solution, ImmutableArray<Fix>.Empty, group.Fixes, cancellation).ConfigureAwait(false);
            kept = kept.RemoveAll(fix => group.Fixes.Contains(fix) && !harmless.Contains(fix));
        }

        if (kept.IsEmpty)
            return null;
        (result, broken) = await MakeAsync(solution, kept, cancellation).ConfigureAwait(false);
        return result is not null && broken.Count == 0 ? new FixResult(kept, result) : null;
    }

    /// <summary>Some fixes, and those of more that do no harm beside them: all at once where they do none, else each half for itself.</summary>
    private static async Task<ImmutableArray<Fix>> AddHarmlessAsync(Solution solution, ImmutableArray<Fix> kept, ImmutableArray<Fix> more, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await MakeAsync(solution, kept.AddRange(more), cancellation).ConfigureAwait(false) is { Solution: not null, Broken.Count: 0 })
            return kept.AddRange(more);
        if (more.Length == 1)
            return kept;
        var half = more.Length / 2;
        kept = await AddHarmlessAsync(solution, kept, more.RemoveRange(half, more.Length - half), cancellation).ConfigureAwait(false);
        return await AddHarmlessAsync(solution, kept, more.RemoveRange(0, half), cancellation).ConfigureAwait(false);
    }

    /// <summary>The fixes in groups that have no file in common, so that what is wrong in one has nothing to do with another.</summary>
    private static IReadOnlyList<(ImmutableArray<Fix> Fixes, HashSet<DocumentId> Documents)> Groups(ImmutableArray<Fix> fixes, Solution solution)
    {
        var groups = new List<(ImmutableArray<Fix> Fixes, HashSet<DocumentId> Documents)>();
        foreach (var fix in fixes)
        {
            var documents = new HashSet<DocumentId>(LinkedFiles.Of(fix.Edits.Select(edit => edit.Document).Distinct(), solution));
            var joined = groups.Where(group => group.Documents.Overlaps(documents)).ToList();
            documents.UnionWith(joined.SelectMany(group => group.Documents));
            groups.RemoveAll(joined.Contains);
            groups.Add((joined.SelectMany(group => group.Fixes).Append(fix).ToImmutableArray(), documents));
        }

        return groups;
    }

    /// <summary>The solution with fixes, and the documents that they leave worse; no solution where they cannot be made together, so that the others are not lost with them.</summary>
    private static async Task<(Solution? Solution, IReadOnlyCollection<DocumentId> Broken)> MakeAsync(Solution solution, ImmutableArray<Fix> fixes, CancellationToken cancellation)
    {
        try
        {
            var made = await FixSession.ApplyAsync(solution, fixes, cancellation).ConfigureAwait(false);
            return (made, await Breakage.OfAsync(solution, made, cancellation).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            return (null, []);
        }
    }
}
