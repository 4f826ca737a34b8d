using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.FixTrials;

/// <summary>The trial of one rule in one subject.</summary>
public sealed class RuleTrial(Subject subject, TrialSettings settings, Analysis before, Judge judge, string rule)
{
    private const int MostSteps = 12;

    private readonly CodeFixProvider fix = Fixing.FixOf(rule)!;

    /// <summary>What it has come to.</summary>
    public Figures Figures { get; } = new();

    private Solution Solution => before.Solution;

    public async Task RunAsync(IReadOnlyList<Diagnostic> findings)
    {
        Figures.Findings[rule] = findings.Count;
        var ideas = new SortedDictionary<string, List<Diagnostic>>(StringComparer.Ordinal);
        var made = new List<SingleFix>();
        foreach (var finding in Drawn(findings))
            await MakeOneAsync(finding, ideas, made);
        foreach (var batch in FixBatch.Of(made))
            await JudgeAsync(batch);
        foreach (var (idea, offered) in ideas)
            await TryAllAsync(idea, offered);
    }

    private IEnumerable<Diagnostic> Drawn(IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Count <= settings.Sample)
            return findings;
        var drawn = findings.ToArray();
        new Random(settings.Seed).Shuffle(drawn);
        return drawn.Take(settings.Sample);
    }

    private async Task MakeOneAsync(Diagnostic finding, SortedDictionary<string, List<Diagnostic>> ideas, List<SingleFix> made)
    {
        Figures.Of(rule, "").Asked++;
        ImmutableArray<CodeAction> offers = [];
        await TimedAsync(finding, "", "one", async cancellation => offers = await Fixing.OffersAsync(Solution, finding, fix, cancellation));
        foreach (var offer in offers)
        {
            var idea = offer.EquivalenceKey ?? "";
            if (!ideas.TryGetValue(idea, out var offered))
                ideas.Add(idea, offered = []);
            offered.Add(finding);
            Figures.Of(rule, idea).Applied++;
            await TimedAsync(finding, idea, "one", async cancellation =>
            {
                var changes = await Changes.BetweenAsync(Solution, await Fixing.ApplyAsync(offer, cancellation));
                made.Add(new SingleFix(finding, idea, changes, await judge.NamingAsync(changes)));
            });
        }
    }

    /// <summary>Judges fixes that have no file in common in one solution; what seems wrong there is looked at again alone.</summary>
    private async Task JudgeAsync(FixBatch batch)
    {
        var after = new Analysis(batch.AppliedTo(Solution));
        foreach (var single in batch.Fixes)
        {
            await TimedAsync(single.Finding, single.Idea, "one", async _ =>
            {
                var faults = await judge.OfOneAsync(single, after);
                if (faults.Count > 0 && batch.Fixes.Count > 1)
                    faults = await judge.OfOneAsync(single, new Analysis(new FixBatch(single).AppliedTo(Solution)));
                Note(single.Finding, single.Idea, "one", faults, single.Changes);
            });
        }
    }

    private async Task TryAllAsync(string idea, List<Diagnostic> offered)
    {
        await TryAllAsync(offered[0], idea, FixAllScope.Solution);
        if (Solution.ProjectIds.Count > 1)
            await TryAllAsync(offered[0], idea, FixAllScope.Project);
        // Where there are most, most can go wrong.
        var documents = offered.GroupBy(finding => finding.Location.SourceTree).OrderByDescending(document => document.Count());
        foreach (var document in documents.Take(settings.Compared))
        {
            if (await TryAllAsync(document.First(), idea, FixAllScope.Document) is not { } all)
                continue;
            if ((await before.FindingsAsync(IdOf(document.First()), rule)).Length <= MostSteps)
                await CompareAsync(document.First(), idea, all);
        }
    }

    private async Task<Solution?> TryAllAsync(Diagnostic first, string idea, FixAllScope scope)
    {
        var figure = Figures.Of(rule, idea);
        figure.AllRuns++;
        var clock = Stopwatch.StartNew();
        var (hasEnded, all) = await MakeAllAsync(before, first, idea, scope);
        figure.LongestAll = clock.Elapsed > figure.LongestAll ? clock.Elapsed : figure.LongestAll;
        if (all is not null)
            await TimedAsync(first, idea, scope.ToString(), _ => JudgeAllAsync(first, idea, scope, all));
        else if (hasEnded)
            Note(first, idea, scope.ToString(), [new Fault(FailureKind.StillFound, "Fix All offers nothing")], []);
        return all;
    }

    /// <summary>Runs Fix All; that it throws or does not end is noted.</summary>
    private async Task<(bool HasEnded, Solution? All)> MakeAllAsync(Analysis code, Diagnostic first, string idea, FixAllScope scope)
    {
        Solution? all = null;
        var hasEnded = await TimedAsync(first, idea, scope.ToString(), async cancellation => all = await Fixing.AllAsync(code, IdOf(first), fix, rule, idea, scope, cancellation));
        return (hasEnded, all);
    }

    private async Task JudgeAllAsync(Diagnostic first, string idea, FixAllScope scope, Solution all)
    {
        var changes = await Changes.BetweenAsync(Solution, all);
        var naming = await judge.NamingAsync(changes);
        var after = new Analysis(all, before, [.. changes.Select(change => change.Id), .. naming]);
        var faults = new List<Fault>(await judge.OfAllAsync(changes, naming, after));
        if (scope == FixAllScope.Solution && subject.IsWhole)
            faults.AddRange((await after.BuildErrorsAsync(changes.Select(change => change.Id.ProjectId))).Take(3).Select(error => new Fault(FailureKind.Error, error.ToString())));
        if (faults.Count == 0 && await MakeAllAsync(after, first, idea, scope) is { All: { } again })
            faults.AddRange((await Changes.BetweenAsync(all, again)).Select(change => new Fault(FailureKind.Restless, $"{change.Path}\n{change.Lines.Diff()}")));
        Note(first, idea, scope.ToString(), faults, changes);
    }

    /// <summary>Mends the findings of a document one by one, and compares.</summary>
    private async Task CompareAsync(Diagnostic first, string idea, Solution all)
    {
        Figures.Of(rule, idea).Compared++;
        var single = Solution;
        for (var step = 0; step < MostSteps * 2; step++)
        {
            CodeAction? next = null;
            if (!await TimedAsync(first, idea, "one by one", async cancellation =>
                {
                    next = await NextAsync(single, first, idea, cancellation);
                    single = next is null ? single : await Fixing.ApplyAsync(next, cancellation);
                }))
                return;
            if (next is null)
                break;
        }

        await TimedAsync(first, idea, "one by one", async _ =>
        {
            var differences = await Changes.BetweenAsync(all, single);
            Note(
                first, idea, "one by one",
                [.. differences.Select(change => new Fault(FailureKind.Differs, $"{change.Path}\n{change.Lines.Diff()}"))],
                differences.Count == 0 ? [] : await Changes.BetweenAsync(Solution, all));
        });
    }

    private async Task<CodeAction?> NextAsync(Solution solution, Diagnostic first, string idea, CancellationToken cancellation)
    {
        foreach (var finding in await new Analysis(solution).FindingsAsync(IdOf(first), rule))
        {
            var offers = await Fixing.OffersAsync(solution, finding, fix, cancellation);
            if (offers.FirstOrDefault(offer => offer.EquivalenceKey == idea) is { } offer)
                return offer;
        }

        return null;
    }

    /// <summary>Runs a part of the trial, and notes where it throws or does not end; only what takes the token can be too slow. False where it was noted.</summary>
    private async Task<bool> TimedAsync(Diagnostic finding, string idea, string scope, Func<CancellationToken, Task> part)
    {
        using var cancellation = new CancellationTokenSource(settings.Patience ?? Timeout.InfiniteTimeSpan);
        try
        {
            await part(cancellation.Token);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Note(finding, idea, scope, [new Fault(FailureKind.TooSlow, $"more than {settings.Patience}")], []);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Note(finding, idea, scope, [new Fault(FailureKind.Throws, exception.ToString())], []);
        }

        return false;
    }

    private void Note(Diagnostic finding, string idea, string scope, IReadOnlyList<Fault> faults, IReadOnlyList<Change> changes)
    {
        var place = finding.Location.GetLineSpan();
        foreach (var fault in faults)
            Figures.Add(new Failure(subject.Name, rule, idea, scope, place.Path, place.Span.ToString(), fault, Changes.Diff(changes)));
    }

    private DocumentId IdOf(Diagnostic finding) => Solution.GetDocument(finding.Location.SourceTree)!.Id;
}
