using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Tests.Baselines;

public sealed class JsonScannerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" [ ] \r\n\t")]
    [InlineData("""{"a":[1,-2.5e+3,0,0.1,1E-9,true,false,null,"x",{"b":{}}],"c":""}""")]
    [InlineData("""["\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00","漢字"]""")]
    [InlineData("\"text\"")]
    [InlineData("-0")]
    public void What_is_JSON_is_passed(string json) => Pass(json);

    [Theory]
    [InlineData("{,}")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("True")]
    [InlineData("trux")]
    [InlineData("nullnull")]
    [InlineData("{} {}")]
    [InlineData("[] // comment")]
    [InlineData("/* comment */ []")]
    [InlineData("\"tab\there\"")]
    [InlineData("\"line\nbreak\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    public void What_only_looks_like_JSON_is_refused(string json)
    {
        var fault = Assert.Throws<BaselineFault>(() => Pass(json));
        Assert.Contains(fault.Kind, new[] { FaultKind.Broken, FaultKind.Truncated, FaultKind.Unexpected });
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1,")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("\"text")]
    [InlineData("\"text\\")]
    [InlineData("\"\\u12")]
    [InlineData("tru")]
    public void What_breaks_off_is_told_from_what_is_wrong(string json) =>
        Assert.Equal(FaultKind.Truncated, Assert.Throws<BaselineFault>(() => Pass(json)).Kind);

    [Theory]
    [InlineData("<<<<<<< HEAD\n")]
    [InlineData("=======\n")]
    [InlineData(">>>>>>> other\n")]
    public void The_markers_of_a_merge_are_known(string marker)
    {
        var fault = Assert.Throws<BaselineFault>(() => Pass("[\n1,\n" + marker + "2]"));
        Assert.Equal((FaultKind.Conflict, 3), (fault.Kind, fault.Line));
    }

    [Fact]
    public void A_fault_tells_its_line() =>
        Assert.Equal(4, Assert.Throws<BaselineFault>(() => Pass("{\r\n\"a\": 1,\r\n\r\n!\r\n}")).Line);

    [Fact]
    public void What_is_asked_for_is_read_and_the_rest_passed_over()
    {
        var json = new JsonScanner(new StringReader("""{"skip":{"name":"no"},"name":"caf\u00e9 \ud83d\ude00 \"q\"","list":["one","two",{"three":3}]}"""));
        string? name = null, first = null;
        json.ReadObject(member =>
        {
            if (member == "name")
                name = json.ReadText();
            else if (member == "list")
                json.ReadFirst(() => first = json.ReadText());
            else
                json.Skip();
        });
        json.ReadEnd();
        Assert.Equal("café 😀 \"q\"", name);
        Assert.Equal("one", first);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_million_nested_values_are_refused_before_the_stack_ends(string open) =>
        Assert.Equal(FaultKind.Unexpected, Assert.Throws<BaselineFault>(() => Pass(string.Concat(Enumerable.Repeat(open, 1_000_000)))).Kind);

    [Fact]
    public void Values_may_nest_as_deep_as_logs_do() => Pass(new string('[', JsonScanner.Deepest) + new string(']', JsonScanner.Deepest));

    [Fact]
    public void A_text_that_is_asked_for_is_bounded_and_one_that_is_passed_over_is_not()
    {
        var text = "\"" + new string('x', JsonScanner.Longest + 1) + "\"";
        Pass(text);
        Assert.Equal(FaultKind.Unexpected, Assert.Throws<BaselineFault>(() => new JsonScanner(new StringReader(text)).ReadText()).Kind);
    }

    [Fact]
    public void Fifty_megabytes_are_passed_in_little_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var json = new JsonScanner(new Repeated("[", "{\"message\":{\"text\":\"It blocks.\"},\"level\":[1.5e3,null]},\n", 900_000, "0]"));
        json.Skip();
        json.ReadEnd();
        Assert.Equal(900_001, json.Line);
        // Each object that is passed over takes a short name and a delegate, none of its text is kept.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }

    private static void Pass(string text)
    {
        var json = new JsonScanner(new StringReader(text));
        json.Skip();
        json.ReadEnd();
    }

    /// <summary>A long text that is nowhere in memory.</summary>
    private sealed class Repeated(string head, string part, int count, string tail) : TextReader
    {
        private readonly IEnumerator<char> letters = Enumerable.Repeat(part, count).Prepend(head).Append(tail).SelectMany(text => text).GetEnumerator();

        public override int Read(char[] buffer, int index, int length)
        {
            var read = 0;
            while (read < length && letters.MoveNext())
                buffer[index + read++] = letters.Current;
            return read;
        }
    }
}
