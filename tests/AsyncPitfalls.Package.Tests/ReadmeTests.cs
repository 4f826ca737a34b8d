using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests;

/// <summary>The README says what is so.</summary>
public sealed partial class ReadmeTests
{
    private const string TestCommand = "dotnet test AsyncPitfalls.sln";

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-Hans.md")]
    public void It_names_the_three_commands(string file)
    {
        var lines = File.ReadAllLines(Repository.PathOf(file));
        Assert.Contains("dotnet build docs/tour", lines);
        Assert.Contains(TestCommand, lines);
        Assert.Contains("dotnet build nuget/Try.proj -p:On=path/to/Any.sln", lines);
    }

    [Fact]
    public void CI_runs_its_test_command() =>
        Assert.Contains(File.ReadLines(Repository.PathOf(".ci", "run")), line => line.StartsWith(TestCommand, StringComparison.Ordinal));

    [Theory]
    [InlineData("README")]
    [InlineData("docs/guide/install")]
    [InlineData("docs/guide/contribute-a-rule")]
    public void It_and_the_guide_have_the_same_code_in_both_languages(string page) =>
        Assert.Equal(CodeOf(page + ".md"), CodeOf(page + ".zh-Hans.md"));

    // What a tool says is in the reader's language; all else is the same in both.
    private static IEnumerable<string> CodeOf(string file) =>
        Fence().Matches(File.ReadAllText(Repository.PathOf(file))).Select(block => block.Value).Where(text => !text.StartsWith("```text", StringComparison.Ordinal));

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
