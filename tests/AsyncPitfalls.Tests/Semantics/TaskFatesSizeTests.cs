using System.Text;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Long methods are answered like short ones.</summary>
public sealed class TaskFatesSizeTests : TaskFatesTest
{
    [Fact]
    public async Task Two_thousand_tasks_one_after_the_other_are_all_known()
    {
        var fates = await FatesOf(Lines(2000, i => $"var t{i} = F(); if (b) n++; await t{i};"));
        Assert.Equal(2000, fates.Count);
        Assert.All(fates, fate => Assert.Equal(TaskEnd.Awaited, fate.End));
    }

    [Fact]
    public async Task Hundreds_of_tasks_at_once_are_all_known()
    {
        var fates = await FatesOf(Lines(300, i => $"var t{i} = F();") + Lines(300, i => $"if (n == {i}) n++;") + Lines(300, i => $"await t{i};"));
        Assert.Equal(TaskEnd.Awaited, fates[0].End);
        Assert.Equal(300, fates.Count);
        Assert.All(fates.Skip(1), fate => Assert.Equal(TaskEnd.LostToException, fate.End));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public async Task A_task_is_followed_through_any_number_of_copies(int copies)
    {
        var body = "var t0 = F();" + Lines(copies, i => $"var t{i + 1} = t{i};");
        Assert.Equal(TaskEnd.Awaited, Assert.Single(await FatesOf(body + $"await t{copies};")).End);
        Assert.Equal(TaskEnd.Unread, Assert.Single(await FatesOf(body)).End);
    }

    private static string Lines(int count, Func<int, string> line) =>
        Enumerable.Range(0, count).Aggregate(new StringBuilder(), (text, i) => text.AppendLine(line(i))).ToString();

    private static async Task<IReadOnlyList<TaskFate>> FatesOf(string body)
    {
        var snippet = await Compile(body);
        var method = snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        return [.. method.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => snippet.Model.TaskFates.Of(snippet.Semantics.GetOperation(call)!))];
    }
}
