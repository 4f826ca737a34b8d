namespace AsyncPitfalls.Tests.Semantics;

public sealed class SharedChangesTests
{
    [Theory]
    [InlineData("var n = 0; Parallel.For(0, 9, i => { [|n++|]; });", "For")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { [|n += x|]; });", "ForEach")]
    [InlineData("Parallel.ForEach(xs, x => { [|list.Add(x)|]; });", "ForEach")]
    [InlineData("await Task.WhenAll(xs.Select(async x => { await F(); [|list.Add(x)|]; }));", "Select")]
    [InlineData("foreach (var x in xs) { var t = Task.Run(() => { [|count++|]; }); tasks.Add(t); }", "Run")]
    [InlineData("var n = 0; Parallel.For(0, 9, i => { while (true) { try { try { F(); } finally { [|n++|]; } } catch { } } });", "For")]
    public async Task A_change_that_several_runs_make_at_once_is_found_with_what_starts_them(string body, string start) => Assert.Equal(start, await StartOf(body));

    [Theory]
    [InlineData("var n = 0; foreach (var x in xs) { [|n++|]; }")]
    [InlineData("Parallel.For(0, 9, i => { var n = 0; [|n++|]; });")]
    [InlineData("Parallel.For(0, 9, i => { lock (list) { [|list.Add(i)|]; } });")]
    [InlineData("Parallel.For(0, 9, i => { Monitor.Enter(list); try { [|list.Add(i)|]; } finally { Monitor.Exit(list); } });")]
    [InlineData("var a = new int[9]; Parallel.For(0, 9, i => { [|a[i]++|]; });")]
    [InlineData("await Task.WhenAll(xs.Select(async x => { [|list.Add(x)|]; await F(); }));")]
    [InlineData("await Task.Run(() => { [|count++|]; });")]
    [InlineData("foreach (var x in xs) { await Task.Run(() => { [|count++|]; }); }")]
    public async Task A_change_that_is_guarded_or_made_by_one_run_at_a_time_is_none(string body) => Assert.Null(await StartOf(body));

    private static async Task<string?> StartOf(string body)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            class C
            {
                int count;
                readonly List<int> list = new();
                readonly List<Task> tasks = new();
                static async Task F() => await Task.Delay(1);
                async Task M(int[] xs) { await F(); {{body}} }
            }
            """);
        return snippet.Model.SharedChanges.Of(snippet.Operation, default)?.Run.Start.TargetMethod.Name;
    }
}
