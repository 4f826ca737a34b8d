using System.Globalization;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP9001UnreadableOptionTests() : RuleTest(new AP9001UnreadableOptionAnalyzer())
{
    private const string Code =
        """
        namespace Acme
        {
            class Pump
            {
                public void Run(int seconds) { }
                public int State => 0;
            }

            class Box<T>
            {
                public void Run<U>() { }
            }
        }
        === Test/Second.cs
        class Second { }
        """;

    [Theory]
    [InlineData("async_pitfalls.fix_async_suffix = true")]
    [InlineData("async_pitfalls.fix_async_suffix = FALSE")]
    [InlineData("async_pitfalls.AP0002.fix_async_suffix = true")]
    [InlineData("dotnet_diagnostic.AP0002.severity = nonsense")]
    public Task A_value_that_can_be_read_is_silent(string line) => Silent(Code, new Setup { EditorConfig = line });

    [Fact]
    public async Task A_value_that_is_no_flag_is_reported_once_with_its_key()
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls.fix_async_suffix = maybe" }));
        Assert.Equal("The option 'async_pitfalls.fix_async_suffix' holds 'maybe', which is not 'true' or 'false'; it has no effect", finding.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(Location.None, finding.Location);
    }

    [Fact]
    public async Task The_message_is_Chinese_where_the_reader_is()
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls.fix_async_suffix = maybe" }));
        Assert.Equal("选项“async_pitfalls.fix_async_suffix”的值“maybe”不是“true”或“false”，因此不起作用", finding.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    [Fact]
    public async Task The_more_specific_key_is_reported_by_its_own_name()
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls.AP0002.fix_async_suffix = 1\nasync_pitfalls.fix_async_suffix = true" }));
        Assert.Contains("'async_pitfalls.AP0002.fix_async_suffix'", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
