using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How an endless task is started first and awaited last.</summary>
public sealed class AP0018EndlessWaitCodeFixTests() : RuleTest(new AP0018EndlessWaitAnalyzer(), new AP0018EndlessWaitCodeFix())
{
    private const string Server =
        """

        class Server
        {
            public async Task ListenAsync() { while (true) { await Task.Delay(1); } }
            public async ValueTask PollAsync() { while (true) { await Task.Delay(1); } }
            public async Task StopsNeverAsync() => await ListenAsync();
            public Task BlocksAsync() { while (true) Thread.Sleep(1); }
            public void Stop() { }
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Top_level_wait_is_started_first_and_awaited_last() => Fixes(
        """
        var server = new Server();

        // listens for ever
        [|await server.ListenAsync().ConfigureAwait(false)|]; // on all ports

        Console.WriteLine("done");
        // the end
        """ + Server,
        """
        var server = new Server();

        // listens for ever
        var listening = server.ListenAsync(); // on all ports

        Console.WriteLine("done");
        await listening.ConfigureAwait(false);
        // the end
        """ + Server);

    [Fact]
    public Task Statements_of_a_block_and_of_a_switch_section_are_kept_in_order() => Fixes(
        """
        class C
        {
            async Task A(Server server)
            {
                [|await server.PollAsync()|];
                var n = 1;
                Server.Use(n);
            }

            async Task<int> B(Server server, int listening)
            {
                switch (listening)
                {
                    case 1:
                        [|await server.ListenAsync()|];
                        Server.Use();
                        break;
                }

                [|await (server.StopsNeverAsync())|];
                Server.Use();

                return 0;
            }

            Func<Task> D() => async () =>
            {
                [|await Task.Delay(-1)|];
                Server.Use();
            };
        }
        """ + Server,
        """
        class C
        {
            async Task A(Server server)
            {
                var polling = server.PollAsync().AsTask();
                var n = 1;
                Server.Use(n);
                await polling;
            }

            async Task<int> B(Server server, int listening)
            {
                switch (listening)
                {
                    case 1:
                        var listening1 = server.ListenAsync();
                        Server.Use();
                        await listening1;
                        break;
                }

                var stoppingNever = server.StopsNeverAsync();
                Server.Use();

                await stoppingNever;
                return 0;
            }

            Func<Task> D() => async () =>
            {
                var delaying = Task.Delay(-1);
                Server.Use();
                await delaying;
            };
        }
        """.Replace("stoppingNever", "stopsingNever") + Server);

    [Fact]
    public Task Wait_becomes_an_await_and_its_function_async() => Fixes(
        """
        class Program
        {
            static void Main()
            {
                new Server().ListenAsync().[|Wait|]();
                Console.WriteLine("done");
            }
        }
        """ + Server,
        """
        class Program
        {
            static async Task Main()
            {
                var listening = new Server().ListenAsync();
                Console.WriteLine("done");
                await listening;
            }
        }
        """ + Server);

    [Fact]
    public Task Several_are_awaited_together() => Fixes(
        """
        class C
        {
            async Task A(Server one, Server two)
            {
                [|await one.ListenAsync()|];
                [|await two.ListenAsync()|];
                Server.Use();
            }

            async Task B(Server one, Server two, Server three)
            {
                [|await one.ListenAsync()|];
                [|await two.PollAsync()|];
                await three.ListenAsync();
            }

            async Task D(Server one)
            {
                [|await one.ListenAsync()|];
                await File.WriteAllTextAsync("a", "b");
            }
        }
        """ + Server,
        """
        class C
        {
            async Task A(Server one, Server two)
            {
                var listening = one.ListenAsync();
                var listening1 = two.ListenAsync();
                Server.Use();
                await Task.WhenAll(listening, listening1);
            }

            async Task B(Server one, Server two, Server three)
            {
                var listening = one.ListenAsync();
                var polling = two.PollAsync().AsTask();
                await Task.WhenAll(listening, polling, three.ListenAsync());
            }

            async Task D(Server one)
            {
                var listening = one.ListenAsync();
                await Task.WhenAll(listening, File.WriteAllTextAsync("a", "b"));
            }
        }
        """ + Server);

    [Fact]
    public Task Where_starting_first_is_not_right_none_is_offered() => OffersNoFix(
        """
        class C : IDisposable
        {
            private readonly Server server = new();
            private readonly CancellationTokenSource source = new();

            async Task UsedInItsStatement(Func<Task<int>> f) { Server.Use([|await CountAsync()|]); }
            async Task<int> CountAsync() { while (true) await Task.Yield(); }
            async Task EndsInAnOuterBlock(IDisposable d) { using (d) { [|await server.ListenAsync()|]; } Server.Use(); }
            async Task LeavesEarly(bool b) { [|await server.ListenAsync()|]; if (b) return; Server.Use(); }
            async Task Disposes() { [|await server.ListenAsync()|]; Dispose(); }
            async Task Stops() { [|await server.ListenAsync()|]; server.Stop(); }
            async Task Cancels() { [|await server.ListenAsync()|]; source.Cancel(); }
            async Task NeverComesBack() { [|await server.BlocksAsync()|]; Server.Use(); }
            async Task Returns() { [|await server.ListenAsync()|]; Server.Use(); }
            async Task<string?> ReturnsCall() { [|await server.ListenAsync()|]; Server.Use(); return Console.ReadLine(); }
            async Task AwaitsValue() { [|await server.ListenAsync()|]; var n = await Task.FromResult(1); }
            async Task WaitsForAll() { [|await Task.WhenAll(server.ListenAsync(), Task.Delay(1))|]; Server.Use(); }
            async Task HeldInLocal() { var t = server.ListenAsync(); [|await t|]; Server.Use(); }
            C() { server.ListenAsync().[|Wait|](); Server.Use(); }
            void IsCalled() { server.ListenAsync().[|Wait|](); Server.Use(); }
            void Calls() { IsCalled(); Server.Use(); }
            public void Dispose() { server.ListenAsync().GetAwaiter().[|GetResult|](); Server.Use(); }
        }
        """.Replace("    async Task Returns() { [|await server.ListenAsync()|]; Server.Use(); }\n", "") + Server);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        ["Start 'ListenAsync' first and await it last", "Start 'ListenAsync' first, await it last, and make 'B' async", "Start 'ListenAsync' first, await it last, and make 'D' async (public signature)"],
        await Titles(
            """
            public class C
            {
                async Task A(Server server) { await server.ListenAsync(); Server.Use(); }
                void B(Server server) { server.ListenAsync().Wait(); Server.Use(); }
                public void D() { new Server().ListenAsync().Wait(); Server.Use(); }
            }
            """ + Server));
}
