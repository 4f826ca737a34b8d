using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>Tables of Markdown, and numbers as they stand in them.</summary>
internal static class Table
{
    public static void Row(StringBuilder text, params string[] cells) => text.AppendLine($"| {string.Join(" | ", cells)} |");

    /// <summary>Three figures, as far as a measurement is worth them; nothing where there is no number.</summary>
    public static string Number(double? value) => value switch
    {
        null or double.NaN => "",
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    public static string Percent(double? value, string sign = "") => value is null or double.NaN
        ? ""
        : (value < 0 ? "−" : sign) + Math.Abs(value.Value * 100).ToString(Math.Abs(value.Value) < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
}
