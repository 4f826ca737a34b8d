using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How tasks of tasks are mended.</summary>
public sealed class AP0011TaskOfTaskCodeFixTests() : RuleTest(new AP0011TaskOfTaskAnalyzer(), new AP0011TaskOfTaskCodeFix())
{
    private const string Run = "AP0011_Run";
    private const string Inside = "AP0011_AwaitInside";
    private const string Unwrap = "AP0011_Unwrap";
    private const string Twice = "AP0011_AwaitTwice";
    private const string Directly = "AP0011_AwaitDirectly";
    private const string Await = "AP0011_Await";

    [Fact]
    public Task Work_that_only_gives_the_operation_of_a_dispatcher_is_awaited_itself() => Fixes(
        """
        using System.Windows.Threading;

        class C
        {
            void M(Dispatcher dispatcher)
            {
                [|Task.Run(() => dispatcher.BeginInvoke((Action)(() => { })))|];
            }
        }
        """,
        """
        using System.Windows.Threading;

        class C
        {
            async Task M(Dispatcher dispatcher)
            {
                await dispatcher.BeginInvoke((Action)(() => { }));
            }
        }
        """, Await, Setup.Desktop);

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(async () => await F())|];", "await Task.Run(async () => await F());")]
    [InlineData("await [|Task.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("await [|Task.Factory.StartNew(work)|];", "await Task.Run(work);")]
    [InlineData("await [|Task.Factory.StartNew<Task>(F)|];", "await Task.Run(F);")]
    [InlineData("await [|Task<Task>.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("await [|new TaskFactory().StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("await [|System.Threading.Tasks.Task.Factory.StartNew(F)|];", "await System.Threading.Tasks.Task.Run(F);")]
    [InlineData("await [|Task.Factory.StartNew(F, token)|];", "await Task.Run(F, token);")]
    [InlineData("await [|Task.Factory.StartNew(cancellationToken: token, function: F)|];", "await Task.Run(cancellationToken: token, function: F);")]
    [InlineData("await [|Task.Factory.StartNew(F)|].ConfigureAwait(false); // c", "await Task.Run(F).ConfigureAwait(false); // c")]
    [InlineData("/* a */ await /* b */ [|Task.Factory.StartNew(F /* c */)|] /* d */;", "/* a */ await /* b */ Task.Run(F /* c */) /* d */;")]
    [InlineData("await (b ? [|Task.Factory.StartNew(F)|] : Task.CompletedTask);", "await (b ? Task.Run(F) : Task.CompletedTask);")]
    [InlineData("await (b ? [|Task.Factory.StartNew(F)|] : [|Task.Factory.StartNew(F)|]);", "await (b ? Task.Run(F) : Task.Run(F));")]
    [InlineData("[|Task.Factory.StartNew(F)|].Wait();", "Task.Run(F).Wait();")]
    [InlineData("[|Task.Factory.StartNew(G)|].GetAwaiter().GetResult();", "Task.Run(G).GetAwaiter().GetResult();")]
    [InlineData("Task.WaitAll([|Task.Factory.StartNew(F)|], F());", "Task.WaitAll(Task.Run(F), F());")]
    [InlineData("tasks.Add([|Task.Factory.StartNew(F)|]);", "tasks.Add(Task.Run(F));")]
    [InlineData("Task t = [|Task.Factory.StartNew(F)|]; await t;", "Task t = Task.Run(F); await t;")]
    [InlineData("Task<Task> t = [|Task.Factory.StartNew(F)|]; await t;", "Task t = Task.Run(F); await t;")]
    [InlineData("Task<Task<int>> t = [|Task.Factory.StartNew(G)|]; await t;", "Task<int> t = Task.Run(G); await t;")]
    [InlineData("Task<Task> t; t = [|Task.Factory.StartNew(F)|]; await t;", "Task t; t = Task.Run(F); await t;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; t.Wait();", "var t = Task.Run(F); t.Wait();")]
    [InlineData("await Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(F)|]));", "await Task.WhenAll(xs.Select(x => Task.Run(F)));")]
    [InlineData("var s = new List<Task<Task>>(); s.Add([|Task.Factory.StartNew(F)|]); await Task.WhenAll(s);", "var s = new List<Task>(); s.Add(Task.Run(F)); await Task.WhenAll(s);")]
    [InlineData("var s = new Task<Task>[1]; s[0] = [|Task.Factory.StartNew(F)|]; await Task.WhenAll(s);", "var s = new Task[1]; s[0] = Task.Run(F); await Task.WhenAll(s);")]
    [InlineData("List<Task<Task>> s = xs.Select(x => [|Task.Factory.StartNew(F)|]).ToList(); await Task.WhenAll(s);", "List<Task> s = xs.Select(x => Task.Run(F)).ToList(); await Task.WhenAll(s);")]
    [InlineData("_ = await [|Task.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("_ = await [|Task.Factory.StartNew(G)|];", "_ = await Task.Run(G);")]
    [InlineData("var inner = await [|Task.Factory.StartNew(F)|]; // c", "await Task.Run(F); // c")]
    [InlineData("await [|Task.Factory.StartNew(F)|].ContinueWith(t => Console.WriteLine(t.Exception));", "await Task.Run(F).ContinueWith(t => Console.WriteLine(t.Exception));")]
    public Task StartNew_without_options_becomes_Run(string before, string after) => Fixes(In(before), In(after), Run);

    [Theory]
    [InlineData("[|Task.Factory.StartNew(F)|]; // c", "_ = Task.Run(F); // c")]
    [InlineData("/* a */ [|Task.Factory.StartNew(F)|];", "/* a */ _ = Task.Run(F);")]
    [InlineData("_ = [|Task.Factory.StartNew(F)|];", "_ = Task.Run(F);")]
    [InlineData("var unread = [|Task.Factory.StartNew(F)|];", "_ = Task.Run(F);")]
    [InlineData("Task<Task> unread = [|Task.Factory.StartNew(F)|]; // c", "_ = Task.Run(F); // c")]
    public Task A_dropped_task_is_said_to_be_meant_so(string before, string after) => Fixes(In(before), In(after), Run);

    [Theory]
    [InlineData("[|Task.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("_ = [|Task.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("var unread = [|Task.Factory.StartNew(F)|];", "await Task.Run(F);")]
    [InlineData("[|Task.Factory.StartNew(F, TaskCreationOptions.LongRunning)|];", "await Task.Factory.StartNew(F, TaskCreationOptions.LongRunning).Unwrap();")]
    [InlineData("[|Nested()|];", "await Nested().Unwrap();")]
    [InlineData("[|ValueNested()|];", "await await ValueNested();")]
    [InlineData("[|Task.Run(() => V())|];", "await Task.Run(async () => await V());")]
    public Task A_dropped_task_is_awaited(string before, string after) => Fixes(In(before), In(after), Await);

    [Theory]
    [InlineData("Task<Task>? t = null; if (b) t = [|Task.Factory.StartNew(F)|]; if (t != null) await t;", "Task? t = null; if (b) t = Task.Run(F); if (t != null) await t;")]
    [InlineData("Task<Task<int>>? t = b ? [|Task.Factory.StartNew(G)|] : null; if (t != null) await t;", "Task<int>? t = b ? Task.Run(G) : null; if (t != null) await t;")]
    public Task A_type_that_may_be_null_still_may(string before, string after) => Fixes(In(before), In(after), Run);

    [Fact]
    public Task A_lambda_over_several_lines_keeps_its_lines() => Fixes(
        In("""
            await [|Task.Factory.StartNew(async () =>
                {
                    // first
                    await F();
                }, token)|];
                await [|Task.Factory
                    .StartNew(async () => await F())|]
                    .ConfigureAwait(false);
            """),
        In("""
            await Task.Run(async () =>
                {
                    // first
                    await F();
                }, token);
                await Task.Run(async () => await F())
                    .ConfigureAwait(false);
            """), Run);

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(F, TaskCreationOptions.LongRunning)|];", "await Task.Factory.StartNew(F, TaskCreationOptions.LongRunning).Unwrap();")]
    [InlineData("await [|Task.Factory.StartNew(async s => await F(), b)|].ConfigureAwait(false);", "await Task.Factory.StartNew(async s => await F(), b).Unwrap().ConfigureAwait(false);")]
    [InlineData("await [|Task.Factory.StartNew(F, token, TaskCreationOptions.None, TaskScheduler.Current)|];", "await Task.Factory.StartNew(F, token, TaskCreationOptions.None, TaskScheduler.Current).Unwrap();")]
    [InlineData("await [|Task.Factory.StartNew(F, TaskCreationOptions.None)|];", "await Task.Factory.StartNew(F, TaskCreationOptions.None).Unwrap();")]
    [InlineData("await [|Task.Factory.StartNew(F, token, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)|];", "await Task.Factory.StartNew(F, token, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();")]
    [InlineData("await [|new TaskFactory(TaskScheduler.Current).StartNew(F)|];", "await new TaskFactory(TaskScheduler.Current).StartNew(F).Unwrap();")]
    [InlineData("await [|factory.StartNew(F)|];", "await factory.StartNew(F).Unwrap();")]
    [InlineData("await [|F().ContinueWith(async t => await F())|];", "await F().ContinueWith(async t => await F()).Unwrap();")]
    [InlineData("tasks.Add([|F().ContinueWith(t => F())|]); // c", "tasks.Add(F().ContinueWith(t => F()).Unwrap()); // c")]
    [InlineData("Task<Task> t = [|F().ContinueWith(_ => F())|]; await t;", "Task t = F().ContinueWith(_ => F()).Unwrap(); await t;")]
    [InlineData("[|x?.StopAsync().ContinueWith(async t => await F())|];", "_ = x?.StopAsync().ContinueWith(async t => await F()).Unwrap();")]
    [InlineData("await [|Nested()|];", "await Nested().Unwrap();")]
    [InlineData("await [|Task.Run(() => Task.Factory.StartNew(F))|];", "await Task.Run(() => Task.Factory.StartNew(F)).Unwrap();")]
    [InlineData("_ = await [|Nested()|];", "await Nested().Unwrap();")]
    [InlineData("await [|Task.Run(async () => { if (b) return F(); await F(); return F(); })|];", "await Task.Run(async () => { if (b) return F(); await F(); return F(); }).Unwrap();")]
    public Task What_has_options_is_unwrapped(string before, string after) => Fixes(In(before), In(after), Unwrap);

    [Theory]
    [InlineData("await [|Task.Run(async () => x?.StopAsync() ?? Task.CompletedTask)|];", "await Task.Run(async () => await (x?.StopAsync() ?? Task.CompletedTask));")]
    [InlineData("await [|Task.Run(async () => { await F(); return F(); })|];", "await Task.Run(async () => { await F(); await F(); });")]
    [InlineData("await [|Task.Run(async () => { await F(); if (b) return G(); return G(); })|];", "await Task.Run(async () => { await F(); if (b) return await G(); return await G(); });")]
    [InlineData("_ = [|Task.Run(() => V())|];", "_ = Task.Run(async () => await V());")]
    [InlineData("[|Task.Run(V)|];", "_ = Task.Run(async () => await V());")]
    [InlineData("tasks.Add([|Task.Run(() => W())|]);", "tasks.Add(Task.Run(async () => await W()));")]
    [InlineData("tasks.Add([|Task.Factory.StartNew(() => W())|]);", "tasks.Add(Task.Run(async () => await W()));")]
    public Task The_task_is_awaited_inside_the_lambda(string before, string after) => Fixes(In(before), In(after), Inside);

    [Theory]
    [InlineData("await [|Task.Run(() => V())|];", "await await Task.Run(() => V());")]
    [InlineData("await [|Task.Run(V)|].ConfigureAwait(false);", "await (await Task.Run(V).ConfigureAwait(false)).ConfigureAwait(false);")]
    [InlineData("await [|ValueNested()|];", "await await ValueNested();")]
    [InlineData("await [|Nested()|]; // c", "await await Nested(); // c")]
    [InlineData("_ = await [|ValueNested()|];", "await await ValueNested();")]
    [InlineData("var inner = await [|ValueNested()|];", "await await ValueNested();")]
    [InlineData("var t = [|Nested()|]; await t;", "var t = Nested(); await await t;")]
    [InlineData("var t = new Task<Task>(F); t.Start(); await t;", "var t = new Task<Task>(F); t.Start(); await await t;")]
    public Task The_inner_task_is_awaited_too(string before, string after) =>
        Fixes(In(before.Replace("new Task<Task>(F)", "[|new Task<Task>(F)|]")), In(after), Twice);

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(async () => await F())|];", "await F();")]
    [InlineData("await [|Task.Factory.StartNew(async () => { await F(); })|];", "await F();")]
    [InlineData("await [|Task.Factory.StartNew(F)|].ConfigureAwait(false);", "await F().ConfigureAwait(false);")]
    [InlineData("await [|Task.Run(() => V())|];", "await V();")]
    [InlineData("_ = await [|Task.Factory.StartNew(F)|];", "await F();")]
    [InlineData("_ = await [|Task.Factory.StartNew(() => G())|];", "_ = await G();")]
    [InlineData("await [|Task.Factory.StartNew(async () => { await F(); /* why */ })|];", "await F() /* why */;")]
    [InlineData("await [|Task.Factory.StartNew(async () => { /* why */ await F(); })|];", "await /* why */ F();")]
    [InlineData("await [|Task.Factory.StartNew(async delegate { await /* why */ F(/* n */); })|];", "await /* why */ F(/* n */);")]
    [InlineData("await [|Task.Factory.StartNew(() => { return G(); /* why */ })|];", "await G() /* why */;")]
    public Task What_does_nothing_but_await_is_awaited_directly(string before, string after) => Fixes(In(before), In(after), Directly);

    [Fact]
    public Task The_operation_of_a_dispatcher_is_awaited_twice() => Fixes(
        """
        using System.Windows.Threading;

        class C
        {
            Task kept;

            async Task M(Dispatcher dispatcher)
            {
                await [|dispatcher.InvokeAsync(async () => await Task.Delay(1))|];
                await [|dispatcher.InvokeAsync(F, DispatcherPriority.Background)|];
                var operation = [|dispatcher.InvokeAsync(F)|];
                await operation;
            }

            async Task F() => await Task.Delay(1);
        }
        """,
        """
        using System.Windows.Threading;

        class C
        {
            Task kept;

            async Task M(Dispatcher dispatcher)
            {
                await await dispatcher.InvokeAsync(async () => await Task.Delay(1));
                await await dispatcher.InvokeAsync(F, DispatcherPriority.Background);
                var operation = dispatcher.InvokeAsync(F);
                await await operation;
            }

            async Task F() => await Task.Delay(1);
        }
        """, setup: Setup.Desktop);

    [Fact]
    public Task The_task_of_an_operation_is_unwrapped() => Fixes(
        """
        using System.Windows.Threading;

        class C
        {
            Task kept;

            async Task M(Dispatcher dispatcher)
            {
                kept = [|dispatcher.InvokeAsync(F)|].Task;
                await [|dispatcher.InvokeAsync(F)|].Task;
                [|dispatcher.InvokeAsync(F)|];
            }

            async Task F() => await Task.Delay(1);
        }
        """,
        """
        using System.Windows.Threading;

        class C
        {
            Task kept;

            async Task M(Dispatcher dispatcher)
            {
                kept = dispatcher.InvokeAsync(F).Task.Unwrap();
                await dispatcher.InvokeAsync(F).Task.Unwrap();
                _ = dispatcher.InvokeAsync(F).Task.Unwrap();
            }

            async Task F() => await Task.Delay(1);
        }
        """, Unwrap, Setup.Desktop);

    [Fact]
    public Task A_synchronous_function_becomes_async() => Fixes(
        """
        class C
        {
            public void Open() => [|Task.Factory.StartNew(F)|];
            void Use() => Open();
            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class C
        {
            public async Task Open() => await F();
            async Task Use() => await Open();
            static async Task F() => await Task.Delay(1);
        }
        """, Await);

    [Fact]
    public Task Where_the_end_of_the_function_ends_it_the_task_is_awaited() => Fixes(
        """
        static class Program
        {
            static void Main()
            {
                [|Task.Factory.StartNew(F)|];
            }

            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        static class Program
        {
            static async Task Main()
            {
                await F();
            }

            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_task_that_must_not_leave_its_using_is_awaited_in_it() => Fixes(
        """
        class C
        {
            Task Copy()
            {
                using var stream = new MemoryStream();
                return [|Task.Factory.StartNew(async () => await stream.FlushAsync())|];
            }
        }
        """,
        """
        class C
        {
            async Task Copy()
            {
                using var stream = new MemoryStream();
                await stream.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task A_lambda_that_does_nothing_but_log_stays() => OffersNoFix(
        """
        class C
        {
            void M() => [|Task.Factory.StartNew(async () => await Console.Out.WriteLineAsync())|];
        }
        """, Run);

    [Fact]
    public Task An_expression_body_is_discarded() => Fixes(
        """
        class C
        {
            void Open() => [|Task.Factory.StartNew(F)|]; // c
            void Close() => _ = [|Task.Factory.StartNew(F)|];
            Action a = () => _ = [|Task.Factory.StartNew(F)|];
            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class C
        {
            void Open() => _ = Task.Run(F); // c
            void Close() => _ = Task.Run(F);
            Action a = () => _ = Task.Run(F);
            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Returned_and_stored_tasks_become_plain() => Fixes(
        """
        class C
        {
            Task field = [|Task.Factory.StartNew(F)|];
            Func<Task> function = () => [|Task.Factory.StartNew(F)|];
            Task M() => [|Task.Factory.StartNew(F)|];
            Task N() { return [|Task.Factory.StartNew(async () => { await F(); return 1; })|]; }
            IEnumerable<Task> Each() { yield return [|Task.Factory.StartNew(F)|]; }
            static async Task F() => await Task.Delay(1);
        }
        """,
        """
        class C
        {
            Task field = Task.Run(F);
            Func<Task> function = () => Task.Run(F);
            Task M() => Task.Run(F);
            Task N() { return Task.Run(async () => { await F(); return 1; }); }
            IEnumerable<Task> Each() { yield return Task.Run(F); }
            static async Task F() => await Task.Delay(1);
        }
        """);

    [Theory]
    [InlineData("Action a = () => [|Task.Factory.StartNew(F)|];", Run)]
    [InlineData("await [|Task.Factory.StartNew(F, TaskCreationOptions.LongRunning)|];", Run)]
    [InlineData("await [|Task.Factory.StartNew(F, TaskCreationOptions.LongRunning)|];", Directly)]
    [InlineData("await [|Task.Factory.StartNew(F, token)|];", Directly)]
    [InlineData("await [|Task.Factory.StartNew(async () => { await F(); await F(); })|];", Directly)]
    [InlineData("await [|Task.Factory.StartNew(F)|];", Unwrap)]
    [InlineData("await [|Task.Factory.StartNew(F)|];", Twice)]
    [InlineData("await [|Task.Run(() => V())|];", Unwrap)]
    [InlineData("await [|ValueNested()|];", Unwrap)]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; t.Wait(); _ = t.Result;", Run)]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; t = null;", Run)]
    [InlineData("[|Task.Factory.StartNew(async () => { while (true) await F(); })|];", Await)]
    [InlineData("await [|Task.Factory.StartNew(F)|];", Await)]
    [InlineData("_ = b ? [|Task.Factory.StartNew(F)|] : null;", Await)]
    public Task No_fix_where_it_would_not_be_right(string statement, string idea) => OffersNoFix(In(statement), idea);

    [Fact]
    public Task A_discard_that_is_a_variable_is_not_assigned() => OffersNoFix(
        """
        class C
        {
            void M(Task _) => [|Task.Factory.StartNew(F)|];
            static async Task F() => await Task.Delay(1);
        }
        """, Run);

    [Fact]
    public async Task The_titles_say_what_is_done()
    {
        Assert.Equal(["Await 'F' directly", "Use 'Task.Run'"], await Titles(In("await Task.Factory.StartNew(async () => await F());")));
        Assert.Equal(["Unwrap the task of 'ContinueWith'", "Await the inner task too"], await Titles(In("await F().ContinueWith(async t => await F());")));
        Assert.Equal(["Use 'Task.Run'", "Await 'Task.Run'"], await Titles(In("Task.Factory.StartNew(async () => await F());")));
        Assert.Equal(["Await 'V' directly", "Await the inner task too"], await Titles(In("await Task.Run(V);")));
        Assert.Equal(["Await the task inside the lambda"], (await Titles(In("await Task.Run(async () => x?.StopAsync() ?? Task.CompletedTask);"))).Take(1));
    }

        [Fact]
    public async Task A_thread_that_would_only_start_the_work_is_not_taken()
    {
        const string Code = """
            class C
            {
                async Task M(CancellationToken token)
                {
                    await [|Task.Factory.StartNew(() => F())|];
                    await [|Task.Factory.StartNew(() => F(token), token)|];
                }

                static async Task F(CancellationToken token = default) => await Task.Delay(1, token);
            }
            """;
        await Fixes(Code, Code.Replace("[|Task.Factory.StartNew(() => F())|]", "F()").Replace("[|Task.Factory.StartNew(() => F(token), token)|]", "F(token)"));
        await OffersNoFix(Code, Run);
        await OffersNoFix(Code, Unwrap);
        await OffersNoFix(Code, Twice);
    }

    private static string In(string statement) =>
        $$"""
        class C
        {
            TaskFactory factory = new();
            List<Task> tasks = new();
            Func<Task> work = F;
            C? x;

            async Task M(bool b, IEnumerable<int> xs, CancellationToken token)
            {
                {{statement}}
                await F();
            }

            async Task StopAsync() => await F();
            static async Task F() => await Task.Delay(Work());
            static async Task<int> G() { await Task.Delay(Work()); return 1; }
            static async ValueTask V() => await Task.Delay(Work());
            static int Work() => Directory.GetFiles(".").Length;
            static async ValueTask<int> W() { await Task.Delay(1); return 1; }
            static async Task<Task> Nested() { await Task.Delay(1); return F(); }
            static async ValueTask<Task> ValueNested() { await Task.Delay(1); return F(); }
        }
        """;
}
