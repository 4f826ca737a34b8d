using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>The report as people read it; the console shows the same.</summary>
internal static class MarkdownReport
{
    public static string Of(Report report)
    {
        var text = new StringBuilder();
        text.AppendLine("# AsyncPitfalls beside its peers").AppendLine();
        text.AppendLine($"Medians of {report.Rounds} rounds on {report.Machine.Processors} processors; {report.Machine.System}, .NET {report.Machine.Net}, Roslyn {report.Machine.Roslyn}.");
        text.AppendLine($"{string.Join(", ", report.Machine.Peers.OrderBy(peer => peer.Key, StringComparer.Ordinal).Select(peer => $"{peer.Key} {peer.Value}"))}.");
        text.AppendLine("`docs/performance.md` says what each column means.");
        if (report.Targets.Length > 0)
            TargetsOf(text, report);
        foreach (var corpus in report.Corpora)
        {
            SetsOf(text, corpus);
            if (corpus.Rules.Length > 0)
                RulesOf(text, corpus);
        }

        return text.ToString();
    }

    private static void TargetsOf(StringBuilder text, Report report)
    {
        Heading(text, "Targets");
        Table.Row(text, "code", "target", "is", "at most", "", "missed by");
        Table.Row(text, "---", "---", "--:", "--:", "---", "---");
        foreach (var target in report.Targets)
            Table.Row(text, target.Corpus, target.Target, Table.Number(target.Value), Table.Number(target.Limit), target.IsMet ? "met" : "**missed**", target.Blame);
    }

    private static void SetsOf(StringBuilder text, CorpusFigures corpus)
    {
        Heading(text, $"{corpus.Name}, {corpus.Lines.ToString("N0", CultureInfo.InvariantCulture)} lines");
        foreach (var left in corpus.LeftOut)
            text.AppendLine($"- left out: {left}");
        if (corpus.LeftOut.Length > 0)
            text.AppendLine();
        Table.Row(text, "set", "ms / 10 kLOC", "spread", "VSTHRD = 100", "× floor", "ours / this", "of compiling", "CPU ms / 10 kLOC", "spread", "over compiling", "MB / 10 kLOC", "findings");
        Table.Row(text, ["---", .. Enumerable.Repeat("--:", 11)]);
        foreach (var set in corpus.Sets)
        {
            Table.Row(
                text,
                set.Name,
                Table.Number(set.AnalyzerMs?.Median), Table.Percent(set.AnalyzerMs?.Spread, "±"), Table.Number(set.Scale), Table.Number(set.TimesFloor), Table.Number(set.OursByThis), Table.Percent(set.ShareOfCompiling),
                Table.Number(set.CpuMs.Median), Table.Percent(set.CpuMs.Spread, "±"), Table.Percent(set.CpuOverCompiling, "+"), Table.Number(set.AllocatedMB.Median),
                set.Findings + (set.Crashes > 0 ? $" ({set.Crashes} crashes)" : ""));
        }
    }

    private static void RulesOf(StringBuilder text, CorpusFigures corpus)
    {
        text.AppendLine();
        Table.Row(text, "rule", "ms / 10 kLOC", "spread", "of all of ours", "VSTHRD = 100");
        Table.Row(text, "---", "--:", "--:", "--:", "--:");
        foreach (var rule in corpus.Rules)
            Table.Row(text, rule.Id, Table.Number(rule.Ms.Median), Table.Percent(rule.Ms.Spread, "±"), Table.Percent(rule.Share), Table.Number(rule.Scale));
    }

    private static void Heading(StringBuilder text, string heading) => text.AppendLine().AppendLine($"## {heading}").AppendLine();
}
