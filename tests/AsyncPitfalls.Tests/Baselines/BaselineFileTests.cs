using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Tests.Baselines;

public sealed class BaselineFileTests
{
    private const string Entry =
        """{ "ruleId": "AP0002", "message": { "text": "var x = \"\" + t.Result;" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "Data/%E6%96%87%E4%BB%B6%201.cs" } }, "logicalLocations": [{ "fullyQualifiedName": "N.C.M" }] }] }""";

    [Fact]
    public void A_finding_is_read_with_its_place_in_the_file()
    {
        var (finding, line) = Assert.Single(Read(With(Entry)).Findings);
        Assert.Equal(new KnownFinding("AP0002", "Data/文件 1.cs", "N.C.M", "var x = \"\" + t.Result;"), finding);
        Assert.Equal(6, line);
    }

    [Fact]
    public void A_baseline_may_be_empty() => Assert.Empty(Read(With("")).Findings);

    [Fact]
    public void A_formatter_may_have_rewritten_it()
    {
        var pretty = With(Entry).Replace(", ", ",\r\n\t", StringComparison.Ordinal).Replace("{ ", "{\r\n", StringComparison.Ordinal);
        Assert.Equal("AP0002", Assert.Single(Read(pretty).Findings).Finding.Rule);
    }

    [Fact]
    public void What_a_newer_version_adds_is_passed_over() =>
        Assert.Equal("A.cs", Assert.Single(Read(With(
            """{ "level": "note", "properties": { "x": [1] }, "ruleId": "AP0002", "message": { "id": "m", "text": "t.Wait();" }, "locations": [{ "physicalLocation": { "region": { "startLine": 3 }, "artifactLocation": { "index": 1, "uri": "A.cs" } } }, { }] }""")).Findings).Finding.Path);

    [Theory]
    [InlineData("", FaultKind.Empty, 1)]
    [InlineData("  \n\n", FaultKind.Empty, 1)]
    [InlineData("hello", FaultKind.Broken, 1)]
    [InlineData("{}", FaultKind.NoSarif, 1)]
    [InlineData("[]", FaultKind.Unexpected, 1)]
    [InlineData("\"text\"", FaultKind.Unexpected, 1)]
    [InlineData("""{ "version": "2.1.0" }""", FaultKind.NoSarif, 1)]
    [InlineData("""{ "version": "1.0.0", "runs": [] }""", FaultKind.NoSarif, 1)]
    [InlineData("""{ "version": "2.1.0", "runs": {} }""", FaultKind.Unexpected, 1)]
    [InlineData("""{ "version": 2, "runs": [] }""", FaultKind.Unexpected, 1)]
    [InlineData("""{ "version": "2.1.0", "runs": [{ "results": [] }] }""", FaultKind.NoSarif, 1)]
    [InlineData("{\n\"a\": 1,\n<<<<<<< HEAD\n", FaultKind.Conflict, 3)]
    public void What_is_no_baseline_is_refused_with_the_reason(string text, object kind, int line)
    {
        var fault = Assert.Throws<BaselineFault>(() => Read(text));
        Assert.Equal(((FaultKind)kind, line), (fault.Kind, fault.Line));
    }

    [Theory]
    [InlineData("""{ "message": { "text": "t.Wait();" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "A.cs" } } }] }""")]
    [InlineData("""{ "ruleId": "AP0002", "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "A.cs" } } }] }""")]
    [InlineData("""{ "ruleId": "AP0002", "message": { "text": "t.Wait();" } }""")]
    [InlineData("""{ "ruleId": "AP0002", "message": { "text": "t.Wait();" }, "locations": [] }""")]
    [InlineData("{ }")]
    public void A_finding_that_does_not_say_what_it_is_is_refused(string entry)
    {
        var fault = Assert.Throws<BaselineFault>(() => Read(With(entry)));
        Assert.Equal((FaultKind.Incomplete, 6), (fault.Kind, fault.Line));
    }

    [Theory]
    [InlineData("""{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "Other" } }, "results": [{ "a": 1 }] }] }""")]
    [InlineData("""{ "version": "2.1.0", "runs": [{ "results": [{ "ruleId": "X1" }], "tool": { "driver": { "name": "Other" } } }] }""")]
    public void A_log_of_another_tool_is_named(string text)
    {
        var fault = Assert.Throws<BaselineFault>(() => Read(text));
        Assert.Equal((FaultKind.Foreign, "Other"), (fault.Kind, fault.Tool));
    }

    [Fact]
    public void Wherever_a_baseline_breaks_off_it_is_refused()
    {
        var whole = With(Entry + ",\n" + Entry).TrimEnd();
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<BaselineFault>(() => Read(whole[..length]));
    }

    [Fact]
    public void Wherever_a_byte_is_damaged_it_is_refused()
    {
        var whole = With(Entry);
        for (var index = 0; index < whole.Length; index++)
            Assert.Throws<BaselineFault>(() => Read(whole[..index] + '\0' + whole[(index + 1)..]));
    }

    /// <summary>A baseline whose entries begin in line 6.</summary>
    internal static string With(string entries) =>
        $$"""
        {
          "version": "2.1.0",
          "runs": [{
            "tool": { "driver": { "name": "AsyncPitfalls" } },
            "results": [
        {{entries}}
            ]
          }]
        }
        """;

    private static BaselineFile Read(string text) => BaselineFile.Read(new StringReader(text));
}
