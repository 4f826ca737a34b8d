using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncPitfalls.Baselines;

/// <summary>A file of findings that are known, in SARIF 2.1.0: one result for each, without line numbers.</summary>
/// <param name="Findings">The findings, each with the line of the file that holds it, from 1.</param>
internal sealed record BaselineFile(IReadOnlyList<(KnownFinding Finding, int Line)> Findings)
{
    /// <summary>How a baseline is called, or how its name ends.</summary>
    public const string Name = "asyncpitfalls.baseline.sarif";

    /// <summary>The tool that is named in it; the logs of compilers and of other tools name theirs.</summary>
    public const string Tool = "AsyncPitfalls";

    /// <summary>The version of SARIF that it has.</summary>
    public const string Version = "2.1.0";

    /// <summary>The places in <see cref="Findings"/> of those that have a rule, a file and a line of code in common.</summary>
    public ILookup<(string Rule, string Path, string Line), int> BySpot { get; } =
        Enumerable.Range(0, Findings.Count).ToLookup(index => SpotOf(Findings[index].Finding));

    /// <summary>What all findings have in common that a baseline cannot tell from each other but by their members.</summary>
    public static (string Rule, string Path, string Line) SpotOf(KnownFinding finding) => (finding.Rule, finding.Path, finding.Line);

    /// <summary>Whether a file is meant as a baseline. Several projects of one folder put their names before it.</summary>
    public static bool IsNameOfOne(string path)
    {
        var name = RelativePath.NameOf(path);
        return name.Equals(Name, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a baseline; what is none is a <see cref="BaselineFault"/>.</summary>
    public static BaselineFile Read(TextReader input)
    {
        var json = new JsonScanner(input);
        if (json.IsEmpty())
            throw new BaselineFault(FaultKind.Empty, 1);

        string? version = null;
        List<(KnownFinding, int)>? findings = null;
        json.ReadObject(name =>
        {
            if (name == "version")
                version = json.ReadText();
            else if (name == "runs")
                json.ReadArray(() => (findings ??= []).AddRange(ReadRun(json)));
            else
                json.Skip();
        });
        json.ReadEnd();
        return findings is not null && version == Version
            ? new BaselineFile(findings)
            : throw new BaselineFault(FaultKind.NoSarif, 1);
    }

    private static List<(KnownFinding, int)> ReadRun(JsonScanner json)
    {
        string? tool = null;
        var results = new List<(KnownFinding? Finding, int Line)>();
        json.ReadObject(name =>
        {
            if (name == "tool")
                tool = ReadTool(json);
            else if (name == "results")
                json.ReadArray(() => results.Add((ReadFinding(json), json.Line)));
            else
                json.Skip();
        });
        // Compilers name themselves after their results, of which some are not like ours.
        MustBeOurs(tool, json);
        return [.. results.Select(result => (result.Finding ?? throw new BaselineFault(FaultKind.Incomplete, result.Line), result.Line))];
    }

    private static string? ReadTool(JsonScanner json)
    {
        string? tool = null;
        json.ReadMember("driver", () => json.ReadMember("name", () => MustBeOurs(tool = json.ReadText(), json)));
        return tool;
    }

    private static void MustBeOurs(string? tool, JsonScanner json)
    {
        if (tool != Tool)
            throw tool is null ? new BaselineFault(FaultKind.NoSarif, json.Line) : new BaselineFault(FaultKind.Foreign, json.Line, tool);
    }

    /// <summary>The finding that a result stands for; null where a part is missing.</summary>
    private static KnownFinding? ReadFinding(JsonScanner json)
    {
        string? rule = null, line = null, address = null;
        var member = "";
        json.ReadObject(name =>
        {
            switch (name)
            {
                case "ruleId":
                    rule = json.ReadText();
                    break;
                case "message":
                    json.ReadMember("text", () => line = json.ReadText());
                    break;
                case "locations":
                    json.ReadFirst(() => json.ReadObject(ReadPlace));
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return rule is null || line is null || address is null ? null : new KnownFinding(rule, Uri.UnescapeDataString(address), member, line);

        void ReadPlace(string part)
        {
            if (part == "physicalLocation")
                json.ReadMember("artifactLocation", () => json.ReadMember("uri", () => address = json.ReadText()));
            else if (part == "logicalLocations")
                json.ReadFirst(() => json.ReadMember("fullyQualifiedName", () => member = json.ReadText()));
            else
                json.Skip();
        }
    }
}
