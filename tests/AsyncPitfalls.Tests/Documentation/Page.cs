namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A heading with what stands below it, up to the next heading, and the line of the page that it is on.</summary>
public sealed record Section(int Level, string Title, int Line, string Text, IReadOnlyList<CodeBlock> Blocks);

/// <summary>A page of the documentation, as Markdown has it.</summary>
public sealed record Page(string Path, string Text, IReadOnlyList<Section> Sections)
{
    public const string Chinese = ".zh-Hans.md";

    public static string Root { get; } = ReferenceSets.BuildFact("RepositoryRoot");

    /// <summary>All pages, in English and Chinese, by their path from the repository's root.</summary>
    public static IEnumerable<string> All => Directory
        .GetFiles(System.IO.Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{System.IO.Path.DirectorySeparatorChar}node_modules{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Concat(Directory.GetFiles(Root, "*.md"))
        .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The pages of the rules, in English; errors of the build have one too, but are no rules.</summary>
    public static IEnumerable<string> OfRules => All.Where(path =>
        path.StartsWith("docs/rules/AP", StringComparison.Ordinal) && !IsChinese(path) && !BuildErrors.Ids.Any(id => path == $"docs/rules/{id}.md"));

    /// <summary>Those of them that are about a pitfall of asynchronous code, not about the configuration of the package.</summary>
    public static IEnumerable<string> OfPitfalls => OfRules.Where(path => !path.StartsWith("docs/rules/AP9", StringComparison.Ordinal));

    /// <summary>The id of the rule that a page is about.</summary>
    public string RuleId => System.IO.Path.GetFileName(Path).Split('.')[0];

    public static bool IsChinese(string path) => path.EndsWith(Chinese, StringComparison.Ordinal);

    /// <summary>The path of a page's twin in the other language.</summary>
    public static string TwinOf(string path) => IsChinese(path)
        ? path[..^Chinese.Length] + ".md"
        : path[..^".md".Length] + Chinese;

    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(Root, path));

    public static Page Read(string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n");
        return new Page(path, text, SectionsOf(text));
    }

    /// <summary>The one section with a title; the page must have it.</summary>
    public Section SectionOf(string title) =>
        Sections.SingleOrDefault(section => section.Title == title) ?? throw new InvalidOperationException($"{Path} lacks the heading '{title}'.");

    /// <summary>A section of the page of a rule, in the page's language.</summary>
    public Section SectionOf(PagePart part) => SectionOf(Words.Of(Path).Headings[(int)part]);

    private static List<Section> SectionsOf(string text)
    {
        var lines = text.Split('\n');
        var headings = new List<int>();
        var inFence = false;
        for (var i = 0; i < lines.Length; i++)
        {
            inFence ^= lines[i].StartsWith(CodeBlock.Fence, StringComparison.Ordinal);
            if (!inFence && lines[i].StartsWith('#'))
                headings.Add(i);
        }

        return [.. headings.Select((line, i) => SectionAt(lines, line, i + 1 < headings.Count ? headings[i + 1] : lines.Length))];
    }

    private static Section SectionAt(string[] lines, int heading, int end)
    {
        var (level, title) = (lines[heading].IndexOf(' '), lines[heading].TrimStart('#').Trim());
        return new Section(level, title, heading, Join(lines, heading + 1, end), [.. BlocksOf(lines, heading + 1, end)]);
    }

    private static IEnumerable<CodeBlock> BlocksOf(string[] lines, int start, int end)
    {
        var open = -1;
        for (var i = start; i < end; i++)
        {
            if (!lines[i].StartsWith(CodeBlock.Fence, StringComparison.Ordinal))
                continue;
            if (open >= 0)
                yield return new CodeBlock(lines[open][CodeBlock.Fence.Length..].Trim(), Join(lines, open + 1, i), open, i);
            open = open < 0 ? i : -1;
        }
    }

    private static string Join(string[] lines, int start, int end) => string.Concat(lines[start..end].Select(line => line + "\n"));
}
