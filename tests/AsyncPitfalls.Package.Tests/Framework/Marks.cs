using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Reads where a source says that a finding is: a comment <c>// AP0002</c> stands above the line.</summary>
public static partial class Marks
{
    public static IReadOnlyList<(string Id, string File, int Line)> In(string folder) =>
    [
        .. Directory.GetFiles(folder, "*.cs").SelectMany(file =>
            File.ReadLines(file).Select((line, index) => (Mark: Mark().Match(line), Line: index + 2))
                .Where(found => found.Mark.Success)
                .Select(found => (found.Mark.Groups[1].Value, Path.GetFileName(file), found.Line)))
            .OrderBy(mark => (mark.Item2, mark.Line)),
    ];

    /// <summary>The findings of a compiler's log in the same form.</summary>
    public static IReadOnlyList<(string Id, string File, int Line)> Of(IEnumerable<Finding> findings) =>
        [.. findings.Select(finding => (finding.Id, finding.File, finding.Line)).OrderBy(mark => (mark.File, mark.Line))];

    [GeneratedRegex(@"^\s*// (AP\d{4})\b")]
    private static partial Regex Mark();
}
