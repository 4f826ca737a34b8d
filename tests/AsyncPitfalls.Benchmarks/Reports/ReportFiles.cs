using System.Text.Json;
using System.Text.Json.Serialization;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>Where reports are left: <c>artifacts/benchmarks</c>.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // A ratio to a floor that took no time at all is no number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Folder { get; } = Path.Combine(Places.Artifacts, "benchmarks");

    /// <summary>Writes a report as Markdown and JSON, and says where; shows the Markdown.</summary>
    public static void Write<T>(string name, string markdown, T figures, string? chart = null)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file + ".md", markdown);
        File.WriteAllText(file + ".json", JsonSerializer.Serialize(figures, Indented));
        if (chart is not null)
            File.WriteAllText(file + ".svg", chart);
        Console.WriteLine(markdown);
        Console.WriteLine($"Written: {file}.md, .json{(chart is null ? "" : ", .svg")}");
    }
}
