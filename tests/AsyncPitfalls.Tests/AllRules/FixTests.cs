using AsyncPitfalls.FixTrials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

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

    [Fact]
    public async Task Loop_that_was_as_endless_before_is_no_failure_of_what_awaits_in_it()
    {
        const string Code = "using System.Threading; using System.Threading.Tasks; class C { static async Task F() { await Task.Yield(); while (true) Thread.Sleep(1); } }";
        var figures = await PassesTrialAsync(new Subject("loop", Workspaces.Create([new SourceFile("Test/Test.cs", Code)], Setup.Default)));
        Assert.Equal(3, figures.Of("AP0013", "AP0013_Await").Failures[FailureKind.NowEndless]);
    }

    [Theory]
    [InlineData("while (true) G();", "while (true) await G();", true)]
    [InlineData("for (;;) G();", "for (;;) await G();", true)]
    [InlineData("do G(); while (true);", "do await G(); while (true);", true)]
    [InlineData("while (b) G();", "while (true) await G();", false)]
    [InlineData("for (var i = 0; i < 3; i++) G();", "for (var i = 0; ; i++) await G();", false)]
    [InlineData("G();", "while (true) await G();", false)]
    public void Loop_is_told_from_one_that_a_fix_makes_endless(string before, string after, bool wasThere)
    {
        var (old, changed) = (CSharpSyntaxTree.ParseText($"async void F() {{ {before} }}"), CSharpSyntaxTree.ParseText($"async void F() {{ {after} }}"));
        var change = new Change(DocumentId.CreateNewId(ProjectId.CreateNewId()), "Test.cs", old.GetRoot(), changed.GetRoot(), old.GetText(), changed.GetText());
        var descriptor = new DiagnosticDescriptor(EarlierLoops.Rule, "", "", "", DiagnosticSeverity.Info, isEnabledByDefault: true);
        var keyword = changed.GetText().ToString().IndexOf(after, StringComparison.Ordinal);
        Assert.Equal(wasThere, EarlierLoops.Had(change, Diagnostic.Create(descriptor, Location.Create(changed, new TextSpan(keyword, 1)))));
    }

    [Theory]
    [InlineData("void F() { G(); H(); }", "async Task F() { await G(); [|H|](); }", true)]
    [InlineData("void F() { a.H(b.Result); }", "async Task F() { a.[|H|](await b); }", true)]
    [InlineData("void F() { void L() { G(); H(); } }", "void F() { async Task L() { await G(); [|H|](); } }", true)]
    [InlineData("void F() { M(() => { G(); H(); }); }", "void F() { M(async () => { await G(); [|H|](); }); }", true)]
    [InlineData("void F() { using var h = H(); G(); }", "async Task F() { [|using|] var h = H(); await G(); }", true)]
    [InlineData("void F() { using (h) G(); }", "async Task F() { [|using|] (h) await G(); }", true)]
    [InlineData("void F() { var h = H(); G(); }", "async Task F() { [|using|] var h = H(); await G(); }", false)]
    [InlineData("void F() { G(); }", "async Task F() { await G(); [|H|](); }", false)]
    [InlineData("void F() { a.H(); }", "async Task F() { b.[|H|](); }", false)]
    [InlineData("async void F() { G(); H(); }", "async Task F() { G(); [|H|](); }", false)]
    [InlineData("void F() { G(); H(); }", "void F() { K(); [|H|](); }", false)]
    [InlineData("void F() { G(); H(); }", "async Task L() { G(); [|H|](); }", false)]
    public void Call_is_told_from_one_that_a_fix_writes(string before, string after, bool wasThere)
    {
        var markup = Markup.Parse(after, "AP0013");
        var (old, changed) = (CSharpSyntaxTree.ParseText(before), CSharpSyntaxTree.ParseText(markup.Files[0].Text));
        var change = new Change(DocumentId.CreateNewId(ProjectId.CreateNewId()), "Test.cs", old.GetRoot(), changed.GetRoot(), old.GetText(), changed.GetText());
        var descriptor = new DiagnosticDescriptor("AP0013", "", "", "", DiagnosticSeverity.Info, isEnabledByDefault: true);
        Assert.Equal(wasThere, EarlierCalls.Had(change, Diagnostic.Create(descriptor, Location.Create(changed, markup.Expected.Single().Span))));
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

    private static async Task<Figures> PassesTrialAsync(Subject subject)
    {
        var figures = new Figures();
        await Trial.RunAsync(subject, new TrialSettings(), figures);
        Assert.NotEmpty(figures.OfIdeas);
        Assert.Empty(figures.Failures.Select(failure => $"{failure.Idea} ({failure.Scope}) at {failure.Span}: {failure.Fault.Kind}, {failure.Fault.Detail}\n{failure.Diff}"));
        return figures;
    }

    private sealed record Offer(Diagnostic Diagnostic, CodeAction Action, CodeFixProvider Fix);
}
