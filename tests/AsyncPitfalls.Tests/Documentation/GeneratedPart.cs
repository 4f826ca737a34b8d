namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A part of a page that is written and checked by tests: between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>, or a code block.</summary>
public static class GeneratedPart
{
    private const string Hint = "ASYNCPITFALLS_UPDATE=1 dotnet test writes it.";

    // Several test classes write to the same page, each at the same time as the others.
    private static readonly Lock Writing = new();

    /// <summary>Whether parts are written, not checked.</summary>
    public static bool Update { get; } = Environment.GetEnvironmentVariable("ASYNCPITFALLS_UPDATE") == "1";

    /// <summary>Checks the part, or writes it; a page that lacks it gets it below its first heading.</summary>
    public static void Check(string path, string name, string expected) => Check(path, name, expected, line: 1);

    /// <summary>Checks the part below the first code block of a section, or writes it there.</summary>
    public static void CheckBelowBlock(string path, PagePart section, string name, string expected) =>
        Check(path, name, expected, Page.Read(path).SectionOf(section).Blocks[0].LastLine + 1);

    /// <summary>Checks a whole file, or writes it.</summary>
    public static void CheckFile(string path, string expected)
    {
        if (!Page.Exists(path) && Update)
            Write(path, "");
        Assert.True(Page.Exists(path), $"{path} is missing. {Hint}");
        Check(path, expected, text => (0, text.Length));
    }

    /// <summary>Checks the part above the heading of a section, or writes it there.</summary>
    public static void CheckAbove(string path, PagePart section, string name, string expected) =>
        Check(path, name, expected, Page.Read(path).SectionOf(section).Line - 1);

    public static void CheckFirstLine(string path, string expected) => Check(path, expected, text => (0, text.IndexOf('\n')));

    /// <summary>Checks the first code block of a section with its fence, or writes it; a section that lacks it gets it first of all.</summary>
    public static void CheckBlock(string path, PagePart section, string info, string expected)
    {
        lock (Writing)
        {
            var page = Page.Read(path);
            var found = page.SectionOf(section);
            var block = found.Blocks.Count > 0 ? found.Blocks[0] : null;
            if (block is null && Update)
                Insert(page, found.Line + 1, $"\n{CodeBlock.Fence}{info}\n{expected}{CodeBlock.Fence}\n");
            else if (block is null)
                Assert.Fail($"{path} has no code below '{found.Title}'. {Hint}");
            else
                Check(path, $"{CodeBlock.Fence}{info}\n{expected}{CodeBlock.Fence}\n", text => Lines(text, block.FirstLine, block.LastLine + 1));
        }
    }

    private static void Check(string path, string name, string expected, int line)
    {
        var (start, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        lock (Writing)
        {
            var page = Page.Read(path);
            if (Update && !page.Text.Contains(start, StringComparison.Ordinal))
            {
                Insert(page, line, $"\n{start}{expected}{end}\n");
                return;
            }

            Check(path, expected, text =>
            {
                var begin = text.IndexOf(start, StringComparison.Ordinal);
                Assert.True(begin >= 0, $"{path} lacks the part '{name}'. {Hint}");
                begin += start.Length;
                var length = text.IndexOf(end, begin, StringComparison.Ordinal) - begin;
                Assert.True(length >= 0, $"{path} does not end the part '{name}'.");
                return (begin, length);
            });
        }
    }

    private static void Check(string path, string expected, Func<string, (int Begin, int Length)> find)
    {
        lock (Writing)
        {
            var text = Page.Read(path).Text;
            var (begin, length) = find(text);
            var actual = text.Substring(begin, length);
            if (actual == expected)
                return;
            if (Update)
                Write(path, text[..begin] + expected + text[(begin + length)..]);
            else
                Assert.Fail($"{path} is not up to date. {Hint}\n----- expected\n{expected}\n----- actual\n{actual}");
        }
    }

    private static void Insert(Page page, int line, string part)
    {
        var (begin, _) = Lines(page.Text, line, line);
        Write(page.Path, page.Text[..begin] + part + page.Text[begin..]);
    }

    /// <summary>Where some lines of a text are, from the first up to the one before the last.</summary>
    private static (int Begin, int Length) Lines(string text, int first, int last)
    {
        var lines = text.Split('\n');
        var begin = lines.Take(first).Sum(line => line.Length + 1);
        return (begin, lines.Skip(first).Take(last - first).Sum(line => line.Length + 1));
    }

    private static void Write(string path, string text) => File.WriteAllText(Path.Combine(Page.Root, path), text);
}
