using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>A document that a fix has changed, before and after.</summary>
public sealed record Change(DocumentId Id, string Path, SyntaxNode OldRoot, SyntaxNode NewRoot, SourceText OldText, SourceText NewText)
{
    public LineMap Lines { get; } = LineMap.Between(OldText, NewText);
}

/// <summary>What differs between two states of a solution.</summary>
public static class Changes
{
    /// <summary>The documents whose text differs.</summary>
    public static async Task<IReadOnlyList<Change>> BetweenAsync(Solution before, Solution after)
    {
        var changes = new List<Change>();
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var (old, changed) = (before.GetDocument(id)!, after.GetDocument(id)!);
            var (oldText, newText) = (await old.GetTextAsync(), await changed.GetTextAsync());
            if (!oldText.ContentEquals(newText))
                changes.Add(new Change(id, old.FilePath ?? old.Name, (await old.GetSyntaxRootAsync())!, await ParsedAsync(changed), oldText, newText));
        }

        return changes;
    }

    public static string Diff(IEnumerable<Change> changes) => string.Join("\n", changes.Select(change => $"--- {change.Path}\n{change.Lines.Diff()}"));

    // From the text: a node that a fix made may be what the text would not be parsed into.
    private static async Task<SyntaxNode> ParsedAsync(Document document) =>
        (await document.Project.Solution.WithDocumentText(document.Id, SourceText.From((await document.GetTextAsync()).ToString())).GetDocument(document.Id)!.GetSyntaxRootAsync())!;
}
