using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>The base of a rule's tests. The language of the code is in <see cref="Markup"/>.</summary>
public abstract class RuleTest(DiagnosticAnalyzer analyzer, CodeFixProvider? codeFix = null)
{
    /// <summary>How code is compiled where a test does not say.</summary>
    protected virtual Setup Setup => Setup.Default;

    private string Id => analyzer.SupportedDiagnostics[0].Id;

    /// <summary>The rule finds what is marked, and nothing else.</summary>
    protected Task Reports(string code, Setup? setup = null)
    {
        var markup = Markup.Parse(code, Id);
        Assert.Contains(markup.Expected, finding => finding.Id == Id);
        return Verify.Case(new Case(analyzer, codeFix, markup, null, null, setup ?? Setup));
    }

    /// <summary>The rule finds nothing.</summary>
    protected Task Silent(string code, Setup? setup = null)
    {
        var markup = Markup.Parse(code, Id);
        Assert.DoesNotContain(markup.Expected, finding => finding.Id == Id);
        return Verify.Case(new Case(analyzer, codeFix, markup, null, null, setup ?? Setup));
    }

    /// <summary>The fix, applied to one finding after the other and to all at once, makes <paramref name="after"/> of <paramref name="before"/>.</summary>
    /// <param name="idea">The equivalence key of the fix; the first one offered where it is null.</param>
    protected Task Fixes(string before, string after, string? idea = null, Setup? setup = null) =>
        Verify.Case(new Case(analyzer, codeFix, Markup.Parse(before, Id), Markup.Parse(after, Id), idea, setup ?? Setup));

    /// <summary>The rule finds what is marked, and offers no fix for it; or, with an <paramref name="idea"/>, not that one.</summary>
    protected async Task OffersNoFix(string code, string? idea = null, Setup? setup = null)
    {
        await Reports(code, setup);
        var solution = Workspaces.Create(Markup.Parse(code, Id).Files, setup ?? Setup);
        var actions = await OwnEngine.ActionsAsync(solution, analyzer, codeFix!);
        Assert.Empty(actions.Where(action => idea is null || action.EquivalenceKey == idea).Select(action => action.Title));
    }

    /// <summary>The titles of all fixes that are offered, in order.</summary>
    protected async Task<IReadOnlyList<string>> Titles(string code, Setup? setup = null)
    {
        var solution = Workspaces.Create(Markup.Parse(code, Id).Files, setup ?? Setup);
        return [.. (await OwnEngine.ActionsAsync(solution, analyzer, codeFix!)).Select(action => action.Title)];
    }

    /// <summary>The rule's findings themselves, in source order, for what markup cannot say: messages, severities, additional places.</summary>
    protected async Task<ImmutableArray<Diagnostic>> Findings(string code, Setup? setup = null)
    {
        var solution = Workspaces.Create(Markup.Parse(code, Id).Files, setup ?? Setup);
        return [.. (await Workspaces.DiagnosticsAsync(solution, analyzer)).Where(diagnostic => diagnostic.Id == Id).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
