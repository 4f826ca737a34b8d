using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks are lost, and in which forms.</summary>
public sealed class AP0006LostTaskTests() : RuleTest(new AP0006LostTaskAnalyzer())
{
    [Fact]
    public Task Dropped_tasks_of_top_level_statements_are_found() => Reports(
        """
        [|F()|];
        _ = [|F()|];
        var unread = [|F()|];
        [|F()|].ConfigureAwait(false);
        _ = [|V()|].AsTask();
        await F();
        static async Task F() => await Task.Delay(1);
        static async ValueTask<int> V() { await Task.Yield(); return 1; }
        """);

    [Fact]
    public Task Dropped_tasks_of_an_async_Main_are_found() => Reports(
        """
        class Program
        {
            static async Task Main()
            {
                [|F()|];
                _ = [|F()|];
                var unread = [|F()|];
                Task other;
                other = [|F()|];
                await Task.Delay(1);
                if (DateTime.Now.Hour > 3)
                {
                    _ = [|new Program().G()|];
                }
            }

            static async Task F() => await Task.Delay(1);
            Task<int> G() => Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task Dropped_tasks_of_a_synchronous_Main_are_found() => Reports(
        """
        static class Program
        {
            static void Main() => [|F()|];
            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Every_way_to_drop_is_found() => Reports(
        """
        class Program
        {
            static Func<Task> work = () => F();
            Program? next;

            static async Task Main(string[] args)
            {
                [|work()|];
                [|work.Invoke()|];
                Program? p = null;
                [|p?.G()|];
                [|p?.next?.G()|];
                [|p?.G()|].ConfigureAwait(false);
                [|p!.G()|];
                ([|F()|])!.ConfigureAwait(false);
                _ = args.Length > 0 ? [|F()|] : [|p!.G()|];
                _ = args.Length switch { 0 => [|F()|], _ => [|p!.G()|] };
                _ = (Task)[|F()|];
                _ = checked([|F()|]);
                var (a, b) = ([|F()|], F());
                await b;
                (_, var c) = ([|F()|], F());
                await c;
                for (var t = [|F()|]; args.Length > 1; _ = [|F()|]) { }
                [|Task.Run(() => F())|];
                _ = [|Task.WhenAll(F(), F())|];
                _ = [|F().ContinueWith(t => t.Exception)|];
                [|Task.Delay(10)|];
                [|Gen<int>()|];
                try
                {
                    await F();
                }
                finally
                {
                    _ = [|F()|];
                    var unread = [|F()|];
                }
            }

            static async Task F() => await Task.Delay(1);
            static async Task<T?> Gen<T>() { await Task.Delay(1); return default; }
            async Task G() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_local_that_some_path_leaves_unobserved_is_found() => Reports(
        """
        class Program
        {
            static async Task<int> Main(string[] args)
            {
                var early = [|F()|];
                if (args.Length == 0)
                    return 1;
                await early;

                var thrown = [|F()|];
                if (args.Length == 1)
                    throw new ArgumentException();
                await thrown;

                var branch = [|F()|];
                switch (args[0])
                {
                    case "a":
                        await branch;
                        break;
                    case "b":
                        Console.WriteLine();
                        break;
                }

                var overwritten = [|F()|];
                overwritten = F();
                await overwritten;

                var alias = [|F()|];
                var other = alias;

                foreach (var arg in args)
                {
                    var turn = [|F()|];
                    if (arg.Length > 2)
                        continue;
                    await turn;
                }

                return 0;
            }

            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Observed_tasks_are_silent() => Silent(
        """
        class Program
        {
            static Task field = Task.CompletedTask;
            static Task Property { get; set; } = Task.CompletedTask;
            static List<Task> list = new();

            static async Task Main(string[] args)
            {
                await F();
                F().Wait();
                F().GetAwaiter().GetResult();
                _ = G().Result;
                field = F();
                Property = F();
                list.Add(F());
                var array = new[] { F() };
                var (x, y) = (F(), F());
                await Task.WhenAll(x, y);
                var t = F();
                Use(t);
                var u = F();
                Func<Task> captured = () => u;
                var v = F();
                var w = v;
                await w;
                var any = F();
                await Task.WhenAny(any, Task.Delay(1));
                Task? maybe = null;
                if (args.Length > 0)
                    maybe = F();
                Console.WriteLine();
                if (maybe != null)
                    await maybe;
                Task? flagged = null;
                var isStarted = false;
                if (args.Length > 0)
                {
                    flagged = F();
                    isStarted = true;
                }

                if (isStarted)
                    await flagged!;
                Task? guarded = args.Length > 1 ? F() : null;
                if (args.Length > 1)
                    await guarded!;
                var last = F();
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    await last;
                }

                var both = F();
                if (args.Length > 3)
                    await both;
                else
                    both.Wait();
                var pending = F();
                foreach (var arg in args)
                {
                    await pending;
                    pending = F();
                }

                await pending;
                Task nullable = args.Length > 9 ? F() : F();
                await (nullable ?? Task.CompletedTask);
                Task? question = F();
                question?.Wait();
                var done = F();
                while (!done.IsCompleted)
                    Thread.Sleep(1);
                var configured = F().ConfigureAwait(false);
                await configured;
            }

            static void Use(Task t) { }
            static async Task F() => await Task.Delay(1);
            static async Task<int> G() { await Task.Delay(1); return 1; }
        }
        """);

    [Fact]
    public Task A_throw_that_is_caught_does_not_leave() => Silent(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                var task = F();
                try
                {
                    if (args.Length == 0)
                        throw new InvalidOperationException();
                }
                catch (InvalidOperationException)
                {
                    Console.WriteLine();
                }

                await task;
                var other = F();
                try
                {
                    if (args.Length == 0)
                        return;
                }
                finally
                {
                    await other;
                }
            }

            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Tasks_that_a_collection_keeps_are_silent() => Silent(
        """
        using System.Collections.Concurrent;

        class Program
        {
            static readonly ConcurrentDictionary<string, Task<int>> Loads = new();

            static async Task Main(string[] args)
            {
                foreach (var arg in args)
                    Loads.GetOrAdd(arg, LoadAsync);
                _ = Loads.AddOrUpdate("last", LoadAsync, (key, load) => load);
                await Task.WhenAll(Loads.Values);
            }

            static Task<int> LoadAsync(string key) => Task.FromResult(key.Length);
        }
        """);

    [Fact]
    public Task Delegates_start_what_they_return() => Reports(
        """
        class Program
        {
            static void Main(string[] args)
            {
                Func<Task> start = async () => await Task.Delay(1);
                [|start()|];
                [|start.Invoke()|];
            }
        }
        """);

    [Fact]
    public Task Functions_whose_end_ends_nothing_are_silent() => Silent(
        """
        class C
        {
            void M()
            {
                F();
                _ = F();
                var t = F();
                new Thread(() => { _ = F(); }).Start();
                Action a = () => { _ = F(); };
                xs.ForEach(x => { F(); });
            }

            List<int> xs = new();
            C() => F();
            int P { get { _ = F(); return 1; } }
            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task What_starts_before_the_wait_for_shutdown_is_silent() => Silent(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        _ = F();
        var t = F();
        Local();
        app.Run();
        static async Task F() => await Task.Delay(1);
        static void Local() => F();
        """, Setup.AspNet);

    [Fact]
    public Task What_starts_after_the_wait_for_shutdown_is_found() => Reports(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        await app.RunAsync();
        _ = [|F()|];
        Local();
        static async Task F() => await Task.Delay(1);
        static void Local() => [|F()|];
        """, Setup.AspNet);

    [Theory]
    [InlineData("await host.RunAsync();")]
    [InlineData("host.Run();")]
    [InlineData("await host.RunAsync().ConfigureAwait(false);")]
    [InlineData("host.Start(); await host.WaitForShutdownAsync();")]
    [InlineData("host.WaitForShutdown();")]
    [InlineData("host.RunAsync().GetAwaiter().GetResult();")]
    [InlineData("var run = host.RunAsync(); await run;")]
    [InlineData("return host.RunAsync();")]
    [InlineData("Console.ReadLine();")]
    [InlineData("Console.ReadKey(true);")]
    [InlineData("while (Console.ReadKey().Key != ConsoleKey.Q) { }")]
    [InlineData("Thread.Sleep(Timeout.Infinite);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("Task.Delay(Timeout.InfiniteTimeSpan).Wait();")]
    [InlineData("new ManualResetEvent(false).WaitOne();")]
    [InlineData("new ManualResetEventSlim().Wait();")]
    [InlineData("await new TaskCompletionSource().Task;")]
    [InlineData("while (true) Thread.Sleep(100);")]
    public Task Every_wait_for_shutdown_is_known(string wait) => Silent(
        $$"""
        using Microsoft.Extensions.Hosting;

        class Program
        {
            static {{(wait.Contains("await") ? "async Task" : wait.Contains("return") ? "Task" : "void")}} Main()
            {
                var host = Host.CreateDefaultBuilder().Build();
                _ = F();
                {{wait}}
            }

            static async Task F() => await Task.Delay(1);
        }
        """, Setup.AspNet);

    [Theory]
    [InlineData("_ = {|AP0006:host.RunAsync()|};")]
    [InlineData("Console.WriteLine(Console.ReadLine());")]
    [InlineData("Thread.Sleep(100);")]
    [InlineData("new ManualResetEvent(false).WaitOne(100);")]
    [InlineData("Own.Run();")]
    public Task Other_acts_do_not_wait_for_shutdown(string act) => Reports(
        $$"""
        using Microsoft.Extensions.Hosting;

        class Program
        {
            static void Main()
            {
                var host = Host.CreateDefaultBuilder().Build();
                _ = [|F()|];
                {{act}}
            }

            static async Task F() => await Task.Delay(1);
        }

        static class Own { public static void Run() { } }
        """, Setup.AspNet);
}
