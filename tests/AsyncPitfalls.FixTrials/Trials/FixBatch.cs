using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.FixTrials;

/// <summary>What the fix of one finding has changed.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Idea">The equivalence key of the fix.</param>
/// <param name="Changes">The documents that it has changed.</param>
/// <param name="Naming">Other documents that the change can break.</param>
public sealed record SingleFix(Diagnostic Finding, string Idea, IReadOnlyList<Change> Changes, IReadOnlyList<DocumentId> Naming)
{
    public IEnumerable<DocumentId> Touched => Changes.Select(change => change.Id).Concat(Naming);
}

/// <summary>Fixes that touch no document together, so that what is wrong in one of them has nothing to do with the others: the compiler and the rules are asked once for all.</summary>
public sealed class FixBatch
{
    private readonly List<SingleFix> fixes = [];
    private readonly HashSet<DocumentId> touched = [];

    public FixBatch(SingleFix first) => Add(first);

    public IReadOnlyList<SingleFix> Fixes => fixes;

    /// <summary>Fixes in as few batches as they fit in when taken in order.</summary>
    public static IReadOnlyList<FixBatch> Of(IEnumerable<SingleFix> fixes)
    {
        var batches = new List<FixBatch>();
        foreach (var fix in fixes)
        {
            if (batches.Find(batch => !batch.touched.Overlaps(fix.Touched)) is { } batch)
                batch.Add(fix);
            else
                batches.Add(new FixBatch(fix));
        }

        return batches;
    }

    /// <summary>The code with all of its fixes, as it is when their files have been written.</summary>
    public Solution AppliedTo(Solution solution) =>
        fixes.SelectMany(fix => fix.Changes).Aggregate(solution, (result, change) => result.WithDocumentText(change.Id, change.NewText));

    private void Add(SingleFix fix)
    {
        fixes.Add(fix);
        touched.UnionWith(fix.Touched);
    }
}
