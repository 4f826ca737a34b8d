using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The block under <i>Pitfall</i>, with the samples that its section links to compiled in, and what the rule's first fix makes of it.</summary>
public sealed partial class PitfallProgram
{
    private const string FileName = "Test.cs";

    private readonly Page page;
    private readonly Setup setup;
    private readonly IReadOnlyList<SourceFile> files;

    public PitfallProgram(Page page)
    {
        this.page = page;
        var section = page.SectionOf(PagePart.Pitfall);
        Block = section.Blocks[0];
        // What is configuration is seen in any code; what is code is all there is.
        var isCode = Block.Language == "csharp";
        setup = isCode ? Setup.AspNet with { ImplicitUsings = false } : new Setup { EditorConfig = Block.Text.Replace("[*.cs]\n", "", StringComparison.Ordinal) };
        var samples = SampleLink().Matches(section.Text).Select(match => match.Groups["name"].Value).Distinct();
        files =
        [
            new SourceFile($"Test/{FileName}", isCode ? Block.Text : "class Program { }\n"),
            .. samples.Select(name => new SourceFile($"Test/{name}", File.ReadAllText(Path.Combine(Page.Root, "docs", "rules", "samples", name)))),
        ];
    }

    public CodeBlock Block { get; }

    public Solution Solution => Workspaces.Create(files, setup);

    /// <summary>The solution with another text for the block of the page.</summary>
    public Solution SolutionOf(string text) => Workspaces.Create([files[0] with { Text = text }, .. files.Skip(1)], setup);

    /// <summary>What the compiler and all rules say of a solution, in the order of the text.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Solution solution) =>
        [.. (await Workspaces.DiagnosticsAsync(solution, Package.Analyzers)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    /// <summary>The solution after Fix All with the rule's first fix; null where the rule has no fix, or none for this.</summary>
    public async Task<Solution?> MendedAsync()
    {
        var analyzer = Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == page.RuleId);
        var fix = Package.CodeFixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(page.RuleId));
        if (fix is null || (await OwnEngine.ActionsAsync(Solution, analyzer, fix)).IsEmpty)
            return null;
        return await OwnEngine.FixAllAsync(Solution, FixAllScope.Document, new Case(analyzer, fix, new Markup(files, []), null, null, setup));
    }

    /// <summary>The text that a solution has for the block of the page.</summary>
    public static async Task<string> TextAsync(Solution solution)
    {
        SourceText text = await solution.Projects.Single().Documents.Single(document => document.Name == FileName).GetTextAsync();
        return text.ToString();
    }

    [GeneratedRegex(@"\]\(samples/(?<name>\w+\.cs)\)")]
    private static partial Regex SampleLink();
}
