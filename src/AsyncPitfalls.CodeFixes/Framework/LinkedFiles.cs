using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Files that several projects compile, or one project for several target frameworks: each compilation has a document of
/// its own for such a file, and what a host writes into one of them all of them have.
/// </summary>
internal static class LinkedFiles
{
    /// <summary>Documents, and all others of the same files.</summary>
    public static IReadOnlyList<DocumentId> Of(IEnumerable<DocumentId> documents, Solution solution) =>
        [.. documents.SelectMany(id => solution.GetDocument(id)!.GetLinkedDocumentIds().Add(id)).Distinct()];

    /// <summary>The solution as it is when each changed file has been written: a file that was changed in several documents has all their changes.</summary>
    public static async Task<Solution> WrittenAsync(Solution before, Solution after, IReadOnlyList<DocumentId> changed, CancellationToken cancellation)
    {
        var result = after;
        foreach (var id in changed)
        {
            var linked = before.GetDocument(id)!.GetLinkedDocumentIds();
            if (linked.IsEmpty)
                continue;
            var text = await MergedAsync(before, after, [id, .. linked.Where(changed.Contains)], cancellation).ConfigureAwait(false);
            foreach (var other in linked.Add(id))
                result = result.WithDocumentText(other, text);
        }

        return result;
    }

    private static async Task<SourceText> MergedAsync(Solution before, Solution after, IReadOnlyList<DocumentId> documents, CancellationToken cancellation)
    {
        if (documents.Count == 1)
            return await after.GetDocument(documents[0])!.GetTextAsync(cancellation).ConfigureAwait(false);
        var changes = new List<TextChange>();
        foreach (var id in documents)
            changes.AddRange(await after.GetDocument(id)!.GetTextChangesAsync(before.GetDocument(id)!, cancellation).ConfigureAwait(false));
        var apart = new List<TextChange>();
        foreach (var change in changes.Distinct().OrderBy(change => change.Span.Start))
        {
            if (apart.Count == 0 || apart[apart.Count - 1].Span.End <= change.Span.Start)
                apart.Add(change);
        }

        var text = await before.GetDocument(documents[0])!.GetTextAsync(cancellation).ConfigureAwait(false);
        return text.WithChanges(apart);
    }
}
