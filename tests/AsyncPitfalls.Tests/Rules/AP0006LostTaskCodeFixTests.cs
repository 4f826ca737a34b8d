using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How lost tasks are mended.</summary>
public sealed class AP0006LostTaskCodeFixTests() : RuleTest(new AP0006LostTaskAnalyzer(), new AP0006LostTaskCodeFix())
{
    private const string Await = "AP0006_Await";
    private const string AtEnd = "AP0006_AwaitAtEnd";

    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Every_dropped_task_of_an_async_function_is_awaited() => Fixes(
        """
        class Program
        {
            Program? next;

            static async Task Main(string[] args)
            {
                // first
                [|F()|]; // one
                _ = [|F()|];
                var unread = [|F()|];
                [|F()|].ConfigureAwait(false);
                _ = [|V()|].AsTask();
                Program? p = null;
                [|p?.G()|];
                [|p?.next?.G()|];
                _ = [|p?.G()|];
                _ = args.Length > 0 ? [|F()|] : Task.CompletedTask;
                [|F()|]
                    .ConfigureAwait(false);
                if (args.Length > 1)
                    [|F()|];
                for (; args.Length > 2; _ = [|F()|]) { }
                Console.WriteLine();
            }

            async Task G() => await Task.Delay(1);
            static async Task F() => await Task.Delay(1);
            static async ValueTask<int> V() { await Task.Yield(); return 1; }
        }
        """,
        """
        class Program
        {
            Program? next;

            static async Task Main(string[] args)
            {
                // first
                await F(); // one
                await F();
                await F();
                await F().ConfigureAwait(false);
                await V().AsTask();
                Program? p = null;
                await (p?.G() ?? Task.CompletedTask);
                await (p?.next?.G() ?? Task.CompletedTask);
                await (p?.G() ?? Task.CompletedTask);
                await (args.Length > 0 ? F() : Task.CompletedTask);
                await F()
                    .ConfigureAwait(false);
                if (args.Length > 1)
                    await F();
                for (; args.Length > 2; await F()) { }
                Console.WriteLine();
            }

            async Task G() => await Task.Delay(1);
            static async Task F() => await Task.Delay(1);
            static async ValueTask<int> V() { await Task.Yield(); return 1; }
        }
        """, Await);

    [Theory]
    [InlineData("public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public string Get() { _ = F(); return \"\"; } async Task F() => await Task.Delay(1); }", "Keep 'F' running, await it at the end, and make 'Get' async (public signature)")]
    [InlineData("public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<string> Get() { _ = F(); await Task.Yield(); return \"\"; } async Task F() => await Task.Delay(1); }", "Keep 'F' running and await it at the end")]
    [InlineData("class Poller : Microsoft.Extensions.Hosting.IHostedService { public Task StartAsync(CancellationToken token) { _ = F(); return Task.CompletedTask; } public Task StopAsync(CancellationToken token) => Task.CompletedTask; async Task F() { while (true) await Task.Delay(1); } }", "Keep 'F' in a field that 'StopAsync' awaits")]
    public async Task The_title_says_where_the_task_is_awaited_later(string code, string expected) => Assert.Contains(expected, await Titles(code));

    [Fact]
    public Task A_handler_of_what_others_throw_is_none_in_the_way() => Fixes(
        """
        static class Program
        {
            static async Task Main()
            {
                try
                {
                    [|F()|];
                    await Task.Delay(1);
                    Work();
                }
                catch (AggregateException)
                {
                    Console.WriteLine();
                }
            }

            static void Work() { }
            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        static class Program
        {
            static async Task Main()
            {
                try
                {
                    await F();
                    await Task.Delay(1);
                    Work();
                }
                catch (AggregateException)
                {
                    Console.WriteLine();
                }
            }

            static void Work() { }
            static async Task F() => await Task.Delay(1);
        }
        """, Await);

    [Fact]
    public Task A_synchronous_Main_becomes_async() => Fixes(
        """
        static class Program
        {
            static void Main() => [|F()|];
            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        static class Program
        {
            static async Task Main() => await F();
            static async Task F() => await Task.Delay(1);
        }
        """, Await);

    [Fact]
    public Task An_action_becomes_async() => Fixes(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public IActionResult Get()
            {
                _ = [|F()|];
                return Ok();
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public async Task<IActionResult> Get()
            {
                await F();
                return Ok();
            }

            static async Task F() => await Task.Delay(1);
        }
        """, Await);

    [Fact]
    public Task A_delegate_becomes_async() => Fixes(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapGet("/", () =>
        {
            _ = [|F()|];
            return "done";
        });
        app.Run();
        static async Task F() => await Task.Delay(1);
        """,
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapGet("/", async () =>
        {
            await F();
            return "done";
        });
        app.Run();
        static async Task F() => await Task.Delay(1);
        """, Await);

    [Fact]
    public Task Top_level_statements_keep_tasks_and_await_them_at_the_end() => Fixes(
        """
        _ = [|F()|];
        [|V()|];
        var own = [|F()|];
        Console.WriteLine();
        static async Task F() => await Task.Delay(1);
        static async ValueTask V() => await Task.Delay(1);
        """,
        """
        var pending = F();
        var pending1 = V().AsTask();
        var own = F();
        Console.WriteLine();
        await Task.WhenAll(pending, pending1, own);
        static async Task F() => await Task.Delay(1);
        static async ValueTask V() => await Task.Delay(1);
        """, AtEnd);

    [Fact]
    public Task Every_exit_awaits_what_is_pending() => Fixes(
        """
        class Program
        {
            static async Task<int> Main(string[] args)
            {
                var pending = args.Length;
                [|F()|].ConfigureAwait(false);
                if (pending == 0)
                    return 1;
                _ = [|F()|];
                if (pending == 1)
                {
                    Console.WriteLine();
                    return 2;
                }

                if (pending == 2) throw new ArgumentException();
                foreach (var arg in args)
                {
                    _ = [|F()|];
                    if (arg.Length == 1)
                        continue;
                    if (arg.Length == 2)
                        break;
                    Action inner = () => { return; };
                    inner();
                }

                // last
                return 3;
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class Program
        {
            static async Task<int> Main(string[] args)
            {
                var pending = args.Length;
                var pending1 = F();
                if (pending == 0)
                {
                    await pending1;
                    return 1;
                }
                var pending2 = F();
                if (pending == 1)
                {
                    Console.WriteLine();
                    await Task.WhenAll(pending1, pending2);
                    return 2;
                }

                if (pending == 2)
                {
                    await Task.WhenAll(pending1, pending2);
                    throw new ArgumentException();
                }
                foreach (var arg in args)
                {
                    var pending3 = F();
                    if (arg.Length == 1)
                    {
                        await pending3;
                        continue;
                    }
                    if (arg.Length == 2)
                    {
                        await pending3;
                        break;
                    }
                    Action inner = () => { return; };
                    inner();
                    await pending3;
                }

                await Task.WhenAll(pending1, pending2);
                // last
                return 3;
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public Task A_local_that_a_path_leaves_is_awaited_there() => Fixes(
        """
        class Program
        {
            static async Task<int> Main(string[] args)
            {
                var early = [|F()|];
                if (args.Length == 0)
                {
                    return 1;
                }

                await early;
                var branch = [|F()|];
                if (args.Length == 1)
                    await branch;
                Console.WriteLine();
                var first = [|F()|];
                first = F();
                await first;
                return 0;
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class Program
        {
            static async Task<int> Main(string[] args)
            {
                var early = F();
                if (args.Length == 0)
                {
                    await early;
                    return 1;
                }

                await early;
                var branch = F();
                if (args.Length == 1)
                    await branch;
                Console.WriteLine();
                var first = F();
                await first;
                first = F();
                await Task.WhenAll(first, branch);
                return 0;
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public Task A_synchronous_function_becomes_async_to_await_at_the_end() => Fixes(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public IActionResult Get(int id)
            {
                _ = [|F()|];
                if (id == 0)
                    return NotFound();
                return Ok();
            }

            public Task Put()
            {
                _ = [|F()|];
                Console.WriteLine();
                return Task.CompletedTask;
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public async Task<IActionResult> Get(int id)
            {
                var pending = F();
                if (id == 0)
                {
                    await pending;
                    return NotFound();
                }
                await pending;
                return Ok();
            }

            public async Task Put()
            {
                var pending = F();
                Console.WriteLine();
                await pending;
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public Task A_hosted_service_keeps_tasks_in_fields_that_StopAsync_awaits() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Poller : IHostedService
        {
            private readonly string _name = "";

            public Task StartAsync(CancellationToken token)
            {
                _ = [|PollAsync(_name)|];
                [|Task.Run(() => PollAsync(_name))|];
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

            async Task PollAsync(string name)
            {
                while (true)
                    await Task.Delay(1);
            }
        }
        """,
        """
        using Microsoft.Extensions.Hosting;

        class Poller : IHostedService
        {
            private readonly string _name = "";
            private Task _pending = Task.CompletedTask;
            private Task _pending1 = Task.CompletedTask;

            public Task StartAsync(CancellationToken token)
            {
                _pending = PollAsync(_name);
                _pending1 = Task.Run(() => PollAsync(_name));
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_pending, _pending1).WaitAsync(cancellationToken);

            async Task PollAsync(string name)
            {
                while (true)
                    await Task.Delay(1);
            }
        }
        """, AtEnd);

    [Fact]
    public Task The_start_of_a_service_does_not_wait_for_its_endless_loop() => OffersNoFix(
        """
        using Microsoft.Extensions.Hosting;

        class Poller : IHostedService
        {
            public Task StartAsync(CancellationToken token)
            {
                _ = [|PollAsync(token)|];
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;

            async Task PollAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    await Task.Delay(1, token);
            }
        }
        """, Await);

    [Fact]
    public Task Where_no_await_can_stand_no_fix_is_offered() => OffersNoFix(
        """
        class Connection : IDisposable
        {
            public void Dispose()
            {
                _ = [|F()|];
                Console.WriteLine();
            }

            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_section_of_a_switch_awaits_before_its_break() => Fixes(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                switch (args.Length)
                {
                    case 0:
                        [|F()|];
                        Console.WriteLine();
                        break;
                }

                await F();
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                switch (args.Length)
                {
                    case 0:
                        var pending = F();
                        Console.WriteLine();
                        await pending;
                        break;
                }

                await F();
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public Task What_is_last_has_no_end_to_be_awaited_at() => OffersNoFix(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                if (args.Length == 0)
                    [|F()|];
                await F();
                _ = [|F()|];
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        ["Await 'F' and make 'Main' async", "Keep 'F' running, await it at the end, and make 'Main' async", "Await 'F'", "Keep 'F' running and await it at the end"],
        await Titles(
            """
            using Nito.AsyncEx;

            static class Program
            {
                static void Main()
                {
                    F();
                    Console.WriteLine();
                }

                static void M() => AsyncContext.Run(async () =>
                {
                    F();
                    await F();
                });

                static async Task F() => await Task.Delay(1);
            }

            namespace Nito.AsyncEx
            {
                static class AsyncContext
                {
                    public static void Run(Func<Task> action) { }
                }
            }
            """));

    [Fact]
    public Task Work_that_never_ends_is_not_awaited() => OffersNoFix(
        """
        class Program
        {
            static void Main()
            {
                _ = [|Task.Run(async () => { while (true) await Task.Delay(10); })|];
                _ = [|PollAsync()|];
            }

            static async Task PollAsync()
            {
                for (;;)
                    await Task.Delay(10);
            }
        }
        """);

    [Fact]
    public Task What_is_dropped_last_is_awaited_together_with_what_is_kept_before_it() => Fixes(
        """
        class Program
        {
            static void Main(string[] args)
            {
                Func<Task> start = async () => await Task.Delay(1);
                [|start()|];
                [|start.Invoke()|]; // last
            }

            [Xunit.Fact]
            public async Task Works()
            {
                try
                {
                    await F();
                }
                finally
                {
                    _ = [|F()|];
                    var unread = [|F()|];
                }

                [|F()|];
                [|F()|];
                return;
            }

            static async Task F() => await Task.Delay(1);
        }
        namespace Xunit { class FactAttribute : Attribute { } }
        """,
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                Func<Task> start = async () => await Task.Delay(1);
                var pending = start();
                var pending1 = start.Invoke(); // last
                await Task.WhenAll(pending, pending1);
            }

            [Xunit.Fact]
            public async Task Works()
            {
                try
                {
                    await F();
                }
                finally
                {
                    var pending = F();
                    var unread = F();
                    await Task.WhenAll(pending, unread);
                }

                var pending1 = F();
                var pending2 = F();
                await Task.WhenAll(pending1, pending2);
                return;
            }

            static async Task F() => await Task.Delay(1);
        }
        namespace Xunit { class FactAttribute : Attribute { } }
        """, AtEnd);

    [Fact]
    public Task What_is_dropped_last_alone_is_only_awaited() => OffersNoFix(
        """
        class Program
        {
            static async Task Main()
            {
                await F();
                [|F()|];
            }

            static async Task F() => await Task.Delay(1);
        }
        """, AtEnd);

    [Fact]
    public Task A_method_that_never_returns_is_not_awaited_where_a_thread_runs_it() => OffersNoFix(
        """
        class Program
        {
            static void Main() => [|Task.Run(PollAsync)|];

            static async Task PollAsync()
            {
                for (;;)
                    await Task.Delay(10);
            }
        }
        """);
}
