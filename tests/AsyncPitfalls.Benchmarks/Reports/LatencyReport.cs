using System.Collections.Immutable;
using System.Text;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>How long one waits for the findings of a set of rules in a file.</summary>
/// <param name="ColdMs">When the file is looked at for the first time.</param>
/// <param name="WarmMs">After an edit of it.</param>
/// <param name="OursByThis">The wait for ours after an edit, by this.</param>
internal sealed record LatencyFigures(string Name, Figure ColdMs, Figure WarmMs, double? OursByThis);

/// <summary>The table of the latencies.</summary>
internal static class LatencyReport
{
    public static string Of(ImmutableArray<LatencyFigures> sets, Corpus corpus, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine("# From an edit to the findings of the file").AppendLine();
        text.AppendLine($"A file of some 3,000 lines in {corpus.Name}; medians of {rounds} rounds, in milliseconds. Each row but the first has the analyzers alone: the compiler's own errors are the first row.").AppendLine();
        Table.Row(text, "set", "first look", "spread", "after an edit", "spread", "ours / this");
        Table.Row(text, "---", "--:", "--:", "--:", "--:", "--:");
        foreach (var set in sets)
            Table.Row(text, set.Name, Table.Number(set.ColdMs.Median), Table.Percent(set.ColdMs.Spread, "±"), Table.Number(set.WarmMs.Median), Table.Percent(set.WarmMs.Spread, "±"), Table.Number(set.OursByThis));
        return text.ToString();
    }
}
