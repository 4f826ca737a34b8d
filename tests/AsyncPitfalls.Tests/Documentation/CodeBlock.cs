namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A fenced block of a page: what stands behind its opening fence, its text, and the lines of the page that its two fences are on.</summary>
public sealed record CodeBlock(string Info, string Text, int FirstLine, int LastLine)
{
    public const string Fence = "```";

    /// <summary>The language, without the lines that are marked: <c>csharp</c> of <c>csharp {3,5-7}</c>.</summary>
    public string Language => Info.Split(' ')[0];

    /// <summary>The lines that are marked for the reader, counted from 1.</summary>
    public IReadOnlyList<int> Marked => LineMarks.Parse(Info);
}
