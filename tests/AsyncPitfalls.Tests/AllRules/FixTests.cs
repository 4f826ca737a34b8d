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
    public async Task Each_fix_alone_removes_its_finding_and_breaks_nothing(string path)
    {
        var solution = Corpus.Solution(path);
        var before = await CountsAsync(solution);
        foreach (var (diagnostic, action, _) in await ActionsAsync(solution))
        {
            var changed = await OwnEngine.ApplyAsync(action);
            var after = await CountsAsync(changed);
            Assert.Empty(await Workspaces.BuildErrorsAsync(changed));
            Assert.True(
                after.All(found => !IsAsked(found.Key, diagnostic.Id) || found.Value <= before.GetValueOrDefault(found.Key) - (found.Key == diagnostic.Id ? 1 : 0)),
                $"'{action.Title}' for {diagnostic} leaves {Listed(after)} of {Listed(before)}:\n{await TextAsync(changed)}");
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Fix_All_breaks_nothing(string path)
    {
        var solution = Corpus.Solution(path);
        var before = await CountsAsync(solution);
        foreach (var (id, key, fix) in (await ActionsAsync(solution)).Select(offer => (offer.Diagnostic.Id, offer.Action.EquivalenceKey, offer.Fix)).Distinct())
        {
            var analyzer = Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == id);
            var changed = await OwnEngine.FixAllAsync(solution, FixAllScope.Solution, new Case(analyzer, fix, new Markup([], []), null, key, Setup.Default));
            var after = await CountsAsync(changed);
            Assert.True(
                after.All(found => !IsAsked(found.Key, id) || found.Value <= before.GetValueOrDefault(found.Key) - (found.Key == id ? 1 : 0)),
                $"Fix All of '{key}' leaves {Listed(after)} of {Listed(before)}:\n{await TextAsync(changed)}");
        }
    }

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

    private static async Task<Dictionary<string, int>> CountsAsync(Solution solution) =>
        (await Workspaces.DiagnosticsAsync(solution, Package.Analyzers)).CountBy(diagnostic => diagnostic.Id).ToDictionary();

    /// <summary>Whether a fix must not bring findings of a rule: its own, and those that are on where no configuration names them.</summary>
    private static bool IsAsked(string rule, string own) => rule == own || Package.IsOn(rule);

    private static string Listed(Dictionary<string, int> counts) => string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));

    private static async Task<string> TextAsync(Solution solution)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.Single().Documents.Where(document => document.Name != Workspaces.ImplicitUsingsPath))
            texts.Add($"----- {document.Name}\n{await document.GetTextAsync()}");
        return string.Join('\n', texts);
    }

    private sealed record Offer(Diagnostic Diagnostic, CodeAction Action, CodeFixProvider Fix);
}
