using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>What the page of a rule shows is true: its pitfall is found, and its fix makes what is shown as mended.</summary>
public sealed class RulePageTests
{
    /// <summary>What a page says where its pitfall has no fix.</summary>
    private const string NoFix = "There is no code fix";

    private static readonly string[] Headings =
        ["What happens", "Pitfall", "Why", "The asyncio twin", "Mended", "When it is fine, and how to say so", "Options", "Related"];

    public static TheoryData<string> Pages => [.. Page.OfRules];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_the_headings_of_all_pages(string path)
    {
        var page = Page.Read(path);
        // What is no pitfall of asynchronous code has no twin in asyncio.
        var expected = page.RuleId.StartsWith("AP9", StringComparison.Ordinal) ? Headings.Where(heading => heading != "The asyncio twin") : Headings;
        Assert.Equal(expected, page.Sections.Where(section => section.Level == 2).Select(section => section.Title));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_pitfall_is_found_and_nothing_else(string path)
    {
        var page = Page.Read(path);
        var block = Assert.Single(page.SectionOf("Pitfall").Blocks);
        var found = await Workspaces.DiagnosticsAsync(Workspaces.Create(FilesOf(block), SetupOf(block)), Package.Analyzers);
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.True(diagnostic.Id == page.RuleId, diagnostic.ToString()));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_first_fix_makes_the_mended_code_to_the_letter(string path)
    {
        var page = Page.Read(path);
        var pitfall = page.SectionOf("Pitfall").Blocks[0];
        var mended = page.SectionOf("Mended");
        var saysNoFix = mended.Text.Contains(NoFix, StringComparison.Ordinal);
        if (Package.CodeFixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(page.RuleId)) is not { } fix)
        {
            Assert.True(saysNoFix, $"{path} does not say '{NoFix}' under 'Mended'.");
            return;
        }

        var analyzer = Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == page.RuleId);
        var solution = Workspaces.Create(FilesOf(pitfall), SetupOf(pitfall));
        if (saysNoFix)
        {
            Assert.Empty(await OwnEngine.ActionsAsync(solution, analyzer, fix));
            return;
        }

        var fixedSolution = await OwnEngine.FixAllAsync(solution, FixAllScope.Document, new Case(analyzer, fix, new Markup(FilesOf(pitfall), []), null, null, SetupOf(pitfall)));
        var document = fixedSolution.Projects.Single().Documents.Single(document => document.Name == "Test.cs");
        Assert.Equal(mended.Blocks[0].Text, (await document.GetTextAsync()).ToString());
        Assert.Empty(await Workspaces.DiagnosticsAsync(fixedSolution, Package.Analyzers));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_options_of_the_rule_are_named(string path)
    {
        var page = Page.Read(path);
        var options = page.SectionOf("Options").Text;
        Assert.All(
            RuleOption.All.Where(option => option.Rules.Contains(page.RuleId)),
            option => Assert.Contains($"`{option.Key}`", options, StringComparison.Ordinal));
    }

    private static IReadOnlyList<SourceFile> FilesOf(CodeBlock block) =>
        [new SourceFile("Test/Test.cs", block.Language == "csharp" ? block.Text : "class Program { }\n")];

    private static Setup SetupOf(CodeBlock block) => block switch
    {
        { Language: "ini" } => new Setup { EditorConfig = block.Text.Replace("[*.cs]\n", "", StringComparison.Ordinal) },
        _ when block.Text.Contains("using System.Windows", StringComparison.Ordinal) => Setup.Desktop,
        _ => Setup.AspNet,
    };
}
