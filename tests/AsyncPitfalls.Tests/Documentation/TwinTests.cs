using System.Text.RegularExpressions;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A page and its twin in the other language say the same, and their links lead somewhere.</summary>
public sealed partial class TwinTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(path => !Page.IsChinese(path))];

    public static TheoryData<string> AllPages => [.. Page.All];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void A_page_has_its_twin(string path) =>
        Assert.True(Page.Exists(Page.TwinOf(path)), $"{Page.TwinOf(path)} is missing.");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Twins_have_the_same_headings_in_the_same_order(string path)
    {
        var (english, chinese) = (Page.Read(path), Page.Read(Page.TwinOf(path)));
        Assert.Equal(english.Sections.Select(section => section.Level), chinese.Sections.Select(section => section.Level));
    }

    /// <summary>Only what tools print differs: it is in the reader's language too.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Twins_have_the_same_code(string path) => Assert.Equal(CodeOf(path), CodeOf(Page.TwinOf(path)));

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_to_files_that_are_there(string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Page.Root, path))!;
        Assert.DoesNotContain(LinksOf(path), target => !Path.Exists(Path.Combine(folder, target)));
    }

    /// <summary>A reader stays in one language, but for the link to the twin.</summary>
    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_stay_in_the_language_of_the_page(string path)
    {
        var pages = LinksOf(path)
            .Where(target => target.EndsWith(".md", StringComparison.Ordinal))
            .Where(target => Path.GetFileName(target) != Path.GetFileName(Page.TwinOf(path)));
        Assert.All(pages, target => Assert.True(Page.IsChinese(path) == Page.IsChinese(target), target));
    }

    private static IEnumerable<string> CodeOf(string path) => Page.Read(path).Sections.Select(section =>
        string.Concat(section.Blocks.Select(block => $"{CodeBlock.Fence}{block.Info}\n{(block.Language == "text" ? "" : block.Text)}")));

    private static IEnumerable<string> LinksOf(string path) => Link()
        .Matches(Fenced().Replace(Page.Read(path).Text, ""))
        .Select(match => match.Groups[1].Value.Split('#')[0])
        .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
