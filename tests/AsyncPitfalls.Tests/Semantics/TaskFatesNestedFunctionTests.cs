namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Tasks that nested functions make or capture.</summary>
public sealed class TaskFatesNestedFunctionTests : TaskFatesTest
{
    [Theory]
    [InlineData("Func<Task> f = async () => await [|F()|];", "Awaited")]
    [InlineData("Func<Task> f = async () => { [|F()|]; await G(); };", "Dropped")]
    [InlineData("Func<Task> f = async () => { var t = [|F()|]; if (n > 1) return; await t; };", "LostOnPath")]
    [InlineData("Func<Task> f = () => { return [|F()|]; };", "Returned")]
    [InlineData("Func<Task> f = delegate { return [|F()|]; };", "Returned")]
    [InlineData("Task L() => [|F()|]; await L();", "Returned")]
    [InlineData("async Task L() { var t = [|F()|]; await t; } await L();", "Awaited")]
    [InlineData("void L() { [|F()|]; } L();", "Dropped")]
    [InlineData("void L() { var t = [|F()|]; } L();", "Unread")]
    [InlineData("static async Task L(C c) { var t = [|c.F()|]; await Task.Delay(1); await t; } await L(this);", "LostToException")]
    [InlineData("var t = [|F()|]; Func<Task> f = async () => await t; await f();", "Captured")]
    [InlineData("var t = [|F()|]; async Task L() { await t; } await L();", "Captured")]
    [InlineData("Task t = F(); Action a = () => { t = [|F()|]; }; a(); await t;", "Stored")]
    [InlineData("Action a = () => { var t = [|F()|]; Action c = () => t.Wait(); c(); }; a();", "Captured")]
    [InlineData("var ts = xs.Select(async x => { var t = [|F()|]; await t; });", "Awaited")]
    [InlineData("xs.ForEach(x => { var t = [|F()|]; });", "Unread")]
    [InlineData("Func<int, Task> f = x => x switch { 1 => [|F()|], _ => G() };", "Returned")]
    public Task Each_fate_is_known(string body, string expected) => Check(body, expected);
}
