using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Awaits that follow one another with nothing between them but the use of the first one's result.</summary>
public sealed class AdjacentAwaitsTests : TaskFatesTest
{
    [Theory]
    [InlineData("await F(); [|await G()|];", "await F()")]
    [InlineData("await F(); ; [|await G()|];", "await F()")]
    [InlineData("await F(); void L() { } [|await G()|];", "await F()")]
    [InlineData("var k = await G(); [|await F()|];", "await G()")]
    [InlineData("n = await G(); n++; [|await F()|];", "await G()")]
    [InlineData("var k = await G(); var m = k + 1; n = m; [|await F()|];", "await G()")]
    [InlineData("n = await G() + [|await G()|];", "await G()")]
    [InlineData("n = Math.Max(await G(), [|await G()|]);", "await G()")]
    [InlineData("switch (n) { case 1: await F(); [|await G()|]; break; }", "await F()")]
    [InlineData("[|await G()|];", null)]
    [InlineData("[|await F()|]; await G();", null)]
    [InlineData("await F(); n++; [|await G()|];", null)]
    [InlineData("var k = await G(); Stop(); [|await F()|];", null)]
    [InlineData("var k = await G(); n = k; Stop(); [|await F()|];", null)]
    [InlineData("n = await G() + xs.Count() + [|await G()|];", null)]
    [InlineData("n = await G() + new List<int>().Count + [|await G()|];", null)]
    [InlineData("if (b) await F(); [|await G()|];", null)]
    [InlineData("foreach (var x in xs) { await F(); } [|await G()|];", null)]
    [InlineData("await F(); if (b) [|await G()|];", null)]
    [InlineData("await F(); if (b) { [|await G()|]; }", null)]
    [InlineData("Func<Task> f = async () => await F(); [|await G()|];", null)]
    [InlineData("await F(); Func<Task<int>> f = async () => [|await G()|];", null)]
    public async Task The_await_right_before_another_is_found(string body, string? expected)
    {
        var snippet = await Compile(body);
        Assert.Equal(expected, AdjacentAwaits.Before((AwaitExpressionSyntax)snippet.Marked.Single().DescendantNodesAndSelf().First(node => node is AwaitExpressionSyntax))?.ToString());
    }

    [Theory]
    [InlineData("[|await F()|]; await G();", "await G()")]
    [InlineData("n = [|await G()|] + await G();", "await G()")]
    [InlineData("await G(); [|await F()|]; n = await G() + 1;", "await G()")]
    [InlineData("[|await F()|]; n++; await G();", null)]
    [InlineData("await G(); [|await F()|];", null)]
    [InlineData("if (b) [|await F()|]; await G();", null)]
    public async Task The_await_right_after_another_is_found(string body, string? expected)
    {
        var snippet = await Compile(body);
        Assert.Equal(expected, AdjacentAwaits.After((AwaitExpressionSyntax)snippet.Marked.Single().DescendantNodesAndSelf().First(node => node is AwaitExpressionSyntax))?.ToString());
    }

    [Theory]
    [InlineData("[|await F()|]; [|await G()|];", true)]
    [InlineData("[|await F()|]; ; void L() { } [|await G()|];", true)]
    [InlineData("n = [|await G()|] + [|await G()|];", true)]
    [InlineData("[|await F()|]; n++; [|await G()|];", false)]
    [InlineData("if (b) [|await F()|]; [|await G()|];", false)]
    [InlineData("Func<Task<int>> f = async () => [|await G()|]; [|await F()|];", false)]
    [InlineData("[|await F()|]; Func<Task<int>> f = async () => [|await G()|];", false)]
    public async Task Neighbours_have_nothing_between_them(string body, bool expected)
    {
        var snippet = await Compile(body);
        var awaits = snippet.Marked.Select(node => node.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().First()).ToList();
        Assert.Equal(expected, AdjacentAwaits.AreNeighbours(awaits[0], awaits[1]));
    }
}
