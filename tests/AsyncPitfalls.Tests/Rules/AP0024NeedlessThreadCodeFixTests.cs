using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How needless threads are taken away.</summary>
public sealed class AP0024NeedlessThreadCodeFixTests() : RuleTest(new AP0024NeedlessThreadAnalyzer(), new AP0024NeedlessThreadCodeFix())
{
    [Theory]
    [InlineData("await [|Task.Run|](() => F());", "await F();")]
    [InlineData("await [|Task.Run|](() => F()).ConfigureAwait(false);", "await F().ConfigureAwait(false);")]
    [InlineData("await [|Task.Run|](async () => await F().ConfigureAwait(false));", "await F();")]
    [InlineData("await [|Task.Run|](async () => await F().ConfigureAwait(false)).ConfigureAwait(false);", "await F().ConfigureAwait(false);")]
    [InlineData("await [|Task.Run|](async () => { await F(); });", "await F();")]
    [InlineData("await [|Task.Run|](() => { return F(); });", "await F();")]
    [InlineData("await [|Task.Run|](delegate { return F(); });", "await F();")]
    [InlineData("await [|Task.Run|](F2);", "await F2();")]
    [InlineData("await [|Task.Run|](this.F2);", "await this.F2();")]
    [InlineData("await [|Task.Run|](new Func<Task>(F2));", "await F2();")]
    [InlineData("var n = await [|Task.Run|](() => G(1));", "var n = await G(1);")]
    [InlineData("var n = await [|Task.Run<int>|](async () => await G(1));", "var n = await G(1);")]
    [InlineData("var n = (await [|Task.Run|](() => G(1))).ToString();", "var n = (await G(1)).ToString();")]
    [InlineData("await [|Task.Run|](async () => { await V(); });", "await V();")]
    [InlineData("await [|Task.Run|](async () => await V()).ConfigureAwait(false);", "await V().ConfigureAwait(false);")]
    [InlineData("await [|Task.Run|](() => F(token), token);", "await F(token);")]
    [InlineData("await [|Task.Run|](() => F(), CancellationToken.None);", "await F();")]
    [InlineData("await [|Task.Run|](() => F(), default);", "await F();")]
    [InlineData("await [|Task.Run|](cancellationToken: token, function: () => F(token));", "await F(token);")]
    [InlineData("await [|Task.Factory.StartNew|](() => F()).Unwrap().ConfigureAwait(false);", "await F().ConfigureAwait(false);")]
    [InlineData("await await [|Task.Factory.StartNew|](() => F());", "await F();")]
    [InlineData("await TaskExtensions.Unwrap([|Task.Factory.StartNew|](() => F()));", "await F();")]
    [InlineData("/* a */ await /* b */ [|Task.Run|](() => F() /* c */) /* d */; // e", "/* a */ await /* b */ F() /* c */ /* d */; // e")]
    [InlineData("await [|Task.Run|](/* why */ () => F());", "await F() /* why */;")]
    [InlineData("await [|Task.Run|](async () => await [|Task.Run|](() => F()));", "await F();")]
    public Task The_call_is_awaited_directly(string before, string after) => Fixes(In(before), In(after));

    [Fact]
    public Task A_call_over_several_lines_keeps_its_lines() => Fixes(
        In("""
            // first
            await [|Task.Run|](async () =>
            {
                await G(
                    1);
            });
            """),
        In("""
            // first
            await G(
                    1);
            """));

    [Fact]
    public Task Comments_of_a_block_are_kept() => Fixes(
        In("""
            await [|Task.Run|](async () =>
            {
                // load
                await F(); // now
            }); // done
            """),
        In("await F() /* load */ /* now */; // done"));

    [Theory]
    [InlineData("object n = await [|Task.Run<object>|](async () => await G(1));")]
    [InlineData("var n = await [|Task.Run<int>|](async () => (byte)await G(1));")]
    public Task What_would_mean_something_else_is_left(string code) => OffersNoFix(In(code));

    [Fact]
    public Task The_task_of_a_handler_is_returned_directly() => Fixes(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public Task Send() => [|Task.Run|](() => SendAsync());
            public Task Save() { return [|Task.Run|](async () => await SendAsync()); }
            public Task<int> Count() => [|Task.Run|](async () => await CountAsync());
            public async Task<int> List() => await [|Task.Run|](async () => await CountAsync());
            private static async Task SendAsync() => await Task.Delay(1);
            private static async ValueTask<int> CountAsync() { await Task.Delay(1); return 1; }
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public Task Send() => SendAsync();
            public Task Save() { return SendAsync(); }
            public Task<int> Count() => CountAsync().AsTask();
            public async Task<int> List() => await CountAsync();
            private static async Task SendAsync() => await Task.Delay(1);
            private static async ValueTask<int> CountAsync() { await Task.Delay(1); return 1; }
        }
        """, setup: Setup.AspNet);

    [Fact]
    public Task Synchronous_work_of_a_handler_has_no_fix() => OffersNoFix(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public Task<int> Get() => [|Task.Run|](() => 1);
        }
        """, setup: Setup.AspNet);

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(["Await 'F' directly"], await Titles(In("await [|Task.Run|](async () => await F());")));
        Assert.Equal(
            ["Return the task of 'SendAsync' directly"],
            await Titles(
                """
                using Microsoft.AspNetCore.Mvc;

                public class Orders : ControllerBase
                {
                    public Task Send() => Task.Run(() => SendAsync());
                    private static async Task SendAsync() => await Task.Delay(1);
                }
                """, Setup.AspNet));
    }

    private static string In(string statements) =>
        $$"""
        class C
        {
            async Task M(CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ")}}
            }

            async Task F(CancellationToken token = default) => await Task.Delay(1, token);
            Task F2() => F();
            async Task<int> G(int n) { await Task.Delay(n); return n; }
            async ValueTask<string> V() { await Task.Yield(); return ""; }
        }
        """;
}
