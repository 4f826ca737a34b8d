using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>
/// The block under <i>Pitfall</i>, with the samples that its section links to compiled in, what is reported in it, and what
/// the rule's first fix makes of it. Several tests ask, and each answer is worked out once.
/// </summary>
public sealed partial class PitfallProgram
{
    private const string FileName = "Test.cs";

    private static readonly ConcurrentDictionary<string, PitfallProgram> All = [];

    private readonly Page page;
    private readonly Setup setup;
    private readonly IReadOnlyList<SourceFile> files;

    private readonly Lazy<Task<IReadOnlyList<Diagnostic>>> findings;
    private readonly Lazy<Task<Solution?>> mended;

    private PitfallProgram(Page page)
    {
        this.page = page;
        var section = page.SectionOf(PagePart.Pitfall);
        Block = section.Blocks[0];
        // What is configuration is seen in any code; what is code is all there is.
        var isCode = Block.Language == "csharp";
        setup = Block.Language switch
        {
            "csharp" => Setup.AspNet with { ImplicitUsings = false },
            "ini" => new Setup { EditorConfig = Block.Text.Replace("[*.cs]\n", "", StringComparison.Ordinal) },
            "json" => new Setup { Baseline = Block.Text },
            var language => throw new InvalidOperationException($"{page.Path} has a pitfall in '{language}'."),
        };
        var samples = SampleLink().Matches(section.Text).Select(match => match.Groups["name"].Value).Distinct();
        files =
        [
            new SourceFile($"Test/{FileName}", isCode ? Block.Text : "class Program { }\n"),
            .. samples.Select(name => new SourceFile($"Test/{name}", File.ReadAllText(Path.Combine(Page.Root, "docs", "rules", "samples", name)))),
        ];
        findings = new(FindAsync);
        mended = new(MendAsync);
    }

    public CodeBlock Block { get; }

    /// <summary>The program of an English page; its twin has the same.</summary>
    public static PitfallProgram Of(string path) => All.GetOrAdd(path, _ => new PitfallProgram(Page.Read(path)));

    public Solution Solution => Workspaces.Create(files, setup);

    /// <summary>The solution with another text for the block of the page.</summary>
    public Solution SolutionOf(string text) => Workspaces.Create([files[0] with { Text = text }, .. files.Skip(1)], setup);

    /// <summary>What the compiler and all rules say of the program, in the order of the text.</summary>
    public Task<IReadOnlyList<Diagnostic>> FindingsAsync() => findings.Value;

    /// <summary>The solution after Fix All with the rule's first fix; null where the rule has no fix, or none for this.</summary>
    public Task<Solution?> MendedAsync() => mended.Value;

    /// <summary>The text that a solution has for the block of the page.</summary>
    public static async Task<string> TextAsync(Solution solution)
    {
        SourceText text = await solution.Projects.Single().Documents.Single(document => document.Name == FileName).GetTextAsync();
        return text.ToString();
    }

    private async Task<IReadOnlyList<Diagnostic>> FindAsync() =>
        [.. (await Workspaces.DiagnosticsAsync(Solution, Package.Analyzers)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    private async Task<Solution?> MendAsync()
    {
        var analyzer = Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == page.RuleId);
        var fix = Package.CodeFixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(page.RuleId));
        if (fix is null || (await OwnEngine.ActionsAsync(Solution, analyzer, fix)).IsEmpty)
            return null;
        return await OwnEngine.FixAllAsync(Solution, FixAllScope.Document, new Case(analyzer, fix, new Markup(files, []), null, null, setup));
    }

    [GeneratedRegex(@"\]\(samples/(?<name>\w+\.cs)\)")]
    private static partial Regex SampleLink();
}
