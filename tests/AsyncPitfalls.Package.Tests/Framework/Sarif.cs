using System.Text.Json;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A finding as the compiler writes it down.</summary>
/// <param name="Level">Its severity: <c>error</c>, <c>warning</c> or <c>note</c>.</param>
public sealed record Finding(string Id, string File, int Line, string Message, string Level);

/// <summary>Reads the compiler's log (<c>ErrorLog</c>, SARIF 2.1).</summary>
public static class Sarif
{
    /// <summary>Our findings, in the order of their places; suppressed ones are left out.</summary>
    public static IReadOnlyList<Finding> FindingsIn(string path) =>
        [.. AllFindingsIn(path).Where(finding => finding.Id.StartsWith("AP", StringComparison.Ordinal))];

    /// <summary>The findings of the compiler and of all analyzers, in the order of their places; suppressed ones are left out.</summary>
    public static IReadOnlyList<Finding> AllFindingsIn(string path) =>
    [
        .. Run(path).GetProperty("results").EnumerateArray()
            .Where(result => !result.TryGetProperty("suppressions", out var all) || all.GetArrayLength() == 0)
            .Select(Read)
            .OrderBy(finding => (finding.File, finding.Line, finding.Id)),
    ];

    /// <summary>The address of each rule's page.</summary>
    public static IReadOnlyDictionary<string, string> HelpLinksIn(string path) =>
        Run(path).GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString()!.StartsWith("AP", StringComparison.Ordinal))
            .ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule.GetProperty("helpUri").GetString()!);

    private static JsonElement Run(string path) =>
        JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("runs")[0];

    private static Finding Read(JsonElement result)
    {
        var place = result.TryGetProperty("locations", out var places) && places.GetArrayLength() > 0
            ? places[0].GetProperty("physicalLocation")
            : default;
        return new(
            result.GetProperty("ruleId").GetString()!,
            place.ValueKind == JsonValueKind.Undefined
                ? ""
                : Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
            place.ValueKind == JsonValueKind.Undefined ? 0 : place.GetProperty("region").GetProperty("startLine").GetInt32(),
            result.GetProperty("message").GetProperty("text").GetString()!,
            result.GetProperty("level").GetString()!);
    }
}
