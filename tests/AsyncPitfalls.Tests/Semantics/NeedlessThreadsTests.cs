using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class NeedlessThreadsTests
{
    [Theory]
    [InlineData("await [|Task.Run(() => F())|];")]
    [InlineData("await [|Task.Run(F)|];")]
    [InlineData("await [|Task.Run(async () => await F())|];")]
    [InlineData("await [|Task.Run(async () => { await F(); })|].ConfigureAwait(false);")]
    [InlineData("await [|Task.Factory.StartNew(() => F())|].Unwrap();")]
    public async Task A_thread_that_only_starts_asynchronous_work_is_needless(string body)
    {
        var needless = await Of(body);
        Assert.NotNull(needless);
        Assert.True(needless.IsAwaited);
        Assert.NotNull(needless.Start);
    }

    [Theory]
    [InlineData("await [|Task.Run(() => Work())|];")]
    [InlineData("await [|Task.Run(async () => { Work(); await F(); })|];")]
    [InlineData("var t = [|Task.Run(() => F())|]; Work(); await t;")]
    [InlineData("await [|Task.Run(() => F(), stop)|];")]
    [InlineData("await [|Task.Run(() => Slow())|];")]
    public async Task One_that_does_work_of_its_own_is_not(string body) => Assert.Null(await Of(body));

    private static async Task<NeedlessThread?> Of(string body)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            class C
            {
                static async Task F() => await Task.Delay(1);
                static Task Slow() { Thread.Sleep(1); return F(); }
                static void Work() { }
                public async Task M(CancellationToken stop) { {{body}} }
            }
            """);
        return snippet.Model.NeedlessThreads.Of(Assert.IsAssignableFrom<IInvocationOperation>(snippet.Operation), default);
    }
}
