namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A part of a page between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c> that is written and checked by tests.</summary>
public static class GeneratedPart
{
    private const string Hint = "ASYNCPITFALLS_UPDATE=1 dotnet test writes it.";

    private static readonly bool Update = Environment.GetEnvironmentVariable("ASYNCPITFALLS_UPDATE") == "1";

    /// <summary>Checks the part, or writes it; a page that lacks it gets it below its first heading.</summary>
    public static void Check(string path, string name, string expected)
    {
        var (start, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var text = Page.Read(path).Text;
        var begin = text.IndexOf(start, StringComparison.Ordinal);
        if (begin < 0 && Update)
        {
            var line = text.IndexOf('\n') + 1;
            Write(path, $"{text[..line]}\n{start}{expected}{end}\n{text[line..]}");
            return;
        }

        Assert.True(begin >= 0, $"{path} lacks the part '{name}'. {Hint}");
        begin += start.Length;
        var length = text.IndexOf(end, begin, StringComparison.Ordinal) - begin;
        Assert.True(length >= 0, $"{path} does not end the part '{name}'.");
        Check(path, text, begin, length, expected);
    }

    public static void CheckFirstLine(string path, string expected)
    {
        var text = Page.Read(path).Text;
        Check(path, text, 0, text.IndexOf('\n'), expected);
    }

    private static void Check(string path, string text, int begin, int length, string expected)
    {
        var actual = text.Substring(begin, length);
        if (actual == expected)
            return;
        if (Update)
            Write(path, text[..begin] + expected + text[(begin + length)..]);
        else
            Assert.Fail($"{path} is not up to date. {Hint}\n----- expected\n{expected}\n----- actual\n{actual}");
    }

    private static void Write(string path, string text) => File.WriteAllText(Path.Combine(Page.Root, path), text);
}
