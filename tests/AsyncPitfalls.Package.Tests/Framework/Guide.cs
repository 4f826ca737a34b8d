using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>The code that a page of the guide shows.</summary>
public static partial class Guide
{
    /// <summary>The blocks of a language on a page, in their order.</summary>
    public static IReadOnlyList<string> BlocksOf(string page, string language) =>
    [
        .. Block().Matches(File.ReadAllText(Repository.PathOf("docs", "guide", page)).ReplaceLineEndings("\n"))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["text"].Value),
    ];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
