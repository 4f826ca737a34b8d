namespace AsyncPitfalls.Tests.Semantics;

public sealed class MissingLoopsTests
{
    [Theory]
    [InlineData("Task.Run(() => { var s = [|TaskScheduler.FromCurrentSynchronizationContext()|]; Use(s); });", "Scheduler Pool")]
    [InlineData("Task.Run(() => [|SynchronizationContext.Current|]!.Post(_ => { }, null));", "Context Pool")]
    [InlineData("new Thread(() => [|SynchronizationContext.Current|]!.Post(_ => { }, null)).Start();", "Context NewThread")]
    [InlineData("await F().ConfigureAwait(false); [|SynchronizationContext.Current|]!.Post(_ => { }, null);", "Context LeftByAwait")]
    public async Task What_needs_the_loop_of_a_thread_that_has_none_is_found(string body, string expected) => Assert.Equal(expected, await FoundIn(body));

    [Theory]
    [InlineData("var s = [|TaskScheduler.FromCurrentSynchronizationContext()|]; Use(s);")]
    [InlineData("Task.Run(() => [|SynchronizationContext.Current|]?.Post(_ => { }, null));")]
    [InlineData("Task.Run(() => { if (SynchronizationContext.Current != null) [|SynchronizationContext.Current|].Post(_ => { }, null); });")]
    [InlineData("Task.Run(() => { SynchronizationContext.SetSynchronizationContext(new SynchronizationContext()); var s = [|TaskScheduler.FromCurrentSynchronizationContext()|]; Use(s); });")]
    [InlineData("await F(); [|SynchronizationContext.Current|]!.Post(_ => { }, null);")]
    public async Task Where_a_loop_may_run_or_is_asked_for_nothing_is_missing(string body) => Assert.Null(await FoundIn(body));

    private static async Task<string?> FoundIn(string body)
    {
        var snippet = await Snippet.CompileAsync(
            $"class C {{ static async Task F() => await Task.Delay(1); static void Use(object x) {{ }} public async Task M() {{ {body} await F(); }} }}");
        return snippet.Model.MissingLoops.Of(snippet.Operation, default) is { } missing ? $"{missing.Kind} {missing.Thread.Kind}" : null;
    }
}
