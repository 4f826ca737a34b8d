using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class AsyncSiblingsTests
{
    [Theory]
    [InlineData("int Get(int x) => x; Task<int> GetAsync(int x) => null!;", "Get(1)", "GetAsync")]
    [InlineData("int Get(int x) => x; ValueTask<int> GetAsync(int x, CancellationToken stop) => default;", "Get(1)", "GetAsync")]
    [InlineData("int Get(int x) => x; Task<int> GetAsync(int x, bool exact = false) => null!;", "Get(1)", "GetAsync")]
    [InlineData("int Get(int x) => x; Task<int> GetTaskAsync(int x) => null!;", "Get(1)", "GetTaskAsync")]
    [InlineData("T Get<T>(T x) => x; Task<T> GetAsync<T>(T x) => null!;", "Get(\"\")", "GetAsync")]
    [InlineData("int Sum(params int[] xs) => 0; Task<int> SumAsync(params int[] xs) => null!;", "Sum(1, 2)", "SumAsync")]
    [InlineData("int Read(Span<byte> to) => 0; ValueTask<int> ReadAsync(Memory<byte> to) => default;", "Read(new byte[1])", "ReadAsync")]
    [InlineData("", "Below(1)", "BelowAsync")]
    [InlineData("", "other.Extend(1)", "ExtendAsync")]
    public async Task The_awaitable_method_beside_a_call_is_found(string members, string call, string expected) => Assert.Equal(expected, await SiblingOf(members, call));

    [Theory]
    [InlineData("int Get(int x) => x;", "Get(1)")]
    [InlineData("int Get(int x) => x; int GetAsync(int x) => x;", "Get(1)")]
    [InlineData("int Get(int x) => x; Task<string> GetAsync(int x) => null!;", "Get(1)")]
    [InlineData("int Get(int x) => x; Task GetAsync(int x) => null!;", "Get(1)")]
    [InlineData("int Get(int x) => x; Task<int> GetAsync(string x) => null!;", "Get(1)")]
    [InlineData("int Get(int x) => x; Task<int> GetAsync(int x, string needed) => null!;", "Get(1)")]
    [InlineData("int Get(out int x) => x = 1; Task<int> GetAsync(int x) => null!;", "Get(out _)")]
    [InlineData("static int Get(int x) => x; Task<int> GetAsync(int x) => null!;", "C.Get(1)")]
    [InlineData("", "Hidden(1)")]
    public async Task What_takes_or_yields_something_else_or_is_out_of_reach_is_none(string members, string call) => Assert.Null(await SiblingOf(members, call));

    private static async Task<string?> SiblingOf(string members, string call)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            class B
            {
                protected int Below(int x) => x;
                protected Task<int> BelowAsync(int x) => null!;
                protected int Hidden(int x) => x;
                private Task<int> HiddenAsync(int x) => null!;
            }

            class Other { public int Extend(int x) => x; }

            static class Extensions { public static Task<int> ExtendAsync(this Other other, int x, CancellationToken stop = default) => null!; }

            class C : B
            {
                {{members}}
                async Task M(Other other) { await Task.Yield(); _ = [|{{call}}|]; }
            }
            """);
        return snippet.Model.Siblings.Of(Assert.IsAssignableFrom<IInvocationOperation>(snippet.Operation), default)?.Name;
    }
}
