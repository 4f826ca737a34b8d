using AsyncPitfalls.FixTrials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Every fix that is offered anywhere: its result compiles, removes its finding and brings none.</summary>
public sealed class FixTests
{
    private const int MostSteps = 80;

    public static TheoryData<string> Programs => [.. Corpus.Programs];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Each_fix_alone_and_all_together_do_only_what_they_should(string path) => PassesTrialAsync(new Subject(path, Corpus.Solution(path)));

    [NeedsCSharpTheory(14)]
    [MemberData(nameof(Programs))]
    public async Task No_comment_is_lost_wherever_it_stands(string path) =>
        await PassesTrialAsync(await CommentedSubject.OfAsync(new Subject(path, Corpus.Solution(path)), seed: 1));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Fixing_everything_comes_to_an_end_and_compiles(string path)
    {
        var solution = Corpus.Solution(path);
        for (var step = 0; step < MostSteps; step++)
        {
            if ((await ActionsAsync(solution, first: true)).FirstOrDefault() is not { Action: { } action })
                break;
            solution = await OwnEngine.ApplyAsync(action);
        }

        Assert.Empty(await ActionsAsync(solution, first: true));
        Assert.Empty(await Workspaces.BuildErrorsAsync(solution));
    }

    private static async Task<List<Offer>> ActionsAsync(Solution solution, bool first = false)
    {
        var offers = new List<Offer>();
        foreach (var diagnostic in await AllRulesRun.FindingsAsync(solution))
        {
            foreach (var fix in Package.CodeFixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                offers.AddRange((await OwnEngine.ActionsAsync(solution, diagnostic, fix)).Select(action => new Offer(diagnostic, action, fix)));
            if (first && offers.Count > 0)
                break;
        }

        return offers;
    }

    private static async Task PassesTrialAsync(Subject subject)
    {
        var figures = new Figures();
        await Trial.RunAsync(subject, new TrialSettings(), figures);
        Assert.NotEmpty(figures.OfIdeas);
        Assert.Empty(figures.Failures.Select(failure => $"{failure.Idea} ({failure.Scope}) at {failure.Span}: {failure.Fault.Kind}, {failure.Fault.Detail}\n{failure.Diff}"));
    }

    private sealed record Offer(Diagnostic Diagnostic, CodeAction Action, CodeFixProvider Fix);
}
