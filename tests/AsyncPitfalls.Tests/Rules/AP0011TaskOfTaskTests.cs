using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks of tasks have an inner task that nobody observes, and in which forms.</summary>
public sealed class AP0011TaskOfTaskTests() : RuleTest(new AP0011TaskOfTaskAnalyzer())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static async Task<int> G() { await Task.Delay(1); return 1; }
            public static async ValueTask V() => await Task.Delay(1);
            public static async ValueTask<int> W() { await Task.Delay(1); return 1; }
            public static async Task<Task> Nested() { await Task.Delay(1); return F(); }
            public static async Task<Task<int>> NestedResult() { await Task.Delay(1); return G(); }
            public static async ValueTask<Task> ValueNested() { await Task.Delay(1); return F(); }
            public static Task<Task> Plain() => Task.FromResult(F());
            public static Task<Task> First(IEnumerable<Task> tasks) => Task.WhenAny(tasks);
        }
        """;

    private const string Usings = "using static Work;\nusing System.Collections.Concurrent;\n";

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(async () => { await F(); })|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await G())|];")]
    [InlineData("await [|Task.Factory.StartNew(async delegate { await F(); })|];")]
    [InlineData("await [|Task.Factory.StartNew(() => F())|];")]
    [InlineData("await [|Task.Factory.StartNew(F)|];")]
    [InlineData("await [|Task.Factory.StartNew(Work.F)|];")]
    [InlineData("await [|Task.Factory.StartNew<Task>(F)|];")]
    [InlineData("await [|Task.Factory.StartNew((Func<Task>)F)|];")]
    [InlineData("await [|Task.Factory.StartNew(work)|];")]
    [InlineData("await [|Task.Factory.StartNew(async s => await F(), new object())|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await F(), TaskCreationOptions.LongRunning)|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await F(), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default)|];")]
    [InlineData("await [|Task<Task>.Factory.StartNew(async () => await F())|];")]
    [InlineData("await [|new TaskFactory().StartNew(async () => await F())|];")]
    [InlineData("await [|new TaskFactory(TaskScheduler.Current).StartNew(async () => await F())|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await F())|].ConfigureAwait(false);")]
    [InlineData("await ([|Task.Factory.StartNew(async () => await F())|]);")]
    [InlineData("await [|Task.Factory.StartNew(async () => await F())|]!;")]
    [InlineData("await (Task)[|Task.Factory.StartNew(async () => await F())|];")]
    [InlineData("await (b ? [|Task.Factory.StartNew(F)|] : [|Task.Factory.StartNew(F)|]);")]
    [InlineData("await (b ? [|Task.Factory.StartNew(F)|] : Task.CompletedTask);")]
    [InlineData("await (b switch { true => [|Task.Factory.StartNew(F)|], _ => F() });")]
    [InlineData("await (checked([|Task.Factory.StartNew(F)|]));")]
    [InlineData("await [|Task.Factory.StartNew(F)|].WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await [|F().ContinueWith(async t => await F())|];")]
    [InlineData("await [|F().ContinueWith(t => F())|];")]
    [InlineData("await [|G().ContinueWith(async (t, s) => { await t; return 1; }, null)|];")]
    [InlineData("await [|Task.Factory.ContinueWhenAll(new[] { F() }, async ts => await F())|];")]
    [InlineData("await [|Task.Run(() => V())|];")]
    [InlineData("await [|Task.Run(V)|];")]
    [InlineData("await [|Task.Run(() => W())|];")]
    [InlineData("await [|Task.Run(async () => { await F(); return F(); })|];")]
    [InlineData("await [|Task.Run(async () => x?.StopAsync() ?? Task.CompletedTask)|];")]
    [InlineData("await [|Nested()|];")]
    [InlineData("await [|NestedResult()|];")]
    [InlineData("await [|ValueNested()|];")]
    [InlineData("await [|ValueNested()|].ConfigureAwait(false);")]
    [InlineData("await [|Plain()|];")]
    [InlineData("await [|Task.FromResult(F())|];")]
    [InlineData("await [|nested()|];")]
    [InlineData("await [|nested.Invoke()|];")]
    public Task An_awaited_task_of_a_task_is_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("[|Task.Factory.StartNew(F)|].Wait();")]
    [InlineData("[|Task.Factory.StartNew(F)|].Wait(100);")]
    [InlineData("[|Task.Factory.StartNew(F)|].GetAwaiter().GetResult();")]
    [InlineData("[|Task.Factory.StartNew(F)|].ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("_ = [|Task.Factory.StartNew(F)|].Result;")]
    [InlineData("var inner = [|Task.Factory.StartNew(F)|].Result;")]
    [InlineData("Task.WaitAll([|Task.Factory.StartNew(F)|], [|Task.Factory.StartNew(F)|]);")]
    [InlineData("Task.WaitAll(new Task[] { [|Task.Factory.StartNew(F)|] });")]
    [InlineData("[|Nested()|].Wait();")]
    [InlineData("[|ValueNested()|].GetAwaiter().GetResult();")]
    [InlineData("[|ValueNested()|].AsTask().Wait();")]
    [InlineData("[|Task.Factory.StartNew(F)|]?.Wait();")]
    public Task A_wait_for_a_task_of_a_task_is_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("[|Task.Factory.StartNew(F)|];")]
    [InlineData("_ = [|Task.Factory.StartNew(F)|];")]
    [InlineData("_ = [|Task.Factory.StartNew(async () => await F(), TaskCreationOptions.LongRunning)|];")]
    [InlineData("var unread = [|Task.Factory.StartNew(F)|];")]
    [InlineData("_ = b ? [|Task.Factory.StartNew(F)|] : null;")]
    [InlineData("(_, _) = ([|Task.Factory.StartNew(F)|], 1);")]
    [InlineData("Action a = () => [|Task.Factory.StartNew(F)|];")]
    [InlineData("[|Task.Run(V)|];")]
    [InlineData("[|F().ContinueWith(async t => await F())|];")]
    [InlineData("[|x?.StopAsync().ContinueWith(async t => await F())|];")]
    [InlineData("[|Nested()|];")]
    [InlineData("_ = await [|Task.Factory.StartNew(F)|];")]
    [InlineData("var inner = await [|Task.Factory.StartNew(F)|];")]
    [InlineData("Task inner; inner = await [|Task.Factory.StartNew(F)|];")]
    [InlineData("_ = [|Task.Factory.StartNew(F)|].ContinueWith(t => Console.WriteLine(t.Exception));")]
    [InlineData("await [|Task.Factory.StartNew(F)|].ContinueWith(_ => Console.WriteLine());")]
    public Task A_dropped_task_of_a_task_is_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("tasks.Add([|Task.Factory.StartNew(async () => await F())|]);")]
    [InlineData("plain = [|Task.Factory.StartNew(F)|];")]
    [InlineData("plain ??= [|Task.Factory.StartNew(F)|];")]
    [InlineData("Plainly = [|Task.Factory.StartNew(F)|];")]
    [InlineData("byName[\"a\"] = [|Task.Factory.StartNew(F)|];")]
    [InlineData("tasks = new List<Task> { [|Task.Factory.StartNew(F)|] };")]
    [InlineData("var array = new Task[] { [|Task.Factory.StartNew(F)|] }; await Task.WhenAll(array);")]
    [InlineData("var array = new Task[1]; array[0] = [|Task.Factory.StartNew(F)|]; await Task.WhenAll(array);")]
    [InlineData("await Task.WhenAll([|Task.Factory.StartNew(F)|], F());")]
    [InlineData("await Task.WhenAny([|Task.Factory.StartNew(F)|], Task.Delay(1));")]
    [InlineData("Track([|Task.Factory.StartNew(F)|]);")]
    [InlineData("Func<Task> f = () => [|Task.Factory.StartNew(F)|]; await f();")]
    [InlineData("Func<Task> f = async () => await [|Task.Factory.StartNew(F)|]; await f();")]
    [InlineData("Task L() => [|Task.Factory.StartNew(F)|]; await L();")]
    [InlineData("Task L() { return [|Task.Factory.StartNew(F)|]; } await L();")]
    [InlineData("async Task<Task> L() { await F(); return [|Task.Factory.StartNew(F)|]; } await await L();")]
    [InlineData("IEnumerable<Task> L() { yield return [|Task.Factory.StartNew(F)|]; } await Task.WhenAll(L());")]
    public Task A_task_of_a_task_that_becomes_a_plain_task_is_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; await t;")]
    [InlineData("Task t = [|Task.Factory.StartNew(F)|]; await t;")]
    [InlineData("Task<Task> t = [|Task.Factory.StartNew(F)|]; await t.ConfigureAwait(false);")]
    [InlineData("Task t; t = [|Task.Factory.StartNew(F)|]; await t;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; var u = t; await u;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; if (t.IsCompleted) return; await t;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; while (!t.IsCompleted) { }")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; await Task.WhenAll(t, F());")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; t.Wait(); _ = t.Result;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; Action a = () => t.Wait(); a();")]
    [InlineData("var (t, n) = ([|Task.Factory.StartNew(F)|], 1); await t;")]
    [InlineData("var t = [|Task.Factory.StartNew(F)|]; tasks.Add(t);")]
    [InlineData("Task<Task>? t = null; if (b) t = [|Task.Factory.StartNew(F)|]; if (t != null) await t;")]
    [InlineData("var t = new Task<Task>(F); t.Start(); await [|Task.Factory.StartNew(F)|]; await await t;")]
    public Task A_local_of_which_only_the_outer_task_is_observed_is_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("await Task.WhenAll([|Task.Factory.StartNew(F)|], [|Task.Factory.StartNew(F)|]);")]
    [InlineData("await Task.WhenAll(new[] { [|Task.Factory.StartNew(F)|] });")]
    [InlineData("await Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(async () => await F())|]));")]
    [InlineData("await Task.WhenAll(xs.Select(x => { return [|Task.Factory.StartNew(F)|]; }).ToArray()).ConfigureAwait(false);")]
    [InlineData("await Task.WhenAll(from x in xs select [|Task.Factory.StartNew(F)|]);")]
    [InlineData("await Task.WhenAll(from x in xs where x > 1 select [|Task.Factory.StartNew(F)|]);")]
    [InlineData("Task.WaitAll(xs.Select(x => [|Task.Factory.StartNew(F)|]).ToArray());")]
    [InlineData("Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(F)|])).Wait();")]
    [InlineData("var all = Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(F)|])); await all;")]
    [InlineData("Task all = Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(F)|])); await all;")]
    [InlineData("var all = await Task.WhenAll(xs.Select(x => [|Task.Factory.StartNew(F)|]));")]
    [InlineData("var started = xs.Select(x => [|Task.Factory.StartNew(F)|]).ToList(); await Task.WhenAll(started);")]
    [InlineData("var started = xs.Select(x => [|Task.Factory.StartNew(F)|]).ToList(); foreach (var t in started) await t;")]
    [InlineData("var started = xs.Select(x => [|Task.Factory.StartNew(F)|]).ToList(); started.ForEach(t => t.Wait());")]
    [InlineData("var started = new List<Task<Task>>(); started.Add([|Task.Factory.StartNew(F)|]); await Task.WhenAll(started);")]
    [InlineData("var started = new List<Task<Task>>(); foreach (var x in xs) started.Add([|Task.Factory.StartNew(F)|]); Task.WaitAll(started.ToArray());")]
    [InlineData("var started = new List<Task<Task>> { [|Task.Factory.StartNew(F)|] }; await started[0]; _ = started.Count;")]
    [InlineData("var started = new Task<Task>[2]; for (var i = 0; i < started.Length; i++) started[i] = [|Task.Factory.StartNew(F)|]; await Task.WhenAll(started);")]
    [InlineData("var started = new[] { [|Task.Factory.StartNew(F)|] }; await started[0]; await started.First();")]
    [InlineData("Array.ConvertAll(new int[1], x => [|Task.Factory.StartNew(F)|]);")]
    public Task Collections_and_queries_of_which_only_the_outer_tasks_are_observed_are_found(string statement) => Reports(Inside(statement));

    [NeedsCSharpTheory(12)]
    [InlineData("tasks = [[|Task.Factory.StartNew(F)|], F()];")]
    [InlineData("Task<Task>[] started = [[|Task.Factory.StartNew(F)|], [|Task.Factory.StartNew(F)|]]; await Task.WhenAll(started);")]
    public Task Collection_expressions_are_found(string statement) => Reports(Inside(statement));

    [Theory]
    [InlineData("await Task.Factory.StartNew(F).Unwrap();")]
    [InlineData("await await Task.Factory.StartNew(F);")]
    [InlineData("await (await Task.Factory.StartNew(F).ConfigureAwait(false)).ConfigureAwait(false);")]
    [InlineData("(await Task.Factory.StartNew(F)).Wait();")]
    [InlineData("Task.Factory.StartNew(F).Result.Wait();")]
    [InlineData("Task.Factory.StartNew(F).GetAwaiter().GetResult().GetAwaiter().GetResult();")]
    [InlineData("await (await Nested());")]
    [InlineData("await Nested().Result;")]
    [InlineData("await await Task.Run(V);")]
    [InlineData("_ = Task.Factory.StartNew(F).Unwrap();")]
    [InlineData("var outer = Task.Factory.StartNew(F); await outer.Unwrap();")]
    [InlineData("var outer = Task.Factory.StartNew(F); await await outer;")]
    [InlineData("var outer = Task.Factory.StartNew(F); (await outer).Wait();")]
    [InlineData("var outer = Task.Factory.StartNew(F); outer.Wait(); outer.Result.Wait();")]
    [InlineData("var outer = Task.Factory.StartNew(F); var inner = await outer; await inner;")]
    [InlineData("var inner = await Task.Factory.StartNew(F); if (b) return; await inner;")]
    [InlineData("var inner = await Task.Factory.StartNew(G); Console.WriteLine(inner);")]
    [InlineData("var inner = await Task.Factory.StartNew(F); Action a = () => inner.Wait(); a();")]
    [InlineData("plain = await Task.Factory.StartNew(F);")]
    [InlineData("tasks.Add(await Task.Factory.StartNew(F));")]
    [InlineData("tasks.Add(Task.Factory.StartNew(F).Unwrap());")]
    [InlineData("await Task.WhenAll(await Task.WhenAll(xs.Select(x => Task.Factory.StartNew(F))));")]
    [InlineData("await Task.WhenAll(xs.Select(x => Task.Factory.StartNew(F).Unwrap()));")]
    [InlineData("await Task.WhenAll(xs.Select(x => Task.Factory.StartNew(F)).Select(t => t.Unwrap()));")]
    [InlineData("var started = xs.Select(x => Task.Factory.StartNew(F)).ToList(); foreach (var t in started) await await t;")]
    [InlineData("foreach (var t in await Task.WhenAll(xs.Select(x => Task.Factory.StartNew(F)))) await t;")]
    [InlineData("var started = new List<Task<Task>>(); started.Add(Task.Factory.StartNew(F)); await await started[0];")]
    [InlineData("await Task.Factory.StartNew(F).ContinueWith(t => t.Result.Wait());")]
    [InlineData("await Task.Factory.StartNew(F).ContinueWith(t => t.Unwrap()).Unwrap();")]
    public Task A_task_of_a_task_whose_inner_task_is_observed_is_silent(string statement) => Silent(Inside(statement));

    [Theory]
    [InlineData("await Task.WhenAny(F(), G());")]
    [InlineData("var first = await Task.WhenAny(F(), G());")]
    [InlineData("Task first = Task.WhenAny(F(), G()); await first;")]
    [InlineData("await Task.WhenAny(tasks).ConfigureAwait(false);")]
    [InlineData("Task.WhenAny(tasks).Wait();")]
    [InlineData("await First(tasks);")]
    [InlineData("nestedField = Task.Factory.StartNew(F);")]
    [InlineData("cache[1] = Task.Factory.StartNew(F);")]
    [InlineData("cache.GetOrAdd(1, _ => Task.Factory.StartNew(F));")]
    [InlineData("Measure(() => Task.Factory.StartNew(F));")]
    [InlineData("Take(Task.Factory.StartNew(F));")]
    [InlineData("source.SetResult(F()); await source.Task;")]
    [InlineData("Console.WriteLine(Task.Factory.StartNew(F));")]
    [InlineData("await Task.FromResult(tasks[0]);")]
    [InlineData("await Task.FromResult(Task.FromResult(1));")]
    [InlineData("Task<Task> L() => Task.Factory.StartNew(F); await await L();")]
    [InlineData("Func<Task<Task>> f = () => Task.Factory.StartNew(F); await await f();")]
    [InlineData("await Task.Factory.StartNew(() => { });")]
    [InlineData("await Task.Factory.StartNew(() => 1);")]
    [InlineData("await Task.Run(async () => await F());")]
    [InlineData("await Task.Run(F);")]
    [InlineData("await Task.Run(async () => { await F(); return 1; });")]
    [InlineData("await F().ContinueWith(t => { });")]
    public Task What_is_meant_is_silent(string statement) => Silent(Inside(statement));

    [Theory]
    [InlineData("await Task.Factory.StartNew(async () => { Console.WriteLine(); });")]
    [InlineData("await Task.Factory.StartNew(async () => 1);")]
    [InlineData("await Task.Factory.StartNew(() => Task.CompletedTask);")]
    [InlineData("await Task.Factory.StartNew(() => Task.FromResult(1));")]
    public Task Inner_tasks_that_have_completed_are_silent(string statement) => Silent(Inside(statement));

    [Fact]
    public Task The_operation_of_a_dispatcher_is_found() => Reports(
        """
        using System.Windows.Threading;

        class C
        {
            Task? kept;

            async Task M(Dispatcher dispatcher)
            {
                await [|dispatcher.InvokeAsync(async () => await Task.Delay(1))|];
                await [|dispatcher.InvokeAsync(async () => { await Task.Delay(1); return 1; }, DispatcherPriority.Background)|];
                var operation = [|dispatcher.InvokeAsync(F)|];
                await operation;
                await [|dispatcher.InvokeAsync(F)|].Task;
                await [|dispatcher.InvokeAsync(F)|].Task.ConfigureAwait(false);
                [|dispatcher.InvokeAsync(F)|];
                [|dispatcher.InvokeAsync(F)|].Wait();
                kept = [|dispatcher.InvokeAsync(F)|].Task;
                await await dispatcher.InvokeAsync(F);
                await dispatcher.InvokeAsync(F).Task.Unwrap();
                await dispatcher.InvokeAsync(F).Result;
                await dispatcher.InvokeAsync(() => { });
                await dispatcher.InvokeAsync(() => 1);
            }

            async Task F() => await Task.Delay(1);
        }
        """, Setup.Desktop);

    [Fact]
    public Task Every_kind_of_function_is_looked_at() => Reports(
        """
        class C
        {
            Task field = [|Task.Factory.StartNew(async () => await Task.Delay(1))|];
            Func<Task> function = () => [|Task.Factory.StartNew(F)|];
            Task Property { get; } = [|Task.Factory.StartNew(F)|];
            Task Getter => [|Task.Factory.StartNew(F)|];
            Task this[int i] { get { return [|Task.Factory.StartNew(F)|]; } set => [|Task.Factory.StartNew(F)|]; }
            C() => [|Task.Factory.StartNew(F)|];
            ~C() => [|Task.Factory.StartNew(F)|].Wait();
            public static Task operator +(C c) => [|Task.Factory.StartNew(F)|];
            event Action E { add => [|Task.Factory.StartNew(F)|]; remove { } }
            static async Task F() => await Task.Delay(1);
            static async Task<T?> Generic<T>() { await [|Task.Factory.StartNew(Generic<T>)|]; return default; }
            async IAsyncEnumerable<int> Each() { await [|Task.Factory.StartNew(F)|]; yield return 1; }
        }
        """);

    [Fact]
    public Task An_awaitable_of_ones_own_is_found() => Reports(
        """
        class Job<T>
        {
            public System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => default;
            public static Job<T> Start(Func<T> work) => new();
        }

        class C
        {
            async Task M()
            {
                await [|Job<Task>.Start(F)|];
                await [|Task.Run(() => Job<int>.Start(() => 1))|];
                await await Job<Task>.Start(F);
                await Job<int>.Start(() => 1);
            }

            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Expression_trees_and_names_are_silent() => Silent(
        """
        using System.Linq.Expressions;

        class C
        {
            Expression<Func<Task>> tree = () => Task.Factory.StartNew(F);
            static Task F() => Task.Delay(1);
        }
        """);

    [Fact]
    public Task Types_that_are_only_called_so_are_silent() => Silent(
        """
        class Task<T> { }
        class TaskFactory { public Task<System.Threading.Tasks.Task> StartNew(Func<System.Threading.Tasks.Task> f) => new(); }

        class C
        {
            void M() => new TaskFactory().StartNew(() => System.Threading.Tasks.Task.Delay(1));
        }
        """);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                await Task.Factory.{|CS1061:Start|}(async () => await Task.Delay(1));
                await {|CS0103:Missing|}(async () => await Task.Delay(1));
                var t = Task.Factory.StartNew(F); await t.{|CS1061:Missing|}();
            }

            static Task F() => Task.Delay(1);
        }
        """);

    [Fact]
    public async Task The_message_says_what_becomes_of_the_inner_task()
    {
        var findings = await Findings(Inside(
            """
            await Task.Factory.StartNew(F);
            Task.Factory.StartNew(F).Wait();
            Task.Factory.StartNew(F);
            tasks.Add(Task.Factory.StartNew(F));
            Func<Task> f = () => Task.Factory.StartNew(F);
            var operation = Task.Run(V);
            await operation;
            """));
        Assert.Equal(
            [
                "'StartNew' makes a task of a task, and the await ends when the inner one has only begun: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
                "'StartNew' makes a task of a task, and the wait ends when the inner one has only begun: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
                "'StartNew' makes a task of a task, and it is dropped: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
                "'StartNew' makes a task of a task, and what is kept or passed on is the outer one, which ends when the inner one has only begun: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
                "'StartNew' makes a task of a task, and who gets the outer one can only wait until the inner one has begun: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
                "'Run' makes a task of a task, and the await ends when the inner one has only begun: nobody waits for the inner task or sees it fail; use 'Task.Run', unwrap it, or await it twice",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.Equal([0, 0, 0, 0, 0, 1], findings.Select(finding => finding.AdditionalLocations.Count));
    }

    private static string Inside(string statement) =>
        $$"""
        {{Usings}}
        class C
        {
            Task? plain;
            Task? Plainly { get; set; }
            Task<Task>? nestedField;
            List<Task> tasks = new();
            Dictionary<string, Task> byName = new();
            ConcurrentDictionary<int, Task<Task>> cache = new();
            TaskCompletionSource<Task> source = new();
            Func<Task> work = F;
            Func<Task<Task>> nested = Nested;
            C? x;

            async Task M(bool b, IEnumerable<int> xs)
            {
                {{statement}}
            }

            async Task StopAsync() => await F();
            void Track(Task task) { }
            void Take(Task<Task> task) { }
            T Measure<T>(Func<T> f) => f();
        }
        {{Work}}
        """;
}
