using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class FunctionsTests
{
    [Theory]
    [InlineData("class C { int M() => [|1|]; }", SyntaxKind.MethodDeclaration)]
    [InlineData("class C { int P => [|1|]; }", SyntaxKind.ArrowExpressionClause)]
    [InlineData("class C { int P { get => [|1|]; } }", SyntaxKind.GetAccessorDeclaration)]
    [InlineData("class C { int this[int i] { set { _ = [|1|]; } } }", SyntaxKind.SetAccessorDeclaration)]
    [InlineData("class C { C(int i) { } C() : this([|1|]) { } }", SyntaxKind.ConstructorDeclaration)]
    [InlineData("class C { public static int operator +(C a, C b) => [|1|]; }", SyntaxKind.OperatorDeclaration)]
    [InlineData("class C { ~C() => M([|1|]); void M(int i) { } }", SyntaxKind.DestructorDeclaration)]
    [InlineData("class C { void M() { int F() => [|1|]; F(); } }", SyntaxKind.LocalFunctionStatement)]
    [InlineData("class C { void M() { Func<int> f = () => [|1|]; } }", SyntaxKind.ParenthesizedLambdaExpression)]
    [InlineData("class C { Func<int, int> f = x => [|1|]; }", SyntaxKind.SimpleLambdaExpression)]
    [InlineData("class C { Func<int> f = delegate { return [|1|]; }; }", SyntaxKind.AnonymousMethodExpression)]
    [InlineData("Console.Write([|1|]);", SyntaxKind.CompilationUnit)]
    [InlineData("void M(object o) { } M([|() => 1|]);", SyntaxKind.CompilationUnit)]
    [InlineData("Console.Write([|1|]); class C { }", SyntaxKind.CompilationUnit)]
    public async Task The_function_that_runs_a_node(string code, SyntaxKind expected)
    {
        var snippet = await Snippet.CompileAsync(code);
        var function = Functions.Around(snippet.Marked.Single());
        Assert.Equal(expected, function?.Kind());
        Assert.Contains(snippet.Marked.Single(), Functions.OwnNodes(function!));
        Assert.NotNull(Functions.SymbolOf(function!, snippet.Semantics));
    }

    [Theory]
    [InlineData("class C { int f = [|1|]; }")]
    [InlineData("class C { int P { get; } = [|1|]; }")]
    [InlineData("enum E { A = [|1|] }")]
    [InlineData("[assembly: System.Reflection.AssemblyTitle([|\"a\"|])]")]
    public async Task No_function_runs_an_initializer(string code)
    {
        var snippet = await Snippet.CompileAsync(code);
        Assert.Null(Functions.Around(snippet.Marked.Single()));
    }

    [Theory]
    [InlineData("class C { async Task M(Task t) { await t; } }", true)]
    [InlineData("class C { async Task M(IAsyncEnumerable<int> xs) { await foreach (var x in xs) { } } }", true)]
    [InlineData("class C { async Task M(IAsyncDisposable d) { await using (d) { } } }", true)]
    [InlineData("class C { async Task M(IAsyncDisposable d) { await using var x = d; } }", true)]
    [InlineData("class C { Func<Task> M(Task t) => async () => await t; }", false)]
    [InlineData("class C { void M(Task t) { async Task F() { await t; } F(); } }", false)]
    public async Task An_await_belongs_to_the_innermost_function(string code, bool awaits)
    {
        var snippet = await Snippet.CompileAsync(code);
        var method = snippet.Root.DescendantNodes().First(Functions.IsFunction);
        Assert.Equal(awaits, Functions.Awaits(method));
    }

    [Fact]
    public void What_no_function_runs_is_not_async() => Assert.False(Functions.IsAsync(null));

    [Fact]
    public async Task Function_without_a_body_has_no_end_to_reach()
    {
        var snippet = await Snippet.CompileAsync("abstract class C { protected abstract void M(); }");
        Assert.False(Functions.EndIsReachable(snippet.Root.DescendantNodes().First(Functions.IsFunction), snippet.Semantics));
    }

    [Theory]
    [InlineData("await Task.Yield();", true)]
    [InlineData("Task.Yield();", false)]
    [InlineData("Func<Task> f = async () => await Task.Yield();", false)]
    public async Task Top_level_statements_are_async_where_they_await(string code, bool isAsync)
    {
        var snippet = await Snippet.CompileAsync(code);
        Assert.True(Functions.IsFunction(snippet.Root));
        Assert.Equal(isAsync, Functions.IsAsync(snippet.Root));
    }
}
