namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Tasks in loops, and those that outlive one.</summary>
public sealed class TaskFatesLoopTests : TaskFatesTest
{
    [Theory]
    [InlineData("while (b) { var t = [|F()|]; await t; }", "Awaited")]
    [InlineData("while (b) { var t = [|F()|]; if (n > 1) break; await t; }", "LostOnPath")]
    [InlineData("while (b) { var t = [|F()|]; if (n > 1) return; await t; }", "LostOnPath")]
    [InlineData("for (var t = [|F()|]; b; ) { await t; break; }", "LostOnPath")]
    [InlineData("for (var i = 0; i < n; i++) { [|F()|]; }", "Dropped")]
    [InlineData("Task? last = null; for (var i = 0; i < n; i++) { if (last != null) await last; last = [|F()|]; } if (last != null) await last;", "Awaited")]
    [InlineData("Task? last = null; for (var i = 0; i < n; i++) { last = [|F()|]; } await last!;", "LostOnPath")]
    [InlineData("Task t; do { t = [|F()|]; await t; } while (b);", "Awaited")]
    [InlineData("Task t; do { t = [|F()|]; } while (b); await t;", "LostOnPath")]
    [InlineData("var next = [|G()|]; while (await next > 0) { next = G(); }", "Awaited")]
    [InlineData("var next = G(); while (await next > 0) { next = [|G()|]; }", "Awaited")]
    [InlineData("var t = [|F()|]; for (;;) { if (b) { await t; break; } }", "Awaited")]
    [InlineData("var t = [|F()|]; while (true) { await Task.Delay(n); }", "Held")]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; try { continue; } finally { await t; } }", "Awaited")]
    [InlineData("await foreach (var x in Each()) { var t = [|F()|]; await t; } async IAsyncEnumerable<int> Each() { await F(); yield return 1; }", "Awaited")]
    [InlineData("foreach (var t in new[] { [|F()|] }) await t;", "Stored")]
    public Task Each_fate_is_known(string body, string expected) => Check(body, expected);
}
