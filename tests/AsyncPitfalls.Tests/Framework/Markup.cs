using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>A span that markup names: the id of the finding expected there and the file it is in.</summary>
public sealed record ExpectedFinding(string Id, string Path, TextSpan Span);

/// <summary>One file of a test: its path, <c>Project/File.cs</c>, and its text without markup.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public string Project => Path[..Path.IndexOf('/')];
}

/// <summary>
/// The code of a test. <c>[|…|]</c> marks a finding of the rule under test, <c>{|AP0001:…|}</c> one of any rule or of the
/// compiler. A line <c>=== Project/File.cs</c> starts a further file; each project references those above it, and what
/// comes before the first such line is <c>Test/Test.cs</c>.
/// </summary>
public sealed partial record Markup(IReadOnlyList<SourceFile> Files, IReadOnlyList<ExpectedFinding> Expected)
{
    public static Markup Parse(string code, string defaultId) =>
        TryParse(code, defaultId) ?? throw new FormatException("Markup that is not closed, or closed but not opened, in its file.");

    /// <summary>The code of a test; null where a mark of a file has no counterpart there, so that it is no whole snippet.</summary>
    public static Markup? TryParse(string code, string defaultId)
    {
        var files = new List<SourceFile>();
        var expected = new List<ExpectedFinding>();
        foreach (var (path, text) in Split(code))
        {
            if (Strip(path, text, defaultId, expected) is not { } clean)
                return null;
            files.Add(new SourceFile(path, clean));
        }

        return new Markup(files, expected);
    }

    private static IEnumerable<(string Path, string Text)> Split(string code)
    {
        var path = "Test/Test.cs";
        var start = 0;
        foreach (Match header in FileHeader().Matches(code))
        {
            if (header.Index > start)
                yield return (path, code[start..header.Index]);
            path = header.Groups["path"].Value;
            start = header.Index + header.Length;
        }

        yield return (path, code[start..]);
    }

    private static string? Strip(string path, string text, string defaultId, List<ExpectedFinding> expected)
    {
        var clean = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var copied = 0;
        foreach (Match token in Token().Matches(text))
        {
            clean.Append(text, copied, token.Index - copied);
            copied = token.Index + token.Length;
            if (token.Value is "[|")
            {
                open.Push((defaultId, clean.Length));
            }
            else if (token.Groups["id"].Success)
            {
                open.Push((token.Groups["id"].Value, clean.Length));
            }
            else
            {
                if (!open.TryPop(out var opened))
                    return null;
                var (id, begin) = opened;
                expected.Add(new ExpectedFinding(id, path, TextSpan.FromBounds(begin, clean.Length)));
            }
        }

        return open.Count == 0 ? clean.Append(text, copied, text.Length - copied).ToString() : null;
    }

    [GeneratedRegex(@"^=== (?<path>\S+/\S+)\r?\n", RegexOptions.Multiline)]
    private static partial Regex FileHeader();

    [GeneratedRegex(@"\[\||\|\]|\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Token();
}
