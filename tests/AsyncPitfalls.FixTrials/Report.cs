using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AsyncPitfalls.FixTrials;

/// <summary>The figures as a table, and everything as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A line per rule and idea: how many findings there are, how many were tried, and each kind of failure that there was.</summary>
    public static string Table(Figures figures)
    {
        var text = new StringBuilder();
        var kinds = Enum.GetValues<FailureKind>().Where(kind => figures.OfIdeas.Values.Any(figure => figure.Failures.ContainsKey(kind))).ToList();
        text.AppendLine($"| Rule | Idea | Findings | Asked | Offered | Fix All runs | Longest | Compared |{string.Concat(kinds.Select(kind => $" {kind} |"))}");
        text.AppendLine($"| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |{string.Concat(kinds.Select(_ => " ---: |"))}");
        foreach (var ((rule, idea), figure) in figures.OfIdeas.Where(line => line.Key.Idea.Length > 0 || line.Value.Failures.Count > 0))
        {
            var asked = figures.Of(rule, "").Asked;
            var failures = string.Concat(kinds.Select(kind => figure.Failures.TryGetValue(kind, out var count) ? $" {count} |" : " |"));
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {rule} | {idea} | {figures.Findings.GetValueOrDefault(rule)} | {asked} | {figure.Applied} | {figure.AllRuns} | {figure.LongestAll.TotalSeconds:0.0} s | {figure.Compared} |{failures}"));
        }

        return text.ToString();
    }

    /// <summary>Writes <c>figures.md</c>, <c>figures.json</c> and <c>failures.txt</c> into a folder.</summary>
    public static void Write(string folder, Figures figures)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "figures.md"), Table(figures));
        var ideas = figures.OfIdeas.Select(line => new
        {
            line.Key.Rule,
            line.Key.Idea,
            Findings = figures.Findings.GetValueOrDefault(line.Key.Rule),
            line.Value.Asked,
            line.Value.Applied,
            line.Value.AllRuns,
            LongestAllSeconds = line.Value.LongestAll.TotalSeconds,
            line.Value.Compared,
            line.Value.Failures,
        });
        File.WriteAllText(Path.Combine(folder, "figures.json"), JsonSerializer.Serialize(new { Ideas = ideas, figures.Failures }, Json));
        File.WriteAllText(Path.Combine(folder, "failures.txt"), string.Concat(figures.Failures.OrderBy(failure => (failure.Rule, failure.Idea, failure.Subject)).Select(Text)));
    }

    private static string Text(Failure failure) =>
        $"""
        ===== {failure.Idea} {failure.Fault.Kind} ({failure.Scope}) in {failure.Subject}
        {failure.File} {failure.Span}
        {failure.Fault.Detail}
        {failure.Diff}

        """;
}
