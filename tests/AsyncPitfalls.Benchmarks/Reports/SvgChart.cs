using System.Globalization;
using System.Security;
using System.Text;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>The report as a picture: a bar for each set, by its time in the analyzers' actions; each corpus has its own scale.</summary>
internal static class SvgChart
{
    private const int Width = 860;
    private const int NameWidth = 250;
    private const int BarWidth = 500;
    private const int RowHeight = 22;
    private const int TitleHeight = 44;

    public static string Of(Report report)
    {
        var text = new StringBuilder();
        var height = report.Corpora.Sum(corpus => TitleHeight + RowHeight * Rows(corpus).Count()) + 16;
        text.AppendLine($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"13\">");
        text.AppendLine("<title>Milliseconds in the analyzers' actions for ten thousand lines</title>");
        // It is shown on light and dark pages.
        text.AppendLine("<style>text{fill:#1f2328}.bar{fill:#8c959f}.ours{fill:#1a7f37}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#3fb950}}</style>");
        var y = 0;
        foreach (var corpus in report.Corpora)
        {
            text.AppendLine($"<text x=\"8\" y=\"{y + 28}\" font-weight=\"bold\">{SecurityElement.Escape(corpus.Name)}: ms for ten thousand lines</text>");
            y += TitleHeight;
            var longest = Rows(corpus).Max(set => set.AnalyzerMs!.Median);
            foreach (var set in Rows(corpus))
            {
                Bar(text, set, y, longest == 0 ? 0 : set.AnalyzerMs!.Median / longest * BarWidth);
                y += RowHeight;
            }
        }

        return text.AppendLine("</svg>").ToString();
    }

    private static IEnumerable<SetFigures> Rows(CorpusFigures corpus) => corpus.Sets.Where(set => set.AnalyzerMs is not null);

    private static void Bar(StringBuilder text, SetFigures set, int y, double width)
    {
        text.AppendLine($"<text x=\"{NameWidth - 8}\" y=\"{y + 13}\" text-anchor=\"end\">{SecurityElement.Escape(set.Name)}</text>");
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"{(set.Key == Sets.MeasuredSets.Ours.Key ? "ours" : "bar")}\" x=\"{NameWidth}\" y=\"{y}\" width=\"{Math.Max(1, width):0.0}\" height=\"{RowHeight - 6}\"/>"));
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{NameWidth + Math.Max(1, width) + 6:0.0}\" y=\"{y + 13}\">{set.AnalyzerMs!.Median:0.0#}</text>"));
    }
}
