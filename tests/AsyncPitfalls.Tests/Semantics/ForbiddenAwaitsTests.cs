using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class ForbiddenAwaitsTests
{
    [Theory]
    [InlineData("lock (gate) { [|F()|]; }")]
    [InlineData("try { } catch (Exception) when ([|F()|] > 1) { }")]
    [InlineData("_ = from x in xs where x > [|F()|] select x;")]
    [InlineData("_ = from x in xs from y in new[] { [|F()|] } select y;")]
    [InlineData("_ = from x in xs orderby [|F()|] select x;")]
    [InlineData("_ = nameof([|gate|]);")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> e = () => [|F()|];")]
    [InlineData("Span<int> s = stackalloc int[1]; [|F()|]; s[0] = 1;")]
    [InlineData("unsafe { [|F()|]; }")]
    [InlineData("for ([|F()|]; ; ) { }")]
    [InlineData("ref var first = ref xs[0]; [|F()|]; first = 1;")]
    public async Task Where_the_language_allows_no_await_none_may_stand(string body) => Assert.True(await IsForbidden(body));

    [Theory]
    [InlineData("[|F()|];")]
    [InlineData("lock ([|Gate()|]) { }")]
    [InlineData("lock (gate) { Func<int> f = () => [|F()|]; }")]
    [InlineData("try { } catch (Exception) { [|F()|]; }")]
    [InlineData("try { } finally { [|F()|]; }")]
    [InlineData("for (F(), [|F()|]; ; ) { }")]
    [InlineData("int x; for (x = [|F()|]; ; ) { }")]
    [InlineData("for (; [|F()|] > 0; ) { }")]
    [InlineData("for (; ; [|F()|]) { }")]
    [InlineData("for (; ; ) { [|F()|]; }")]
    [InlineData("_ = from x in [|All()|] select x;")]
    [InlineData("_ = from x in xs join y in [|All()|] on x equals y select x;")]
    [InlineData("Span<int> s = stackalloc int[1]; s[0] = 1; [|F()|];")]
    [InlineData("[|F()|]; Span<int> s = stackalloc int[1]; s[0] = 1;")]
    public async Task Elsewhere_an_await_may_stand(string body) => Assert.False(await IsForbidden(body));

    private static async Task<bool> IsForbidden(string body)
    {
        var snippet = await Snippet.CompileAsync(
            $"class C {{ readonly object gate = new(); object Gate() => gate; int F() => 1; int[] All() => new int[1]; void M(int[] xs) {{ {body} }} }}");
        return ForbiddenAwaits.At(snippet.Marked.Single().DescendantNodesAndSelf().OfType<ExpressionSyntax>().First(), snippet.Semantics, snippet.Model, default);
    }
}
