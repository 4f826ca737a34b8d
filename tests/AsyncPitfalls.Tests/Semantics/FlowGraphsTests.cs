using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class FlowGraphsTests
{
    [Theory]
    [InlineData("class C { int M(int i) { return [|i + 1|]; } }")]
    [InlineData("class C { int M(int i) => [|i + 1|]; }")]
    [InlineData("class C { int i; int P => [|i + 1|]; }")]
    [InlineData("class C { int i; int P { get => [|i + 1|]; set { } } }")]
    [InlineData("class C { C(int i) : this([|i + 1|], 2) { } C(int i, int j) { } }")]
    [InlineData("class C { static int i; int f = [|i + 1|]; }")]
    [InlineData("class C { static int i; int P { get; } = [|i + 1|]; }")]
    [InlineData("class C { void M(int i) { Func<int> f = () => [|i + 1|]; } }")]
    [InlineData("class C { void M(int i) { int F() => [|i + 1|]; F(); } }")]
    [InlineData("class C { void M(int i) { void F() { Func<Func<int>> f = () => () => [|i + 1|]; } F(); } }")]
    [InlineData("class C { void M(int i) { Action f = () => { int G() => [|i + 1|]; G(); }; } }")]
    [InlineData("class C { static int i; Func<int> f = () => [|i + 1|]; }")]
    [InlineData("var i = args.Length; Console.Write([|i + 1|]);")]
    [InlineData("var i = args.Length; int F() => [|i + 1|]; F();")]
    [InlineData("class C { object M(IEnumerable<int> xs) => from i in xs select [|i + 1|]; }")]
    public async Task The_graph_of_the_innermost_function_holds_the_operation(string code)
    {
        var snippet = await Snippet.CompileAsync(code);
        var graph = snippet.Model.FlowGraphs.Around(snippet.Operation, CancellationToken.None);
        Assert.NotNull(graph);
        Assert.Same(graph, snippet.Model.FlowGraphs.Around(snippet.Operation, CancellationToken.None));
        Assert.Contains(
            graph.Blocks.SelectMany(block => block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue))
                .SelectMany(Nodes),
            operation => operation.Syntax == snippet.Marked[0]);
    }

    private static IEnumerable<IOperation> Nodes(IOperation operation) => operation.ChildOperations.SelectMany(Nodes).Prepend(operation);
}
