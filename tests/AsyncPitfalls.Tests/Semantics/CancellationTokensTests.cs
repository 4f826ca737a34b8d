using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class CancellationTokensTests
{
    [Theory]
    [InlineData("class C { void M(CancellationToken stop) { [|F()|]; } void F() { } }", "stop")]
    [InlineData("class C { void M(CancellationToken stop) { Action a = () => [|F()|]; } void F() { } }", "stop")]
    [InlineData("class C { void M(CancellationToken outer) { Action<CancellationToken> a = inner => [|F()|]; } void F() { } }", "inner")]
    [InlineData("class C { readonly CancellationToken kept; void M() { [|F()|]; } void F() { } }", "kept")]
    [InlineData("class C { readonly CancellationToken kept; void M(CancellationToken stop) { [|F()|]; } void F() { } }", "stop")]
    [InlineData("class C { readonly CancellationToken kept; void M() { var own = new CancellationTokenSource(); [|F()|]; } void F() { } }", "own.Token")]
    [InlineData("class C { readonly CancellationTokenSource source = new(); void M() { [|F()|]; } void F() { } }", "source.Token")]
    [InlineData("class B { protected CancellationToken Stop { get; } } class C : B { void M() { [|F()|]; } void F() { } }", "Stop")]
    [InlineData("class C { static CancellationToken all; static void M() { [|F()|]; } static void F() { } }", "all")]
    [InlineData("class B { protected static CancellationToken All; } class C : B { class D { void M() { [|F()|]; } void F() { } } }", "All")]
    [InlineData("interface I { CancellationToken Stop { get; } } interface J : I { void M() { [|F()|]; } void F() { } }", "Stop")]
    [InlineData("class C { void M(object o) { if (o is CancellationTokenSource matched) [|F()|]; } void F() { } }", "matched.Token")]
    public async Task The_nearest_token_is_taken(string code, string name) => Assert.Equal(name, await TokenAt(code));

    [Theory]
    [InlineData("class C { void M() { [|F()|]; } void F() { } }")]
    [InlineData("class C { void M(CancellationToken one, CancellationToken two) { [|F()|]; } void F() { } }")]
    [InlineData("class C { void M(out CancellationToken stop) { stop = default; [|F()|]; } void F() { } }")]
    [InlineData("class C { readonly CancellationToken one, two; void M() { [|F()|]; } void F() { } }")]
    [InlineData("class C { readonly CancellationToken kept; static void M() { [|F()|]; } static void F() { } }")]
    [InlineData("class C { void M(CancellationToken stop) { Action a = static () => [|F()|]; } static void F() { } }")]
    [InlineData("class C { readonly CancellationToken kept; void M() { int kept = 0; [|F()|]; } void F() { } }")]
    [InlineData("class C { readonly CancellationToken kept; void M(string kept) { [|F()|]; } void F() { } }")]
    [InlineData("class C { void M() { [|F()|]; var late = new CancellationTokenSource(); } void F() { } }")]
    [InlineData("class O { readonly CancellationToken kept; class C { void M() { [|F()|]; } void F() { } } }")]
    public async Task Where_none_is_in_reach_or_several_are_as_near_there_is_none(string code) => Assert.Null(await TokenAt(code));

    [Fact]
    public async Task A_token_that_is_imported_is_taken()
    {
        var snippet = await Snippet.CompileAsync("using static All; class C { void M() { [|F()|]; } void F() { } } public static class All { public static CancellationToken Stop; }");
        Assert.Equal("Stop", snippet.Model.CancellationTokens.At(snippet.Marked.Single(), snippet.Semantics)?.Name);
    }

    [Theory]
    [InlineData("stop", true)]
    [InlineData("source.Token", true)]
    [InlineData("stop.IsCancellationRequested", true)]
    [InlineData("source.IsCancellationRequested", true)]
    [InlineData("new CancellationToken(true)", true)]
    [InlineData("CancellationToken.None", false)]
    [InlineData("default(CancellationToken)", false)]
    [InlineData("new CancellationToken()", false)]
    [InlineData("source", false)]
    public async Task Only_what_somebody_may_cancel_is_a_use_of_a_token(string expression, bool isUse)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ object M(CancellationToken stop, CancellationTokenSource source) => ([|{expression}|]); }}");
        Assert.Equal(isUse, snippet.Model.CancellationTokens.IsUse(snippet.Operation));
    }

    private static async Task<string?> TokenAt(string code)
    {
        var snippet = await Snippet.CompileAsync("#pragma warning disable CS0649\n" + code);
        return snippet.Model.CancellationTokens.At(snippet.Marked.Single(), snippet.Semantics) is { } token
            ? token.Name + (token.IsSource ? ".Token" : "")
            : null;
    }
}
