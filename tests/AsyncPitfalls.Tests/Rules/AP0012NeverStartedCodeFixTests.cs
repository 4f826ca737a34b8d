using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How tasks are started that nothing started.</summary>
public sealed class AP0012NeverStartedCodeFixTests() : RuleTest(new AP0012NeverStartedAnalyzer(), new AP0012NeverStartedCodeFix())
{
    [Fact]
    public Task What_only_has_a_delegate_is_run() => Fixes(
        """
        class C
        {
            async Task<int> M(Func<int> compute)
            {
                // first
                await [|new|] Task(Work); // one
                var t = [|new|] Task(() =>
                {
                    // inside
                    Work();
                });
                await t;
                Task u = [|new|](Work);
                u.Wait();
                var v = [|new|] Task<int>(compute);
                var w = [|new|] Task<int>(() => 1);
                await Task.WhenAll(v, w);
                object o = await [|new|] Task<object>(() => "x");
                Console.WriteLine(o);
                await [|new|] System.Threading.Tasks.Task(action: Work).ConfigureAwait(false);
                return await v + [|new|] Task<int>(Compute).Result;
            }

            Task Returned() => [|new|] Task(Work);
            Task<long> Wider() { return [|new|](() => 1); }
            int Compute() => 1;
            void Work() { }
        }
        """,
        """
        class C
        {
            async Task<int> M(Func<int> compute)
            {
                // first
                await Task.Run(Work); // one
                var t = Task.Run(() =>
                {
                    // inside
                    Work();
                });
                await t;
                Task u = Task.Run(Work);
                u.Wait();
                var v = Task.Run(compute);
                var w = Task.Run(() => 1);
                await Task.WhenAll(v, w);
                object o = await Task.Run<object>(() => "x");
                Console.WriteLine(o);
                await Task.Run(Work).ConfigureAwait(false);
                return await v + Task.Run(Compute).Result;
            }

            Task Returned() => Task.Run(Work);
            Task<long> Wider() { return Task.Run<long>(() => 1); }
            int Compute() => 1;
            void Work() { }
        }
        """);

    [Fact]
    public Task State_options_and_a_token_go_to_the_factory() => Fixes(
        """
        class C
        {
            async Task M(CancellationToken token)
            {
                await [|new|] Task(Work, token);
                await [|new|] Task(Work, TaskCreationOptions.LongRunning);
                await [|new|] Task(Work, token, TaskCreationOptions.LongRunning);
                await [|new|] Task(state => Work(), "state");
                await [|new|] Task(state => Work(), "state", token);
                await [|new|] Task(state => Work(), "state", token, TaskCreationOptions.None);
                Console.WriteLine(await [|new|] Task<int>(() => 1, token));
                Console.WriteLine(await [|new|] Task<object?>(state => state, "state"));
                Task<int> typed = [|new|](function: () => 1, cancellationToken: token, creationOptions: TaskCreationOptions.None);
                await typed;
            }

            void Work() { }
        }
        """,
        """
        class C
        {
            async Task M(CancellationToken token)
            {
                await Task.Factory.StartNew(Work, token);
                await Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning);
                await Task.Factory.StartNew(Work, token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                await Task.Factory.StartNew(state => Work(), "state");
                await Task.Factory.StartNew(state => Work(), "state", token);
                await Task.Factory.StartNew(state => Work(), "state", token, TaskCreationOptions.None, TaskScheduler.Default);
                Console.WriteLine(await Task.Factory.StartNew(() => 1, token));
                Console.WriteLine(await Task.Factory.StartNew(state => state, "state"));
                Task<int> typed = Task.Factory.StartNew(() => 1, token, TaskCreationOptions.None, TaskScheduler.Default);
                await typed;
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task Asynchronous_work_is_unwrapped() => Fixes(
        """
        class C
        {
            async Task M(CancellationToken token)
            {
                await [|new|] Task(async () => await Task.Delay(Directory.GetFiles(".").Length));
                var t = [|new|] Task(() => F());
                await t;
                await [|new|] Task(async () => await F(), token);
                await [|new|] Task(async () => await F(), TaskCreationOptions.LongRunning);
                await [|new|] Task(async state => await F(), "state");
                var u = [|new|] Task<Task>(async () => await F());
                await u;
                Console.WriteLine(await await [|new|] Task<Task<int>>(() => F()));
            }

            async Task<int> F() { await Task.Delay(Directory.GetFiles(".").Length); return 1; }
        }
        """,
        """
        class C
        {
            async Task M(CancellationToken token)
            {
                await Task.Run(async () => await Task.Delay(Directory.GetFiles(".").Length));
                var t = Task.Run(() => F());
                await t;
                await Task.Run(async () => await F(), token);
                await Task.Factory.StartNew(async () => await F(), TaskCreationOptions.LongRunning).Unwrap();
                await Task.Factory.StartNew(async state => await F(), "state").Unwrap();
                var u = Task.Run(async () => await F());
                await u;
                Console.WriteLine(await await Task.Factory.StartNew(() => F()));
            }

            async Task<int> F() { await Task.Delay(Directory.GetFiles(".").Length); return 1; }
        }
        """);

    [Fact]
    public Task What_the_failure_of_another_would_lose_is_awaited_with_it() => Fixes(
        """
        class C
        {
            async Task M(Action first, Action second)
            {
                var a = [|new|] Task(first);
                var b = [|new|] Task(second);
                await a;
                await b;
            }
        }
        """,
        """
        class C
        {
            async Task M(Action first, Action second)
            {
                var a = Task.Run(first);
                var b = Task.Run(second);
                await Task.WhenAll(a, b);
                await a;
                await b;
            }
        }
        """);

    [Fact]
    public Task What_nobody_looks_after_is_discarded() => Fixes(
        """
        class C
        {
            void M()
            {
                // why
                [|new|] Task(Work); // how
                _ = [|new|] Task(Work);
                var unread = [|new|] Task(Work); // kept
                Work();
            }

            void Work() { }
        }
        """,
        """
        class C
        {
            void M()
            {
                // why
                _ = Task.Run(Work); // how
                _ = Task.Run(Work);
                _ = Task.Run(Work); // kept
                Work();
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task What_would_be_lost_at_the_end_is_awaited() => Fixes(
        """
        class Program
        {
            static void Main()
            {
                [|new|] Task(Work);
                var unread = [|new|] Task(Work);
                _ = [|new|] Task(Work);
            }

            static void Work() { }
        }
        """,
        """
        class Program
        {
            static async Task Main()
            {
                await Task.Run(Work);
                await Task.Run(Work);
                await Task.Run(Work);
            }

            static void Work() { }
        }
        """);

    [Fact]
    public Task A_start_that_comes_too_late_goes() => Fixes(
        """
        class C
        {
            async Task M()
            {
                var t = [|new|] Task(() => { });
                await t;
                t.Start();
                Console.WriteLine();
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                var t = Task.Run(() => { });
                await t;
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task The_namespace_is_imported() => Fixes(
        """
        class C
        {
            System.Threading.Tasks.Task M() => [|new|](() => { });
        }
        """,
        """
        using System.Threading.Tasks;

        class C
        {
            System.Threading.Tasks.Task M() => Task.Run(() => { });
        }
        """, setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task What_cannot_be_started_in_the_same_way_has_no_fix() => OffersNoFix(
        """
        class Job : Task
        {
            public Job(Action work) : base(work) { }
        }

        class C
        {
            async Task M(bool b, TaskScheduler scheduler)
            {
                await [|new|] Job(() => { });
                await [|new|] Task(AsyncVoid);
                await [|new|] Task(() => System.Diagnostics.Trace.WriteLine("x"));
                await [|new|] Task(() => Value());
                Console.WriteLine(await [|new|] Task<string?>(() => null));
                var late = [|new|] Task(() => { });
                await late;
                late.Start(scheduler);
                var lost = [|new|] Task(() => { });
                if (b)
                    return;
                await lost;
                using var disposed = [|new|] Task(() => { });
            }

            Task Closed()
            {
                using var stream = new MemoryStream();
                return [|new|] Task(() => stream.WriteByte(1));
            }

            async void AsyncVoid() => await Task.Yield();
            async ValueTask Value() => await Task.Yield();
        }
        """);

    [Fact]
    public Task One_asynchronous_call_that_is_awaited_at_once_needs_no_thread() => Fixes(
        """
        class C
        {
            async Task M(bool b)
            {
                await [|new|] Task(async () => await Task.Delay(1));
                await [|new|] Task(/* one */ async () => await Task.Delay(2).ConfigureAwait(false)).ConfigureAwait(false);
                await [|new|] Task(async () => { await Task.Delay(3); Console.WriteLine(); });
                await (b ? [|new|] Task(async () => await Task.Delay(4)) : Task.CompletedTask);
            }
        }
        """,
        """
        class C
        {
            async Task M(bool b)
            {
                await Task.Delay(1);
                await Task.Delay(2) /* one */.ConfigureAwait(false);
                await Task.Run(async () => { await Task.Delay(3); Console.WriteLine(); });
                await (b ? Task.Run(async () => await Task.Delay(4)) : Task.CompletedTask);
            }
        }
        """);

    [Fact]
    public Task A_thread_that_only_makes_the_task_does_its_work_instead() => Fixes(
        """
        class C
        {
            async Task M()
            {
                await Task.Run(() => [|new|] Task(Work));
                await Task.Run(/* one */ () => [|new|] Task(() => Work()) /* two */);
                var n = await Task.Run(() => [|new|] Task<int>(() => 1));
                await Task.Run(() => { return [|new|] Task(Work); });
                await Task.Run(() => /* three */ [|new|] Task(/* four */ Work /* five */));
                await Task.Run(() => { /* six */ return [|new|] Task(Work); /* seven */ });
            }

            void Work() { }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                await Task.Run(Work);
                await Task.Run(/* one */ () => Work() /* two */);
                var n = await Task.Run(() => 1);
                await Task.Run(Work);
                await Task.Run(/* three */ /* four */ Work /* five */);
                await Task.Run(/* six */ Work /* seven */);
            }

            void Work() { }
        }
        """);
}
