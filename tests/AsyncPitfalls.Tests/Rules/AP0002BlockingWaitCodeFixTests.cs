using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What each form of waiting becomes. What happens to functions and their callers is tested in <c>Asyncify</c>.</summary>
public sealed class AP0002BlockingWaitCodeFixTests() : RuleTest(new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix())
{
    [Fact]
    public Task A_thread_that_only_starts_the_work_is_not_awaited() => Fixes(
        """
        class C
        {
            async Task M()
            {
                Task.Run(() => F()).[|Wait|]();
                Console.WriteLine(Task.Run(async () => await F()).[|Result|] + Task.Run(F).ConfigureAwait(false).GetAwaiter().[|GetResult|]());
                Console.WriteLine(Task.Run(() => 1).[|Result|]);
            }

            static async Task<int> F() { await Task.Delay(1); return 1; }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                await F();
                Console.WriteLine(await F() + await F().ConfigureAwait(false));
                Console.WriteLine(await Task.Run(() => 1));
            }

            static async Task<int> F() { await Task.Delay(1); return 1; }
        }
        """);

    [Fact]
    public Task Results_are_awaited() => Fixes(
        """
        class C
        {
            async Task<int> M(Task<string> t, ValueTask<int> v, Task<Func<int>> f, Task<Task<int>> tt)
            {
                await Task.Yield();
                var one = t.[|Result|].Length + v.[|Result|];
                var two = f.[|Result|]() + tt.[|Result|].[|Result|];
                return (t).Result!.Length;
            }
        }
        """,
        """
        class C
        {
            async Task<int> M(Task<string> t, ValueTask<int> v, Task<Func<int>> f, Task<Task<int>> tt)
            {
                await Task.Yield();
                var one = (await t).Length + await v;
                var two = (await f)() + await await tt;
                return (t).Result!.Length;
            }
        }
        """);

    [Fact]
    public Task Nested_results_are_awaited_together() => Fixes(
        """
        class C
        {
            Task<int> F(int n) => Task.Run(() => n);

            int M() => F(F(F(1).[|Result|]).[|Result|] + 1).[|Result|];
        }
        """,
        """
        class C
        {
            Task<int> F(int n) => Task.Run(() => n);

            async Task<int> M() => await F(await F(await F(1)) + 1);
        }
        """);

    [Fact]
    public Task Waits_are_awaited_and_keep_their_token() => Fixes(
        """
        class C
        {
            void M(Task t, CancellationToken token)
            {
                F().[|Wait|]();
                F().[|Wait|](token);
            }

            Task F() => Task.Delay(1);
        }
        """,
        """
        class C
        {
            async Task M(Task t, CancellationToken token)
            {
                await F();
                await F().WaitAsync(token);
            }

            Task F() => Task.Delay(1);
        }
        """);

    [Fact]
    public Task GetResult_is_awaited_with_its_configuration() => Fixes(
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static ValueTask<int> V() => new(T());

            int M(YieldAwaitableSource y)
            {
                T().GetAwaiter().[|GetResult|]();
                y.Get().GetAwaiter().[|GetResult|]();
                var one = T().ConfigureAwait(false).GetAwaiter().[|GetResult|]();
                var two = V().AsTask().GetAwaiter().[|GetResult|]() + V().Preserve().GetAwaiter().[|GetResult|]();
                var three = V().ConfigureAwait(true).GetAwaiter().[|GetResult|]().ToString();
                return (T().GetAwaiter()).[|GetResult|]();
            }
        }

        class YieldAwaitableSource { public System.Runtime.CompilerServices.ConfiguredTaskAwaitable Get() => Task.Delay(1).ConfigureAwait(false); }
        """,
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static ValueTask<int> V() => new(T());

            async Task<int> M(YieldAwaitableSource y)
            {
                await T();
                await y.Get();
                var one = await T().ConfigureAwait(false);
                var two = await V() + await V();
                var three = (await V().ConfigureAwait(true)).ToString();
                return await T();
            }
        }

        class YieldAwaitableSource { public System.Runtime.CompilerServices.ConfiguredTaskAwaitable Get() => Task.Delay(1).ConfigureAwait(false); }
        """);

    [Fact]
    public Task WaitAll_becomes_WhenAll_and_an_unused_WaitAny_becomes_WhenAny() => Fixes(
        """
        using static System.Threading.Tasks.Task;

        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static Task A() => Task.Delay(1);
            static Task B() => Task.Delay(1);
            static Task[] All() => new Task[] { T() };

            void M(CancellationToken token)
            {
                Task.[|WaitAll|](A(), B());
                Task.[|WaitAll|](All(), token);
                [|WaitAll|](All());
                System.Threading.Tasks.Task.[|WaitAny|](A(), B());
                _ = Task.[|WaitAny|](All());
                Task.[|WaitAny|](All(), cancellationToken: token);
            }
        }
        """,
        """
        using static System.Threading.Tasks.Task;

        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static Task A() => Task.Delay(1);
            static Task B() => Task.Delay(1);
            static Task[] All() => new Task[] { T() };

            async Task M(CancellationToken token)
            {
                await Task.WhenAll(A(), B());
                await Task.WhenAll(All()).WaitAsync(token);
                await WhenAll(All());
                await System.Threading.Tasks.Task.WhenAny(A(), B());
                _ = await Task.WhenAny(All());
                await Task.WhenAny(All()).WaitAsync(token);
            }
        }
        """);

    [Fact]
    public Task A_wait_behind_a_conditional_access_awaits_where_there_is_a_task() => Fixes(
        """
        class C
        {
            Task<int>? task;

            int? M(C? c)
            {
                task?.[|Wait|]();
                c?.task?.GetAwaiter().[|GetResult|]();
                var text = c?.F().[|Result|].ToString();
                return F()?.[|Result|];
            }

            Task<int> F() => Task.Run(() => 1);
        }
        """,
        """
        class C
        {
            Task<int>? task;

            async Task<int?> M(C? c)
            {
                await (task ?? Task.CompletedTask);
                await (c?.task ?? Task.CompletedTask);
                var text = c is null ? null : (await c.F()).ToString();
                return F() is { } task1 ? await task1 : (int?)null;
            }

            Task<int> F() => Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task A_wait_for_the_handle_waits_without_throwing() => Fixes(
        """
        class C
        {
            void M(Task t) => Console.WriteLine(t);
            void N(Task t) { ((IAsyncResult)t).AsyncWaitHandle.[|WaitOne|](); }
        }
        """,
        """
        class C
        {
            void M(Task t) => Console.WriteLine(t);
            async Task N(Task t) { await Task.WhenAny(t); }
        }
        """);

    [Fact]
    public Task Types_derived_from_Task_are_awaited_too() => Fixes(
        """
        class Job : Task<int>
        {
            public Job() : base(() => 1) { }
            int Run() => this.[|Result|];
            void Rest() => [|Wait|]();
            int Use(Job job) => job.[|Result|] + 1;
        }
        """,
        """
        class Job : Task<int>
        {
            public Job() : base(() => 1) { }
            async Task<int> Run() => await this;
            async Task Rest() => await this;
            async Task<int> Use(Job job) => await job + 1;
        }
        """);

    [Fact]
    public Task Comments_between_the_task_and_its_wait_stay() => Fixes(
        """
        class C
        {
            static Task<string> F() => File.ReadAllTextAsync("");

            async Task<string> M()
            {
                await Task.Yield();
                var one = F() /* one */ .[|Result|]; // two
                return F() // three
                    .[|Result|]
                    // four
                    .Trim();
            }
        }
        """,
        """
        class C
        {
            static Task<string> F() => File.ReadAllTextAsync("");

            async Task<string> M()
            {
                await Task.Yield();
                var one = await F() /* one */; // two
                return (await F()) /* three */
                    // four
                    .Trim();
            }
        }
        """);

    [Fact]
    public Task A_timeout_answers_with_a_bool_that_await_does_not_give() => OffersNoFix(
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static Task[] All() => new Task[] { T() };

            void M(CancellationToken token)
            {
                T().[|Wait|](100);
                T().[|Wait|](TimeSpan.FromSeconds(1));
                T().[|Wait|](100, token);
                var one = T().[|Wait|](100);
                Task.[|WaitAll|](All(), 100);
                Task.[|WaitAny|](All(), 100);
                ((IAsyncResult)T()).AsyncWaitHandle.[|WaitOne|](100);
            }
        }
        """);

    [Fact]
    public Task An_index_that_is_used_a_pattern_and_a_method_group_have_no_awaited_form() => OffersNoFix(
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);
            static Task[] All() => new Task[] { T() };

            int M()
            {
                var index = Task.[|WaitAny|](All());
                Action wait = T().[|Wait|];
                for (T().[|Wait|](); ; ) { break; }
                return T() is { [|Result|]: var result } ? result : index;
            }
        }
        """);

    [Fact]
    public Task A_loop_that_asks_does_not_throw_what_await_would() => OffersNoFix(
        """
        class C
        {
            void M(Task t)
            {
                while (!t.[|IsCompleted|])
                    Thread.Sleep(1);
            }

            void N(Task t) => SpinWait.[|SpinUntil|](() => t.IsCompleted);
        }
        """);

    [Fact]
    public Task A_catch_of_AggregateException_would_no_longer_catch() => OffersNoFix(
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);

            void M()
            {
                try { T().[|Wait|](); } catch (AggregateException e) when (e.InnerExceptions.Count > 1) { }
                try { Console.WriteLine(T().[|Result|]); } catch (Exception e) when (e is AggregateException) { }
                try { Task.[|WaitAll|](T(), T()); } catch (Exception e) { if (e is AggregateException all) Console.WriteLine(all.InnerExceptions.Count); }
            }
        }
        """);

    [Fact]
    public Task What_catches_the_exception_itself_still_does() => Fixes(
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);

            void M()
            {
                try { T().[|Wait|](); } catch (InvalidOperationException) { }
                try { T().GetAwaiter().[|GetResult|](); } catch (AggregateException) { }
                try { } catch (AggregateException) { T().[|Wait|](); }
            }
        }
        """,
        """
        class C
        {
            static Task<int> T() => Task.Run(() => 1);

            async Task M()
            {
                try { await T(); } catch (InvalidOperationException) { }
                try { await T(); } catch (AggregateException) { }
                try { } catch (AggregateException) { await T(); }
            }
        }
        """);

    [Fact]
    public Task Where_the_framework_has_no_WaitAsync_a_token_cannot_be_kept() => OffersNoFix(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            void M(Task[] all, Task t, CancellationToken token)
            {
                t.[|Wait|](token);
                Task.[|WaitAll|](all, token);
            }
        }
        """,
        setup: Setup.Desktop with { Language = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task One_that_cannot_be_mended_does_not_keep_the_others_from_it() => Fixes(
        """
        class C
        {
            string Text => File.ReadAllTextAsync("").[|Result|];
            string Load() => File.ReadAllTextAsync("").[|Result|];
            void Lock() { lock (this) { File.ReadAllTextAsync("").[|Wait|](); } }
            void Use() { Load(); File.ReadAllTextAsync("").[|Wait|](100); }
        }
        """,
        """
        class C
        {
            string Text => File.ReadAllTextAsync("").[|Result|];
            async Task<string> Load() => await File.ReadAllTextAsync("");
            void Lock() { lock (this) { File.ReadAllTextAsync("").[|Wait|](); } }
            async Task Use() { await Load(); File.ReadAllTextAsync("").[|Wait|](100); }
        }
        """);

    [Fact]
    public Task A_runner_that_becomes_async_awaits_its_work_too() => Fixes(
        """
        class C
        {
            public static void RunBoth(Func<Task> work)
            {
                Task.Delay(1).[|Wait|]();
                work().Wait();
            }

            public static int RunTwice(Func<Task<int>> work)
            {
                var first = work().Result;
                Task.Delay(1).[|Wait|]();
                return first + work().GetAwaiter().GetResult();
            }
        }
        """,
        """
        class C
        {
            public static async Task RunBoth(Func<Task> work)
            {
                await Task.Delay(1);
                await work();
            }

            public static async Task<int> RunTwice(Func<Task<int>> work)
            {
                var first = await work();
                await Task.Delay(1);
                return first + await work();
            }
        }
        """);

    [Fact]
    public Task A_runner_that_can_only_block_stays_one() => OffersNoFix(
        """
        class C
        {
            public void RunLocked(Func<Task> work)
            {
                Task.Delay(1).[|Wait|]();
                lock (this)
                {
                    work().Wait();
                }
            }

            public void RunTimed(Func<Task> work)
            {
                Task.Delay(1).GetAwaiter().[|GetResult|]();
                work().Wait(100);
            }
        }
        """);

    [Fact]
    public Task What_the_work_of_a_runner_threw_is_caught_further_up() => OffersNoFix(
        """
        class C
        {
            private static void RunBoth(Func<Task> work)
            {
                Task.Delay(1).GetAwaiter().[|GetResult|]();
                work().Wait();
            }

            static void Use()
            {
                try
                {
                    RunBoth(() => Task.Delay(1));
                }
                catch (AggregateException)
                {
                }
            }
        }
        """);

    [Fact]
    public Task A_thread_that_was_to_do_nothing_but_wait_is_not_taken() => Fixes(
        """
        class C
        {
            async Task M(Task<int> task, string path, CancellationToken token)
            {
                await Task.Run(async () => F().[|Wait|]());
                var text = await Task.Run(async () => File.ReadAllTextAsync(path).[|Result|], token);
                await Task.Run(async () => { Loops(text).GetAwaiter().[|GetResult|](); });
                await Task.Run(async () => task.[|Result|]);
            }

            static async Task F() => await Task.Yield();
            static async Task Loops(string text)
            {
                foreach (var letter in text)
                    Console.WriteLine(letter);
                await Task.Yield();
            }
        }
        """,
        """
        class C
        {
            async Task M(Task<int> task, string path, CancellationToken token)
            {
                await F();
                var text = await File.ReadAllTextAsync(path, token);
                await Task.Run(async () => { await Loops(text); });
                await Task.Run(async () => await task);
            }

            static async Task F() => await Task.Yield();
            static async Task Loops(string text)
            {
                foreach (var letter in text)
                    Console.WriteLine(letter);
                await Task.Yield();
            }
        }
        """);
}
