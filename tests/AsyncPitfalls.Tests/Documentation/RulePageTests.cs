using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>What the page of a rule shows is true: its pitfall is found on the marked lines, and its fix makes what is shown as mended.</summary>
public sealed class RulePageTests
{
    /// <summary>What a page says where its pitfall has no fix.</summary>
    private const string NoFix = "There is no code fix";

    // What is no pitfall of asynchronous code does nothing at run time, and has no twin in asyncio.
    private static readonly PagePart[] OfPitfallsOnly = [PagePart.Output, PagePart.AsyncioTwin, PagePart.MendedOutput];

    public static TheoryData<string> Pages => [.. Page.OfRules];

    public static TheoryData<string> BothPages => [.. Page.OfRules.SelectMany(path => new[] { path, Page.TwinOf(path) })];

    public static TheoryData<string> PagesOfPitfalls => [.. Page.OfPitfalls];

    public static TheoryData<string> BothPagesOfPitfalls => [.. Page.OfPitfalls.SelectMany(path => new[] { path, Page.TwinOf(path) })];

    [Theory]
    [MemberData(nameof(BothPages))]
    public void A_page_has_the_headings_of_all_pages(string path)
    {
        var page = Page.Read(path);
        var isOfPitfall = !page.RuleId.StartsWith("AP9", StringComparison.Ordinal);
        Assert.Equal(
            Enum.GetValues<PagePart>().Where(part => isOfPitfall || !OfPitfallsOnly.Contains(part)).Select(part => Words.Of(path).Headings[(int)part]),
            page.Sections.Where(section => section.Level == 2).Select(section => section.Title));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_pitfall_is_found_on_the_marked_lines_and_nothing_else(string path)
    {
        var program = PitfallProgram.Of(path);
        var found = await program.FindingsAsync();
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.True(diagnostic.Id == Page.Read(path).RuleId, diagnostic.ToString()));
        if (program.Block.Language == "csharp")
            Assert.Equal(program.Block.Marked, found.Select(LineOf).Distinct());
    }

    /// <summary>The reader sees what the compiler says of the marked lines, in the language of the page.</summary>
    [Theory]
    [MemberData(nameof(PagesOfPitfalls))]
    public async Task The_page_shows_what_is_reported(string path)
    {
        var found = await PitfallProgram.Of(path).FindingsAsync();
        foreach (var page in new[] { path, Page.TwinOf(path) })
        {
            var words = Words.Of(page);
            var lines = found.Select(finding => $"- {words.LineBefore}{LineOf(finding)}{words.LineAfter}{words.Colon}{InMarkdown(finding.GetMessage(words.Culture))}\n");
            GeneratedPart.CheckBelowBlock(page, PagePart.Pitfall, "findings", string.Concat(lines));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_first_fix_makes_the_mended_code_to_the_letter(string path)
    {
        var program = PitfallProgram.Of(path);
        var saysNoFix = Page.Read(path).SectionOf(PagePart.Mended).Text.Contains(NoFix, StringComparison.Ordinal);
        var mended = await program.MendedAsync();
        Assert.True(saysNoFix == mended is null, $"{path} says '{NoFix}' under 'Mended' where there is one, or does not where there is none.");
        if (mended is null)
            return;
        var text = await PitfallProgram.TextAsync(mended);
        foreach (var page in new[] { path, Page.TwinOf(path) })
            GeneratedPart.CheckBlock(page, PagePart.Mended, "csharp" + LineMarks.Format(LineMarks.Changed(program.Block.Text, text)), text);
        Assert.Empty(await Workspaces.DiagnosticsAsync(mended, Package.Analyzers));
        Assert.Empty(await Workspaces.BuildErrorsAsync(mended));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_options_of_the_rule_are_named(string path)
    {
        var page = Page.Read(path);
        var options = page.SectionOf(PagePart.Options).Text;
        Assert.All(
            RuleOption.All.Where(option => option.Rules.Contains(page.RuleId)),
            option => Assert.Contains($"`{option.Key}`", options, StringComparison.Ordinal));
    }

    /// <summary>A reader can check why: the page links to where the runtime or its documentation says so.</summary>
    [Theory]
    [MemberData(nameof(BothPagesOfPitfalls))]
    public void The_reason_has_its_source(string path) => Assert.Matches(
        @"\]\(https://(learn\.microsoft\.com/|devblogs\.microsoft\.com/(dotnet|pfxteam)/|github\.com/dotnet/)", Page.Read(path).SectionOf(PagePart.Why).Text);

    /// <summary>A reader who has another analyzer learns which of its rules sees a part of this.</summary>
    [Theory]
    [MemberData(nameof(BothPagesOfPitfalls))]
    public void The_rules_of_other_analyzers_are_named(string path) =>
        Assert.Contains($"\n- {Words.Of(path).OtherAnalyzers}{Words.Of(path).Colon}", Page.Read(path).SectionOf(PagePart.Related).Text, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(BothPagesOfPitfalls))]
    public void The_twin_in_asyncio_is_code(string path) =>
        Assert.Contains(Page.Read(path).SectionOf(PagePart.AsyncioTwin).Blocks, block => block.Language == "python");

    private static int LineOf(Diagnostic finding) => finding.Location.GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>A message as the text of a page: what Markdown or HTML would read as markup is not.</summary>
    private static string InMarkdown(string message) => message
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal);
}
