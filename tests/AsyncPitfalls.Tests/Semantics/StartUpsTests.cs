
namespace AsyncPitfalls.Tests.Semantics;

public sealed class StartUpsTests
{
    [Theory]
    [InlineData("[|Thread.Sleep(1)|]; await F();", "Blocks")]
    [InlineData("[|F().Wait()|]; await F();", "Blocks")]
    [InlineData("[|Deep()|]; await F();", "Blocks")]
    [InlineData("[|while (!stop.IsCancellationRequested) { }|]", "Loops")]
    [InlineData("[|while (!stop.IsCancellationRequested) { if (stop.CanBeCanceled) await F(); }|]", "Loops")]
    [InlineData("await Task.CompletedTask; [|Thread.Sleep(1)|];", "Blocks")]
    public async Task What_keeps_the_host_from_starting_is_told(string body, string kind) =>
        Assert.Equal(kind, await KindOf($"protected override async Task ExecuteAsync(CancellationToken stop) {{ {body} }}"));

    [Theory]
    [InlineData("await F(); [|Thread.Sleep(1)|];")]
    [InlineData("await Task.Yield(); [|while (!stop.IsCancellationRequested) { }|]")]
    [InlineData("[|while (!stop.IsCancellationRequested) { await F(); }|]")]
    [InlineData("Action later = () => [|Thread.Sleep(1)|]; await F(); later();")]
    [InlineData("await Task.Run(() => [|Thread.Sleep(1)|]);")]
    public async Task What_comes_after_the_thread_is_given_back_is_not(string body) =>
        Assert.Null(await KindOf($"protected override async Task ExecuteAsync(CancellationToken stop) {{ {body} }}"));

    [Theory]
    [InlineData("public override async Task StartAsync(CancellationToken stop) { [|await Ever()|]; }", "Waits")]
    [InlineData("public override Task StartAsync(CancellationToken stop) { [|return Ever();|] }", "Waits")]
    [InlineData("public override async Task StartAsync(CancellationToken stop) { [|while (!stop.IsCancellationRequested) await F();|] }", "Loops")]
    [InlineData("public override async Task StartAsync(CancellationToken stop) { [|await F()|]; }", null)]
    [InlineData("public async Task StartAsync(string other) { [|await Ever()|]; }", null)]
    public async Task The_start_has_to_come_to_its_end(string member, string? kind) => Assert.Equal(kind, await KindOf(member));

    [Fact]
    public async Task From_version_10_on_the_host_runs_what_executes_on_the_pool() =>
        Assert.Null(await KindOf("protected override async Task ExecuteAsync(CancellationToken stop) { [|Thread.Sleep(1)|]; await F(); }", Setup.AspNet));

    private static async Task<string?> KindOf(string member, Setup? setup = null)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            using Microsoft.Extensions.Hosting;

            class Service : BackgroundService
            {
                static async Task F() => await Task.Delay(1);
                static void Deep() => Deeper();
                static void Deeper() => Thread.Sleep(1);
                static async Task Ever() { while (true) await Task.Delay(1); }
                {{(member.Contains("ExecuteAsync", StringComparison.Ordinal) ? "" : "protected override Task ExecuteAsync(CancellationToken stop) => F();")}}
                {{member}}
            }
            """,
            setup ?? Setup.AspNet8);
        return snippet.Model.StartUps.Of(snippet.Operation, default)?.Kind.ToString();
    }
}
