using AsyncPitfalls.FixTrials;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>The snippets that the trials of the fixes read out of the rules' own tests.</summary>
public sealed class RuleSnippetTests
{
    [NeedsCSharpFact(14)]
    public void Every_file_of_tests_can_be_read()
    {
        var files = RuleSnippets.Files.ToDictionary(file => Path.GetFileName(file), file => RuleSnippets.Read(file).Count());

        Assert.NotEmpty(files);
        Assert.Equal("", string.Join("\n", files.Where(file => file.Value == 0 && file.Key.EndsWith("CodeFixTests.cs", StringComparison.Ordinal)).Select(file => file.Key)));
    }

    [Fact]
    public void A_part_of_a_snippet_is_none()
    {
        Assert.Null(Markup.TryParse("[|", "AP0001"));
        Assert.Null(Markup.TryParse("F()|]; [|G();", "AP0001"));
        Assert.Null(Markup.TryParse("[|F()\n=== Test/Other.cs\n|];", "AP0001"));
        Assert.Equal("F();", Markup.TryParse("[|F()|];", "AP0001")?.Files.Single().Text);
    }
}
