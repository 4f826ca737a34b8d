using System.Text;

namespace AsyncPitfalls.Package.Tests.Ide;

/// <summary>The page <c>LightBulbs.approved.md</c>: what an IDE underlines in the tour, and what its light bulb offers there.</summary>
public static class ApprovedLightBulbs
{
    private const string Header = "| rule | file | underlined | light bulb |\n| --- | --- | --- | --- |\n";

    private static readonly string Page = Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Ide", "LightBulbs.approved.md");

    /// <summary>The rules in the page, each once.</summary>
    public static IReadOnlyList<string> Rules { get; } =
        [.. File.ReadLines(Page).Where(line => line.StartsWith("| AP", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim()).Distinct().Order()];

    public static string Row(string rule, string file, string underlined, IEnumerable<string> titles) =>
        $"| {rule} | {file} | {Code(underlined)} | {string.Join("<br>", titles)} |\n";

    /// <summary>Checks that these are the page's rows, or writes them.</summary>
    public static void Check(IEnumerable<string> rows)
    {
        var actual = new StringBuilder("# What an IDE shows in the tour\n\n`ASYNCPITFALLS_UPDATE=1 dotnet test` writes this page.\n\n").Append(Header).AppendJoin("", rows).ToString();
        if (Environment.GetEnvironmentVariable("ASYNCPITFALLS_UPDATE") == "1")
            File.WriteAllText(Page, actual);
        else
            Assert.Equal(File.ReadAllText(Page), actual);
    }

    private static string Code(string text) =>
        "`" + string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal) + "`";
}
