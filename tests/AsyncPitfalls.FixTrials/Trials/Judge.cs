using System.Collections.Immutable;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>Judges what a fix has made of a solution, by the documents that it changed and those that name what it declares anew.</summary>
public sealed class Judge(Analysis before)
{
    private const string DroppedTask = "CS4014";

    private static readonly ImmutableHashSet<string> RulesOfDroppedTasks = ["AP0005", "AP0006", "AP0007", "AP0008", "AP0010", "AP0011", "AP0012", "AP0020"];

    private readonly NamesOfDocuments names = new(before.Solution);

    /// <summary>The documents that a change can break although it does not change them.</summary>
    public Task<IReadOnlyList<DocumentId>> NamingAsync(IReadOnlyList<Change> changes) => names.NamingAsync(changes);

    /// <summary>What is wrong with the result of a fix for one finding.</summary>
    public async Task<IReadOnlyList<Fault>> OfOneAsync(SingleFix fix, Analysis after) =>
    [
        .. await NewErrorsAsync(after, fix.Touched),
        .. await NewWarningsAsync(after, fix.Changes),
        .. await NewFindingsAsync(after, fix.Changes, fix.Finding.Id),
        .. await StillFoundAsync(after, fix.Changes, fix.Finding),
        .. LostTrivia(fix.Changes),
    ];

    /// <summary>What is wrong with the result of Fix All.</summary>
    public async Task<IReadOnlyList<Fault>> OfAllAsync(IReadOnlyList<Change> changes, IReadOnlyList<DocumentId> naming, Analysis after) =>
    [
        .. await NewErrorsAsync(after, changes.Select(change => change.Id).Concat(naming)),
        .. await NewWarningsAsync(after, changes),
        .. await NewFindingsAsync(after, changes, own: null),
        .. LostTrivia(changes),
    ];

    private async Task<IEnumerable<Fault>> NewErrorsAsync(Analysis after, IEnumerable<DocumentId> documents)
    {
        var faults = new List<Fault>();
        foreach (var id in documents.Distinct())
        {
            var errors = await after.ErrorsAsync(id);
            if (errors.Count == 0)
                continue;
            var old = (await before.ErrorsAsync(id)).CountBy(error => error.Id).ToDictionary();
            faults.AddRange(errors.GroupBy(error => error.Id)
                .Where(error => error.Count() > old.GetValueOrDefault(error.Key))
                .Select(error => new Fault(FailureKind.Error, error.Last().ToString())));
        }

        return faults;
    }

    private async Task<IEnumerable<Fault>> NewWarningsAsync(Analysis after, IReadOnlyList<Change> documents)
    {
        var faults = new List<Fault>();
        foreach (var document in documents)
        {
            var warnings = Places(await after.WarningsAsync(document.Id), document.NewText);
            if (warnings.Count == 0)
                continue;
            var old = Places(await before.WarningsAsync(document.Id), document.OldText);
            faults.AddRange(MoreOnChangedLines(document.Lines, old, warnings).Select(id => new Fault(FailureKind.Warning, $"{id} in {document.Path}")));
            var found = Places(await before.FindingsAsync(document.Id), document.OldText);
            faults.AddRange(warnings
                .Where(warning => warning.Id == DroppedTask && document.Lines.OldOf(warning.Line) is >= 0 and var line
                    && !old.Any(known => known.Id == DroppedTask && known.Line == line)
                    && !found.Any(finding => finding.Line == line && RulesOfDroppedTasks.Contains(finding.Id)))
                .Select(warning => new Fault(FailureKind.Warning, $"{warning.Id} in {document.Path}, line {warning.Line + 1}, where no rule found anything")));
        }

        return faults;
    }

    private async Task<IEnumerable<Fault>> NewFindingsAsync(Analysis after, IReadOnlyList<Change> documents, string? own)
    {
        var counts = new Dictionary<string, int>();
        var faults = new List<Fault>();
        foreach (var document in documents)
        {
            foreach (var finding in await after.FindingsAsync(document.Id))
            {
                if (!document.Lines.IsNew(Place.Of(finding, document.NewText).Line))
                    continue;
                if (finding.Id == EarlierLoops.Rule && finding.Id != own && EarlierLoops.Had(document, finding))
                    faults.Add(new Fault(FailureKind.NowEndless, $"{finding.Id} on changed lines"));
                else if (EarlierCalls.Rules.Contains(finding.Id) && finding.Id != own && EarlierCalls.Had(document, finding))
                    faults.Add(new Fault(FailureKind.NowAsync, $"{finding.Id} on changed lines"));
                else
                    counts[finding.Id] = counts.GetValueOrDefault(finding.Id) + 1;
            }

            foreach (var place in Places(await before.FindingsAsync(document.Id), document.OldText).Where(place => document.Lines.IsGone(place.Line)))
                counts[place.Id] = counts.GetValueOrDefault(place.Id) - 1;
        }

        faults.AddRange(counts.Where(count => count.Value > 0 && count.Key != own).OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => new Fault(Package.IsOn(count.Key) ? FailureKind.NewFinding : FailureKind.NewOptIn, $"{count.Key} on changed lines")));
        return faults;
    }

    private async Task<IEnumerable<Fault>> StillFoundAsync(Analysis after, IReadOnlyList<Change> documents, Diagnostic finding)
    {
        var home = before.Solution.GetDocument(finding.Location.SourceTree)!.Id;
        if (documents.FirstOrDefault(document => document.Id == home) is not { } changed)
        {
            return (await after.FindingsAsync(home, finding.Id)).Any(other => other.Location.SourceSpan == finding.Location.SourceSpan)
                ? [new Fault(FailureKind.StillFound, "its file is not changed")]
                : [];
        }

        var place = Place.Of(finding, changed.OldText);
        var left = Places(await after.FindingsAsync(home), changed.NewText).Where(other => other.Id == finding.Id).ToList();
        var old = Places(await before.FindingsAsync(home), changed.OldText).Where(other => other.Id == finding.Id).ToList();
        if (changed.Lines.NewOf(place.Line) is >= 0 and var line)
        {
            // Of two lines alike nobody can tell which one is left.
            var text = changed.OldText.Lines[place.Line].ToString();
            return left.Contains(place with { Line = line }) && CountOn(text, left, changed.NewText) >= CountOn(text, old, changed.OldText)
                ? [new Fault(FailureKind.StillFound, "its line is as it was")]
                : [];
        }

        return left.Count(other => changed.Lines.IsNew(other.Line)) >= old.Count(other => changed.Lines.IsGone(other.Line)) ? [new Fault(FailureKind.StillFound, "as many on changed lines as before")] : [];
    }

    private static IEnumerable<Fault> LostTrivia(IReadOnlyList<Change> documents)
    {
        var lost = KeptTrivia.Lost(documents.Select(document => document.OldRoot), documents.Select(document => document.NewRoot));
        return lost.Count == 0 ? [] : [new Fault(FailureKind.LostTrivia, string.Join(" | ", lost.Take(5)))];
    }

    private static List<Place> Places(IEnumerable<Diagnostic> diagnostics, SourceText text) =>
        [.. diagnostics.Select(diagnostic => Place.Of(diagnostic, text))];

    private static int CountOn(string line, IEnumerable<Place> places, SourceText text) => places.Count(place => text.Lines[place.Line].ToString() == line);

    private static IEnumerable<string> MoreOnChangedLines(LineMap lines, IEnumerable<Place> old, IEnumerable<Place> now)
    {
        var known = old.Where(place => lines.IsGone(place.Line)).CountBy(place => place.Id).ToDictionary();
        return now.Where(place => lines.IsNew(place.Line)).CountBy(place => place.Id)
            .Where(count => count.Value > known.GetValueOrDefault(count.Key))
            .Select(count => count.Key);
    }
}
