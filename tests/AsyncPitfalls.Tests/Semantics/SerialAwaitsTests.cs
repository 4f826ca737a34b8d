using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class SerialAwaitsTests
{
    [Theory]
    [InlineData("var a = await Get(1); var b = [|await Get(2)|];", true)]
    [InlineData("var a = await Get(1); var b = await Get(2); var c = [|await Get(3)|];", false)]
    [InlineData("var a = await one.GetAsync(); var b = [|await two.GetAsync()|];", true)]
    [InlineData("var a = await Get(1); var b = [|await Get(a)|];", false)]
    [InlineData("var a = await one.GetAsync(); var b = [|await one.GetAsync()|];", false)]
    [InlineData("var a = await Get(1); one.Change(); var b = [|await Get(2)|];", false)]
    [InlineData("await Task.Delay(1); var b = [|await Get(2)|];", false)]
    [InlineData("var b = [|await Get(2)|];", false)]
    public async Task The_second_of_awaits_that_need_nothing_of_each_other_is_found(string body, bool isFound)
    {
        var snippet = await Compile(body);
        Assert.Equal(isFound, snippet.Model.SerialAwaits.Of(Assert.IsAssignableFrom<IAwaitOperation>(snippet.Operation), default) is not null);
    }

    [Theory]
    [InlineData("[|foreach (var x in xs) await Get(x);|]", true)]
    [InlineData("[|foreach (var x in xs) { await Get(x); one.Change(); }|]", false)]
    [InlineData("[|foreach (var x in xs) await one.SaveAsync();|]", false)]
    public async Task A_loop_over_one_such_await_is_found(string body, bool isFound)
    {
        var snippet = await Compile(body);
        Assert.Equal(isFound, snippet.Model.SerialAwaits.Of(Assert.IsAssignableFrom<IForEachLoopOperation>(snippet.Operation), default) is not null);
    }

    private static Task<Snippet> Compile(string body) => Snippet.CompileAsync(
        $$"""
        class Store { public Task<int> GetAsync() => null!; public Task<int> SaveAsync() => null!; public void Change() { } }

        class C
        {
            static Task<int> Get(int x) => null!;
            async Task M(Store one, Store two, int[] xs) { {{body}} }
        }
        """);
}
