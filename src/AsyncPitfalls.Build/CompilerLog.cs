using System;
using System.Collections.Generic;
using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Build;

/// <summary>What our rules found, read from the log of a compiler (<c>ErrorLog</c>, SARIF 2.1).</summary>
internal static class CompilerLog
{
    /// <summary>How the log calls what takes a finding back, where it is not the code itself by a pragma or an attribute.</summary>
    private const string BySuppressor = "DiagnosticSuppressor";

    /// <summary>The findings of a log, without those of which the code says that they are meant.</summary>
    /// <param name="file">The log.</param>
    /// <param name="folder">The folder from which the paths of findings lead.</param>
    public static IReadOnlyList<KnownFinding> FindingsIn(string file, string folder)
    {
        using var text = BuildFiles.Open(file);
        var json = new JsonScanner(text);
        var findings = new List<KnownFinding>();
        json.ReadMember("runs", () => json.ReadArray(() => json.ReadMember("results", () => json.ReadArray(() =>
        {
            if (ReadFinding(json, folder) is { } finding)
                findings.Add(finding);
        }))));
        json.ReadEnd();
        return findings;
    }

    /// <summary>The finding of a result; null where it is of another tool's rule, or meant.</summary>
    private static KnownFinding? ReadFinding(JsonScanner json, string folder)
    {
        string? rule = null, address = null, line = null;
        var member = "";
        var isMeant = false;
        json.ReadObject(name =>
        {
            switch (name)
            {
                case "ruleId":
                    rule = json.ReadText();
                    break;
                case "suppressions":
                    json.ReadArray(() => isMeant |= !IsBySuppressor(json));
                    break;
                case "locations":
                    json.ReadFirst(() => json.ReadMember("physicalLocation", () => json.ReadMember("artifactLocation", () => json.ReadMember("uri", () => address = json.ReadText()))));
                    break;
                case "properties":
                    json.ReadMember("customProperties", () => json.ReadObject(ReadProperty));
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return rule is null || address is null || line is null || isMeant ? null : new KnownFinding(rule, RelativePath.Of(folder, PathOf(address)), member, line);

        void ReadProperty(string property)
        {
            if (property == FindingProperties.Line)
                line = json.ReadText();
            else if (property == FindingProperties.Member)
                member = json.ReadText();
            else
                json.Skip();
        }
    }

    private static bool IsBySuppressor(JsonScanner json)
    {
        var type = "";
        json.ReadMember("properties", () => json.ReadMember("suppressionType", () => type = json.ReadText()));
        return type.StartsWith(BySuppressor, StringComparison.Ordinal);
    }

    private static string PathOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : Uri.UnescapeDataString(address);
}
