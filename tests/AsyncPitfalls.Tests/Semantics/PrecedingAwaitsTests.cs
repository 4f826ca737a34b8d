using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class PrecedingAwaitsTests
{
    [Theory]
    [InlineData("await W(); [|F()|];")]
    [InlineData("if (b) await W(); [|F()|];")]
    [InlineData("while (b) { [|F()|]; await W(); }")]
    [InlineData("foreach (var i in new[] { 1 }) { [|F()|]; await W(); }")]
    [InlineData("try { await W(); } catch { [|F()|]; }")]
    [InlineData("try { F(); await W(); F(); } catch (Exception) { [|F()|]; }")]
    [InlineData("try { await W(); } finally { [|F()|]; }")]
    [InlineData("using (await D()) { [|F()|]; }")]
    [InlineData("[|G(await N())|];")]
    [InlineData("_ = b ? await N() : 0; [|F()|];")]
    [InlineData("again: [|F()|]; if (b) { await W(); goto again; }")]
    [InlineData("switch (n) { case 1: await W(); break; } [|F()|];")]
    public async Task Awaits_on_some_path_before_are_seen(string body) => Assert.True(await HasAwaited(body));

    [Theory]
    [InlineData("[|F()|]; await W();")]
    [InlineData("if (b) { await W(); return; } [|F()|];")]
    [InlineData("if (b) { await W(); } else { [|F()|]; }")]
    [InlineData("if (b) { await W(); throw new Exception(); } [|F()|];")]
    [InlineData("Func<Task> f = async () => await W(); [|F()|]; await f();")]
    [InlineData("async Task Inner() { await W(); } [|F()|]; await Inner();")]
    [InlineData("var t = W(); [|F()|]; await t;")]
    [InlineData("Action f = () => { [|F()|]; }; await W(); f();")]
    [InlineData("try { [|F()|]; } finally { await W(); }")]
    [InlineData("return; await W(); [|F()|];")]
    public async Task Awaits_that_no_path_passes_before_are_not(string body) => Assert.False(await HasAwaited(body));

    private static async Task<bool> HasAwaited(string body)
    {
        var snippet = await Snippet.CompileAsync(
            "class C { bool b; int n; void F() { } void G(int i) { } Task W() => Task.Delay(1); Task<int> N() => Task.FromResult(1); Task<IDisposable> D() => null!;"
            + $" async Task M() {{ {body} }} }}");
        return snippet.Model.PrecedingAwaits.Any(snippet.Operation, default);
    }
}
