extern alias Build;

using System.Text.Json;
using AsyncPitfalls.Baselines;
using Build::AsyncPitfalls.Build;
using BuildFinding = Build::AsyncPitfalls.Baselines.KnownFinding;

namespace AsyncPitfalls.Tests.Baselines;

public sealed class BaselineWriterTests
{
    private static readonly BuildFinding[] Findings =
    [
        new("AP0002", "Data/文件 1#%.cs", "N.C.M", "var x = \"\\\" + 'ü' + \"😀\u0001\uD800\".Length + t.Result;"),
        new("AP0009", "B.cs", "", "async void F() { }"),
        new("AP0002", "B.cs", "C.Z", "t.Wait();"),
        new("AP0002", "B.cs", "C.A", "t.Wait();"),
        new("AP0002", "B.cs", "C.A", "s.Wait();"),
        new("AP0002", "B.cs", "C.A", "t.Wait();"),
        new("AP0002", "../Shared/A.cs", "C.A", "t.Wait();"),
    ];

    [Fact]
    public void What_is_written_is_read_again() =>
        Assert.Equal(Sorted(Findings), Sorted(Read(BaselineWriter.TextOf(Findings))));

    [Fact]
    public void A_baseline_is_sorted_and_the_same_whatever_the_order_of_the_findings()
    {
        var text = BaselineWriter.TextOf(Findings);
        Assert.Equal(text, BaselineWriter.TextOf(Findings.Reverse()));
        Assert.Equal(
            ["../Shared/A.cs AP0002 C.A", "B.cs AP0002 C.A", "B.cs AP0002 C.A", "B.cs AP0002 C.A", "B.cs AP0002 C.Z", "B.cs AP0009 ", "Data/文件 1#%.cs AP0002 N.C.M"],
            Read(text).Select(finding => $"{finding.Path} {finding.Rule} {finding.Member}"));
    }

    [Fact]
    public void A_finding_more_is_a_line_more()
    {
        var before = BaselineWriter.TextOf(Findings[1..]).Split('\n');
        var after = BaselineWriter.TextOf(Findings[1..].Append(new BuildFinding("AP0002", "A.cs", "C.M", "t.Wait();"))).Split('\n');
        Assert.Equal(before.Length + 1, after.Length);
        Assert.Single(after.Except(before));
    }

    [Fact]
    public void A_baseline_is_valid_SARIF_with_the_same_line_ends_everywhere()
    {
        var text = BaselineWriter.TextOf(Findings[1..]);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        var log = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = log.GetProperty("runs")[0];
        Assert.Equal("AsyncPitfalls", run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());
        Assert.All(run.GetProperty("results").EnumerateArray(), result => Assert.True(
            Uri.IsWellFormedUriString(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative)
            && result.GetProperty("message").GetProperty("text").GetString()!.Length > 0));
    }

    [Fact]
    public void No_finding_is_a_baseline_too() => Assert.Empty(Read(BaselineWriter.TextOf([])));

    [Fact]
    public void Target_frameworks_are_put_together_without_counting_a_finding_twice()
    {
        var (one, two, three) = (Findings[2], Findings[3], Findings[4]);
        Assert.Equal([one, one, two, three], BaselineWriter.UnionOf([[one, two], [one, one, three], []]).OrderBy(finding => Array.IndexOf(Findings, finding)));
    }

    private static IEnumerable<BuildFinding> Read(string text) =>
        BaselineFile.Read(new StringReader(text)).Findings.Select(entry => new BuildFinding(entry.Finding.Rule, entry.Finding.Path, entry.Finding.Member, entry.Finding.Line));

    private static IEnumerable<BuildFinding> Sorted(IEnumerable<BuildFinding> findings) => findings.OrderBy(finding => finding.ToString(), StringComparer.Ordinal);
}
