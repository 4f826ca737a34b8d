using System.Text;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A fenced block of a page: its language and its text.</summary>
public sealed record CodeBlock(string Language, string Text);

/// <summary>A heading with what stands below it, up to the next heading.</summary>
public sealed record Section(int Level, string Title, string Text, IReadOnlyList<CodeBlock> Blocks);

/// <summary>A page of the documentation, as Markdown has it.</summary>
public sealed record Page(string Path, string Text, IReadOnlyList<Section> Sections)
{
    public const string Chinese = ".zh-Hans.md";

    private const string Fence = "```";

    public static string Root { get; } = ReferenceSets.BuildFact("RepositoryRoot");

    /// <summary>All pages, in English and Chinese, by their path from the repository's root.</summary>
    public static IEnumerable<string> All => Directory
        .GetFiles(System.IO.Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Concat(Directory.GetFiles(Root, "*.md"))
        .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The pages of the rules, in English.</summary>
    public static IEnumerable<string> OfRules => All.Where(path => path.StartsWith("docs/rules/AP", StringComparison.Ordinal) && !IsChinese(path));

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

    private static List<Section> SectionsOf(string text)
    {
        var sections = new List<Section>();
        var (level, title, body) = (0, "", new StringBuilder());
        var inFence = false;
        foreach (var line in text.Split('\n'))
        {
            inFence ^= line.StartsWith(Fence, StringComparison.Ordinal);
            if (inFence || !line.StartsWith('#'))
            {
                body.Append(line).Append('\n');
                continue;
            }

            sections.Add(new Section(level, title, body.ToString(), BlocksOf(body.ToString())));
            (level, title, body) = (line.IndexOf(' '), line.TrimStart('#').Trim(), new StringBuilder());
        }

        sections.Add(new Section(level, title, body.ToString(), BlocksOf(body.ToString())));
        return sections[1..];
    }

    private static List<CodeBlock> BlocksOf(string text)
    {
        var blocks = new List<CodeBlock>();
        string? language = null;
        var block = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block.Append(line).Append('\n');
                continue;
            }

            if (language is not null)
                blocks.Add(new CodeBlock(language, block.ToString()));
            language = language is null ? line[Fence.Length..].Trim() : null;
            block.Clear();
        }

        return blocks;
    }
}
