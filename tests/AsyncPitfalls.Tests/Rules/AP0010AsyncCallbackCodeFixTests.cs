using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What else takes a task in the place of a synchronous callback, and the last resort.</summary>
public sealed class AP0010AsyncCallbackCodeFixTests() : RuleTest(new AP0010AsyncCallbackAnalyzer(), new AP0010AsyncCallbackCodeFix())
{
    private const string Idea = "AP0010_TakeTask";
    private const string Caught = "AP0010_CatchAll";

    [Fact]
    public Task Parallel_loops_are_awaited() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static Task Main() => M(new List<int>(), new ParallelOptions());
            static async Task M(List<int> list, ParallelOptions options)
            {
                Parallel.ForEach(list, [|async x =>|] await F(x));
                Parallel.ForEach(list, options, [|async (int x) =>|]
                {
                    if (x == 0)
                        return; // none
                    await F(x);
                });
                Parallel.ForEach(list, new ParallelOptions { MaxDegreeOfParallelism = 3 }, [|x =>|] F(x));
                Parallel.ForEach<int>(list, [|async delegate (int x)|] { await F(x); });
                Parallel.For(0, 3, [|async i =>|] await F(i));
                N(list);
                await F(1);
            }

            static void N(List<int> list) => Parallel.ForEach(list, [|async x =>|] await F(x));
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static Task Main() => M(new List<int>(), new ParallelOptions());
            static async Task M(List<int> list, ParallelOptions options)
            {
                await Parallel.ForEachAsync(list, async (x, token) => await F(x));
                await Parallel.ForEachAsync(list, options, async (int x, CancellationToken token) =>
                {
                    if (x == 0)
                        return; // none
                    await F(x);
                });
                await Parallel.ForEachAsync(list, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (x, token) => await F(x));
                await Parallel.ForEachAsync<int>(list, async delegate (int x, CancellationToken token) { await F(x); });
                await Parallel.ForAsync(0, 3, async (i, token) => await F(i));
                await N(list);
                await F(1);
            }

            static async Task N(List<int> list) => await Parallel.ForEachAsync(list, async (x, token) => await F(x));
        }
        """, Idea);

    [Fact]
    public Task Parallel_loops_whose_state_or_result_is_used_stay() => OffersNoFix(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                Parallel.ForEach(list, [|async (x, state) =>|] await F(x));
                Parallel.ForEach(list, [|async (x, state, index) =>|] await F(x));
                var result = Parallel.ForEach(list, [|async x =>|] await F(x));
                Console.WriteLine(Parallel.For(0, 3, [|async x =>|] await F(x)).IsCompleted);
                Parallel.Invoke([|async () =>|] await F(1));
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task Threads_and_work_items_run_on_the_pool() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                new Thread([|async () =>|] await F(1)).Start(); // go
                new Thread([|() =>|] F(1)).Start();
                (new Thread([|async () =>|] { await F(1); }) { IsBackground = true, Name = "loop" }).Start();
                new Thread(new ThreadStart([|async delegate|] { await F(1); })).Start();
                new Thread([|async state =>|] await F(1)).Start();
                ThreadPool.QueueUserWorkItem([|async _ =>|] await F(1));
                ThreadPool.QueueUserWorkItem([|async (object? state) =>|]
                {
                    // work
                    await F(1);
                }, null);
                ThreadPool.QueueUserWorkItem([|_ =>|] F(1));
                ThreadPool.QueueUserWorkItem([|async delegate (object? state)|] { await F(1); });
            }

            void N() => ThreadPool.QueueUserWorkItem([|async _ =>|] await F(1));
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                _ = Task.Run(async () => await F(1)); // go
                _ = Task.Run(() => F(1));
                _ = Task.Run(async () => { await F(1); });
                _ = Task.Run(async delegate { await F(1); });
                _ = Task.Run(async () => await F(1));
                _ = Task.Run(async () => await F(1));
                _ = Task.Run(async () =>
                {
                    // work
                    await F(1);
                });
                _ = Task.Run(() => F(1));
                _ = Task.Run(async delegate { await F(1); });
            }

            void N() => _ = Task.Run(async () => await F(1));
        }
        """, Idea);

    [Fact]
    public Task A_thread_that_a_local_only_starts_runs_on_the_pool() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                // the loop
                var thread = new Thread([|async () =>|]
                {
                    await F(1);
                });
                thread.IsBackground = true; // so that it ends
                thread.Name = "loop";

                // off it goes
                thread.Start();
                Console.WriteLine();
            }

            void N()
            {
                Thread first = new([|async () =>|] await F(1));
                var second = new Thread([|async () =>|] await F(2)) { IsBackground = true };
                first.Start();
                second.Start();
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                // the loop
                // so that it ends
                // off it goes
                _ = Task.Run(async () =>
                {
                    await F(1);
                });
                Console.WriteLine();
            }

            void N()
            {
                _ = Task.Run(async () => await F(1));
                _ = Task.Run(async () => await F(2));
            }
        }
        """, Idea);

    [Fact]
    public Task Comments_of_a_thread_that_a_local_only_starts_stay_with_its_start() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                /* a */ Thread first = /* b */ new([|async () =>|] await F(1))/* c */ ;
                var second /* d */ = new Thread([|async () =>|] await F(2)) { /* e */ IsBackground = /* f */ true };
                first.Start();
                second.Start();
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            void M()
            {
                /* a */ _ = Task.Run(/* b */ async () => await F(1) /* c */);
                _ = Task.Run(/* d */ async () => await F(2) /* e */ /* f */);
            }
        }
        """, Idea);

    [Fact]
    public Task Threads_that_are_used_for_more_stay() => OffersNoFix(
        """
        class C
        {
            Thread? field;
            static Task F(object? x) => Task.Delay(1);
            void M(object o)
            {
                var a = new Thread([|async () =>|] await F(1));
                a.Start();
                a.Join();
                var b = new Thread([|async () =>|] await F(1));
                b.Priority = ThreadPriority.Highest;
                b.Start();
                field = new Thread([|async () =>|] await F(1));
                field.Start();
                new Thread([|async state =>|] await F(state)).Start(o);
                new Thread([|async () =>|] await F(1), 1000).Start();
                ThreadPool.QueueUserWorkItem([|async state =>|] await F(state), o);
                ThreadPool.QueueUserWorkItem([|async state =>|] await F(1), o.ToString());
                if (ThreadPool.QueueUserWorkItem([|async _ =>|] await F(1))) { }
                ThreadPool.UnsafeQueueUserWorkItem([|async _ =>|] await F(1), null);
            }
        }
        """, Idea);

    [Fact]
    public Task Nothing_is_put_on_the_pool_where_the_end_of_the_function_would_lose_it() => OffersNoFix(
        """
        new Thread([|async () =>|] await Task.Delay(1)).Start();
        ThreadPool.QueueUserWorkItem([|async _ =>|] await Task.Delay(1));
        """, Idea);

    [Fact]
    public Task The_overload_that_takes_a_task_is_used() => Fixes(
        """
        class Runner
        {
            public void Run(Action a) { }
            public Task Run(Func<Task> f) => f();
        }

        class C
        {
            static Task F() => Task.Delay(1);
            async Task M(Runner runner)
            {
                await Task.Run((Action)([|async () =>|] await F()));
                await Task.Run(new Action([|async () =>|] { await F(); }));
                await Task.Run((Action)([|() =>|] F()));
                runner.Run((Action)([|async () =>|] await F()));
            }

            void N(Runner runner) => runner.Run(new Action([|async () =>|] await F()));
        }
        """,
        """
        class Runner
        {
            public void Run(Action a) { }
            public Task Run(Func<Task> f) => f();
        }

        class C
        {
            static Task F() => Task.Delay(1);
            async Task M(Runner runner)
            {
                await Task.Run(async () => await F());
                await Task.Run(async () => { await F(); });
                await Task.Run(() => F());
                await runner.Run(async () => await F());
            }

            async Task N(Runner runner) => await runner.Run(async () => await F());
        }
        """, Idea);

    [Fact]
    public Task An_async_void_method_returns_a_task_where_an_overload_takes_one() => Fixes(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            async void Loop() { while (true) await F(); }
            async Task M()
            {
                var running = Task.Run([|Loop|]);
                var other = Task.Run([|this.Loop|]);
                await Task.WhenAll(running, other, Task.Run([|Local|]));
                async void Local() => await F();
            }
        }
        """,
        """
        class C
        {
            static Task F() => Task.Delay(1);
            async Task Loop() { while (true) await F(); }
            async Task M()
            {
                var running = Task.Run(Loop);
                var other = Task.Run(this.Loop);
                await Task.WhenAll(running, other, Task.Run(Local));
                async Task Local() => await F();
            }
        }
        """, Idea);

    [Fact]
    public Task An_async_void_method_in_another_file_returns_a_task() => Fixes(
        """
        partial class C
        {
            Task M() => Task.Run([|Loop|]);
        }
        === Test/Other.cs
        partial class C
        {
            async void Loop() => await Task.Delay(1);
        }
        """,
        """
        partial class C
        {
            Task M() => Task.Run(Loop);
        }
        === Test/Other.cs
        partial class C
        {
            async Task Loop() => await Task.Delay(1);
        }
        """, Idea);

    [Fact]
    public Task An_async_void_method_stays_where_nothing_takes_a_task() => OffersNoFix(
        """
        class C
        {
            async void Loop() => await Task.Delay(1);
            async void OnTick(object? state) => await Task.Delay(1);
            void M()
            {
                new Thread([|Loop|]).Start();
                new Timer([|OnTick|]).Dispose();
            }
        }
        """, Idea);

    [Fact]
    public Task Else_every_exception_is_caught() => Fixes(
        """
        class C
        {
            static Task F(object? x = null) => Task.Delay(1);
            Action<string> a = [|async s =>|] await F(s);
            Action b = [|() =>|] F();
            Delegate c = [|async () =>|] await F();

            void M(CancellationToken token)
            {
                token.Register([|async () =>|]
                {
                    // work
                    await F();
                });
                using var timer = new Timer([|static async _ =>|] await F(), null, 0, 1);
            }
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            static Task F(object? x = null) => Task.Delay(1);
            Action<string> a = async s =>
            {
                try
                {
                    await F(s);
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            };
            Action b = async () =>
            {
                try
                {
                    await F();
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            };
            Delegate c = async () =>
            {
                try
                {
                    await F();
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            };

            void M(CancellationToken token)
            {
                token.Register(async () =>
                {
                    try
                    {
                        // work
                        await F();
                    }
                    catch (Exception exception)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception.ToString());
                    }
                });
                using var timer = new Timer(static async _ =>
                {
                    try
                    {
                        await F();
                    }
                    catch (Exception exception)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception.ToString());
                    }
                }, null, 0, 1);
            }
        }
        """, Caught);

    [Fact]
    public Task A_logger_in_scope_is_used_and_comments_stay() => Fixes(
        """
        class C
        {
            private static readonly Microsoft.Extensions.Logging.ILogger Log = null!;
            static Task F() => Task.Delay(1);
            void M(CancellationToken token)
            {
                token.Register([|async () =>|] // what
                    // why
                    await F());
                token.Register([|async delegate|] { /* a */ await F(); /* b */ });
            }
        }
        """,
        """
        class C
        {
            private static readonly Microsoft.Extensions.Logging.ILogger Log = null!;
            static Task F() => Task.Delay(1);
            void M(CancellationToken token)
            {
                token.Register(async () => /* what */ // why
                {
                    try
                    {
                        await F();
                    }
                    catch (Exception exception)
                    {
                        Microsoft.Extensions.Logging.LoggerExtensions.LogError(Log, exception, "'Register' failed");
                    }
                });
                token.Register(async delegate
                { /* a */
                    try
                    {
                        await F(); /* b */
                    }
                    catch (Exception exception)
                    {
                        Microsoft.Extensions.Logging.LoggerExtensions.LogError(Log, exception, "'Register' failed");
                    }
                });
            }
        }
        """, Caught, Setup.AspNet);

    [Fact]
    public Task Comments_around_what_starts_the_work_stay() => Fixes(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            void M()
            {
                // z
                new Thread(/* a */ [|async () /* b */ =>|] /* c */ await F()) { IsBackground = true /* d */ }.Start(); // e
            }
        }
        """,
        """
        class C
        {
            static Task F() => Task.Delay(1);
            void M()
            {
                // z
                _ = Task.Run(async () /* b */ => /* c */ await F()) /* a */ /* d */; // e
            }
        }
        """, Idea);

    [Fact]
    public Task An_async_void_method_catches_every_exception_itself() => Fixes(
        """
        using System.Diagnostics;
        class C
        {
            static Task F() => Task.Delay(1);
            async void Loop() => await F();
            void M()
            {
                Task.Run([|Loop|]);
                Task.Run([|this.Loop|]);
                Task.Run([|Local|]);
                async void Local() { await F(); }
            }
        }
        """,
        """
        using System.Diagnostics;
        class C
        {
            static Task F() => Task.Delay(1);
            async void Loop()
            {
                try
                {
                    await F();
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }
            void M()
            {
                Task.Run(Loop);
                Task.Run(this.Loop);
                Task.Run(Local);
                async void Local()
                {
                    try
                    {
                        await F();
                    }
                    catch (Exception exception)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception.ToString());
                    }
                }
            }
        }
        """, Caught);

    [Fact]
    public Task An_offloaded_log_entry_is_not_awaited() => OffersNoFix(
        """
        class C
        {
            void M(List<int> list) => list.ForEach([|x =>|] Task.Run(() => Console.WriteLine(x)));
        }
        """);

    [Fact]
    public Task A_task_that_is_to_be_an_object_has_no_fix() => OffersNoFix(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            Func<object> a = [|() =>|] F();
            Func<object> b = [|F|];
            Delegate c = [|F|];
        }
        """);
}
