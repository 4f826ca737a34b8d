using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Tests.Baselines;

public sealed class BaselineMatchTests
{
    [Fact]
    public void What_is_known_is_matched_and_what_is_not_is_new() =>
        Assert.Equal([0, null, null, null], TwinsOf(
            [Known("AP0002", "A.cs", "C.M", "a.Wait();")],
            [Known("AP0002", "A.cs", "C.M", "a.Wait();"), Known("AP0002", "A.cs", "C.M", "b.Wait();"), Known("AP0001", "A.cs", "C.M", "a.Wait();"), Known("AP0002", "B.cs", "C.M", "a.Wait();")]));

    [Fact]
    public void A_line_is_known_in_another_member() =>
        Assert.Equal([0], TwinsOf([Known("AP0002", "A.cs", "C.Old", "a.Wait();")], [Known("AP0002", "A.cs", "C.New", "a.Wait();")]));

    [Fact]
    public void Of_equal_lines_as_many_are_known_as_the_baseline_has() =>
        Assert.Equal([0, 1, null], TwinsOf(
            [Known("AP0002", "A.cs", "C.M", "a.Wait();"), Known("AP0002", "A.cs", "C.M", "a.Wait();")],
            Enumerable.Repeat(Known("AP0002", "A.cs", "C.M", "a.Wait();"), 3)));

    [Fact]
    public void The_copy_is_new_and_not_the_line_that_was_copied() =>
        Assert.Equal([null, 0], TwinsOf(
            [Known("AP0002", "A.cs", "C.M", "a.Wait();")],
            [Known("AP0002", "A.cs", "C.Copy", "a.Wait();"), Known("AP0002", "A.cs", "C.M", "a.Wait();")]));

    [Fact]
    public void A_renamed_folder_is_known() =>
        Assert.Equal([0, 1], TwinsOf(
            [Known("AP0002", "Old/Sub/A.cs", "", "a.Wait();"), Known("AP0002", "Old/A.cs", "", "b.Wait();")],
            [Known("AP0002", "New/Sub/A.cs", "", "a.Wait();"), Known("AP0002", "New/A.cs", "", "b.Wait();")]));

    [Fact]
    public void A_file_that_has_only_the_same_name_is_new_while_the_known_one_is_there() =>
        Assert.Equal([null], TwinsOf(
            [Known("AP0002", "One/A.cs", "", "a.Wait();")],
            [Known("AP0002", "Two/A.cs", "", "a.Wait();")],
            "One/A.cs"));

    [Fact]
    public void A_file_that_moved_is_one_file() =>
        Assert.Equal([0, null], TwinsOf(
            [Known("AP0002", "Old/A.cs", "", "a.Wait();")],
            [Known("AP0002", "New1/A.cs", "", "a.Wait();"), Known("AP0002", "New2/A.cs", "", "a.Wait();")]));

    [Fact]
    public void A_file_that_the_baseline_knows_takes_over_no_other() =>
        Assert.Equal([null], TwinsOf(
            [Known("AP0002", "Gone/A.cs", "", "a.Wait();"), Known("AP0002", "Here/A.cs", "", "b.Wait();")],
            [Known("AP0002", "Here/A.cs", "", "a.Wait();")]));

    [Fact]
    public void Many_files_of_one_name_are_matched_by_their_folders()
    {
        var known = Enumerable.Range(0, 3000).Select(number => Known("AP0002", $"Old/Feature{number}/Handler.cs", "", $"a{number}.Wait();")).ToList();
        var now = known.Select(finding => finding with { Path = finding.Path.Replace("Old/", "New/Deep/", StringComparison.Ordinal) }).Reverse().ToList();
        Assert.Equal(Enumerable.Range(0, 3000).Reverse().Select(index => (int?)index), TwinsOf(known, now));
    }

    [Fact]
    public void Many_equal_lines_are_matched_in_little_time() =>
        Assert.DoesNotContain(null, TwinsOf(
            Enumerable.Range(0, 100_000).Select(number => Known("AP0002", "A.cs", "M" + number, ".Wait();")),
            Enumerable.Range(0, 100_000).Select(number => Known("AP0002", "A.cs", "N" + number, ".Wait();"))));

    [Fact]
    public void Paths_without_end_are_matched_in_little_time()
    {
        var deep = string.Concat(Enumerable.Repeat("a/", 20_000));
        Assert.Equal([500], TwinsOf(
            Enumerable.Range(0, 1_000).Select(number => Known("AP0002", $"{deep}{number}/Old/A.cs", "", "a.Wait();")),
            [Known("AP0002", "500/Old/A.cs", "", "a.Wait();")]));
    }

    private static KnownFinding Known(string rule, string path, string member, string line) => new(rule, path, member, line);

    private static IReadOnlyList<int?> TwinsOf(IEnumerable<KnownFinding> known, IEnumerable<KnownFinding> found, params string[] alsoPresent)
    {
        var findings = found.ToList();
        var baseline = new BaselineFile([.. known.Select(finding => (finding, 1))]);
        return new BaselineMatch(baseline, [.. findings.Select(finding => finding.Path), .. alsoPresent]).TwinsOf(findings);
    }
}
