using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.FixTrials;

/// <summary>How much is tried, and for how long.</summary>
/// <param name="Sample">The most findings of a rule that are tried in one subject, drawn by the seed.</param>
/// <param name="Seed">Draws the same findings each time.</param>
/// <param name="Patience">What may take no longer: one fix, or one run of Fix All.</param>
/// <param name="Rule">The only rule to try; null for all.</param>
public sealed record TrialSettings(int Sample = int.MaxValue, int Seed = 1, TimeSpan? Patience = null, string? Rule = null)
{
    /// <summary>The most documents in which one by one is compared with Fix All, per rule and idea.</summary>
    public int Compared { get; init; } = int.MaxValue;
}

/// <summary>Code to try fixes on.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Solution">The code.</param>
/// <param name="IsWhole">Whether it compiles; of code that does not, findings beside errors are left out.</param>
public sealed record Subject(string Name, Solution Solution, bool IsWhole = true);

/// <summary>Applies every fix to every finding of a subject, alone and by Fix All, and has each result judged.</summary>
public sealed class Trial
{
    private const int MostSteps = 12;

    private readonly Subject subject;
    private readonly TrialSettings settings;
    private readonly Figures figures;
    private readonly Analysis before;
    private readonly Judge judge;

    private Trial(Subject subject, TrialSettings settings, Figures figures)
    {
        this.subject = subject;
        this.settings = settings;
        this.figures = figures;
        before = new Analysis(Analysis.WithAllOn(subject.Solution));
        judge = new Judge(before);
    }

    private Solution Solution => before.Solution;

    public static async Task RunAsync(Subject subject, TrialSettings settings, Figures figures)
    {
        var trial = new Trial(subject, settings, figures);
        foreach (var rule in await trial.FindingsAsync())
            await trial.TryRuleAsync(rule.Key, [.. rule]);
    }

    private async Task<IEnumerable<IGrouping<string, Diagnostic>>> FindingsAsync()
    {
        var findings = new List<Diagnostic>();
        foreach (var project in Solution.Projects)
        {
            await before.FindAllAsync(project.Id);
            foreach (var document in project.Documents)
            {
                foreach (var finding in await before.FindingsAsync(document.Id))
                {
                    if (subject.IsWhole || !await SoundCode.IsBesideErrorAsync(before, document.Id, finding))
                        findings.Add(finding);
                }
            }
        }

        return findings.Where(finding => Fixing.FixOf(finding.Id) is not null && (settings.Rule is null || finding.Id == settings.Rule))
            .GroupBy(finding => finding.Id).OrderBy(rule => rule.Key, StringComparer.Ordinal);
    }

    private async Task TryRuleAsync(string rule, IReadOnlyList<Diagnostic> findings)
    {
        figures.Findings[rule] = figures.Findings.GetValueOrDefault(rule) + findings.Count;
        var fix = Fixing.FixOf(rule)!;
        var ideas = new SortedDictionary<string, List<Diagnostic>>(StringComparer.Ordinal);
        foreach (var finding in Drawn(findings))
            await TryOneAsync(finding, fix, ideas);
        foreach (var (idea, offered) in ideas)
            await TryAllAsync(rule, idea, fix, findings, offered);
    }

    private IEnumerable<Diagnostic> Drawn(IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Count <= settings.Sample)
            return findings;
        var drawn = findings.ToArray();
        new Random(settings.Seed).Shuffle(drawn);
        return drawn.Take(settings.Sample);
    }

    private async Task TryOneAsync(Diagnostic finding, CodeFixProvider fix, SortedDictionary<string, List<Diagnostic>> ideas)
    {
        figures.Of(finding.Id, "").Asked++;
        ImmutableArray<CodeAction> offers = [];
        await TimedAsync(finding, "", "one", async cancellation =>
        {
            offers = await Fixing.OffersAsync(Solution, finding, fix, cancellation);
            return null;
        });
        foreach (var offer in offers)
        {
            var idea = offer.EquivalenceKey ?? "";
            if (!ideas.TryGetValue(idea, out var offered))
                ideas.Add(idea, offered = []);
            offered.Add(finding);
            figures.Of(finding.Id, idea).Applied++;
            await TimedAsync(finding, idea, "one", async cancellation =>
            {
                var changed = await Fixing.ApplyAsync(offer, cancellation);
                return (changed, await judge.OfOneAsync(finding, changed));
            });
        }
    }

    private async Task TryAllAsync(string rule, string idea, CodeFixProvider fix, IReadOnlyList<Diagnostic> findings, List<Diagnostic> offered)
    {
        figures.Of(rule, idea).AllFindings += findings.Count;
        await TryAllAsync(offered[0], idea, fix, FixAllScope.Solution);
        if (Solution.ProjectIds.Count > 1)
            await TryAllAsync(offered[0], idea, fix, FixAllScope.Project);
        foreach (var document in offered.GroupBy(finding => finding.Location.SourceTree).Take(settings.Compared))
        {
            if (await TryAllAsync(document.First(), idea, fix, FixAllScope.Document) is not { } all)
                continue;
            if ((await before.FindingsAsync(IdOf(document.First()), rule)).Length <= MostSteps)
                await CompareAsync(document.First(), idea, fix, all);
        }
    }

    private async Task<Solution?> TryAllAsync(Diagnostic first, string idea, CodeFixProvider fix, FixAllScope scope)
    {
        var figure = figures.Of(first.Id, idea);
        Solution? all = null;
        figure.AllRuns++;
        await TimedAsync(first, idea, scope.ToString(), async cancellation =>
        {
            var clock = Stopwatch.StartNew();
            all = await Fixing.AllAsync(before, IdOf(first), fix, first.Id, idea, scope, cancellation);
            figure.LongestAll = clock.Elapsed > figure.LongestAll ? clock.Elapsed : figure.LongestAll;
            if (all is null)
                return (Solution, [new Fault(FailureKind.StillFound, "Fix All offers nothing")]);
            var after = new Analysis(all);
            var faults = new List<Fault>(await judge.OfAllAsync(after));
            if (scope == FixAllScope.Solution && subject.IsWhole)
                faults.AddRange((await after.BuildErrorsAsync()).Take(3).Select(error => new Fault(FailureKind.Error, error.ToString())));
            if (faults.Count == 0 && await Fixing.AllAsync(after, IdOf(first), fix, first.Id, idea, scope, cancellation) is { } again)
                faults.AddRange((await Changes.BetweenAsync(all, again)).Select(change => new Fault(FailureKind.Restless, $"{change.Path}\n{change.Lines.Diff()}")));
            return (all, faults);
        });
        return all;
    }

    /// <summary>Mends the findings of a document one by one, and compares.</summary>
    private async Task CompareAsync(Diagnostic first, string idea, CodeFixProvider fix, Solution all)
    {
        figures.Of(first.Id, idea).Compared++;
        await TimedAsync(first, idea, "one by one", async cancellation =>
        {
            var single = Solution;
            for (var step = 0; step < MostSteps * 2; step++)
            {
                if (await NextAsync(single, first, idea, fix, cancellation) is not { } next)
                    break;
                single = await Fixing.ApplyAsync(next, cancellation);
            }

            var differences = await Changes.BetweenAsync(all, single);
            return (all, [.. differences.Select(change => new Fault(FailureKind.Differs, $"{change.Path}\n{change.Lines.Diff()}"))]);
        });
    }

    private async Task<CodeAction?> NextAsync(Solution solution, Diagnostic first, string idea, CodeFixProvider fix, CancellationToken cancellation)
    {
        foreach (var finding in await new Analysis(solution).FindingsAsync(IdOf(first), first.Id))
        {
            var offers = await Fixing.OffersAsync(solution, finding, fix, cancellation);
            if (offers.FirstOrDefault(offer => offer.EquivalenceKey == idea) is { } offer)
                return offer;
        }

        return null;
    }

    /// <summary>Runs a part of the trial, and notes what is wrong with its result, also where it throws or does not end.</summary>
    private async Task TimedAsync(Diagnostic finding, string idea, string scope, Func<CancellationToken, Task<(Solution Changed, IReadOnlyList<Fault> Faults)?>> part)
    {
        using var cancellation = new CancellationTokenSource(settings.Patience ?? Timeout.InfiniteTimeSpan);
        try
        {
            if (await part(cancellation.Token) is { Faults.Count: > 0 } result)
            {
                var diff = Changes.Diff(await Changes.BetweenAsync(Solution, result.Changed));
                foreach (var fault in result.Faults)
                    Note(finding, idea, scope, fault, diff);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Note(finding, idea, scope, new Fault(FailureKind.TooSlow, $"more than {settings.Patience}"), "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Note(finding, idea, scope, new Fault(FailureKind.Throws, exception.ToString()), "");
        }
    }

    private void Note(Diagnostic finding, string idea, string scope, Fault fault, string diff)
    {
        var place = finding.Location.GetLineSpan();
        figures.Add(new Failure(subject.Name, finding.Id, idea, scope, place.Path, place.Span.ToString(), fault, diff));
    }

    private DocumentId IdOf(Diagnostic finding) => Solution.GetDocument(finding.Location.SourceTree)!.Id;
}
