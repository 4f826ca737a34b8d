using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Build;

/// <summary>Writes findings down as a baseline: sorted, a line for each, so that what changes between two of them is what was mended or added.</summary>
internal static class BaselineWriter
{
    private const string Head =
        $$"""
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "version": "{{BaselineFile.Version}}",
          "runs": [
            {
              "tool": { "driver": { "name": "{{BaselineFile.Tool}}" } },
              "results": [
        """;

    private const string Foot =
        """

              ]
            }
          ]
        }

        """;

    /// <summary>The text of a baseline, with the same line ends on all machines.</summary>
    public static string TextOf(IEnumerable<KnownFinding> findings)
    {
        var text = new StringBuilder(Head);
        var separator = "\n";
        foreach (var finding in findings
            .OrderBy(finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Rule, StringComparer.Ordinal)
            .ThenBy(finding => finding.Member, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line, StringComparer.Ordinal))
        {
            text.Append(separator);
            Append(finding, text);
            separator = ",\n";
        }

        return text.Append(Foot).Replace("\r\n", "\n").ToString();
    }

    /// <summary>What the target frameworks of a project have found together: a finding that several have is one.</summary>
    public static IEnumerable<KnownFinding> UnionOf(IEnumerable<IReadOnlyList<KnownFinding>> frameworks) => frameworks
        .SelectMany(findings => findings.GroupBy(finding => finding).Select(group => (Finding: group.Key, Count: group.Count())))
        .GroupBy(found => found.Finding, found => found.Count)
        .SelectMany(group => Enumerable.Repeat(group.Key, group.Max()));

    private static void Append(KnownFinding finding, StringBuilder text)
    {
        var address = string.Join("/", finding.Path.Split('/').Select(Uri.EscapeDataString));
        text.Append("        { \"ruleId\": ").Append(Quoted(finding.Rule))
            .Append(", \"message\": { \"text\": ").Append(Quoted(finding.Line))
            .Append(" }, \"locations\": [{ \"physicalLocation\": { \"artifactLocation\": { \"uri\": ").Append(Quoted(address)).Append(" } }");
        if (finding.Member.Length > 0)
            text.Append(", \"logicalLocations\": [{ \"fullyQualifiedName\": ").Append(Quoted(finding.Member)).Append(" }]");
        text.Append(" }] }");
    }

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            if (char.IsHighSurrogate(letter) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
                quoted.Append(letter).Append(value[++index]);
            else if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (letter < ' ' || char.IsSurrogate(letter))
                quoted.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
