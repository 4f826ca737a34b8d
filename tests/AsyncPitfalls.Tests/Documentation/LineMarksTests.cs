namespace AsyncPitfalls.Tests.Documentation;

public sealed class LineMarksTests
{
    [Theory]
    [InlineData("csharp", new int[0])]
    [InlineData("csharp {7}", new[] { 7 })]
    [InlineData("csharp {3,5-7}", new[] { 3, 5, 6, 7 })]
    public void Marks_are_read_from_behind_the_fence(string info, int[] expected) => Assert.Equal(expected, LineMarks.Parse(info));

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 7 }, " {7}")]
    [InlineData(new[] { 5, 3, 6, 7 }, " {3,5-7}")]
    public void Marks_are_written_in_the_shortest_form(int[] lines, string expected) => Assert.Equal(expected, LineMarks.Format(lines));

    [Theory]
    [InlineData("a\nb\nc\n", "a\nb\nc\n", new int[0])]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", new[] { 2 })]
    [InlineData("a\nc\n", "a\nx\ny\nc\n", new[] { 2, 3 })]
    [InlineData("a\nb\nc\n", "b\nc\na\n", new[] { 3 })]
    [InlineData("a\nb\nc\n", "a\nc\n", new int[0])]
    public void What_the_text_before_does_not_have_is_changed(string before, string after, int[] expected) => Assert.Equal(expected, LineMarks.Changed(before, after));
}
