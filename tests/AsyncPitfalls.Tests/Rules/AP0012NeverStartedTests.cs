using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks are made and never started.</summary>
public sealed class AP0012NeverStartedTests() : RuleTest(new AP0012NeverStartedAnalyzer())
{
    [Fact]
    public Task A_task_that_is_dropped_is_found() => Reports(
        """
        class C
        {
            void M(bool b)
            {
                [|new|] Task(Work);
                _ = [|new|] Task(Work);
                var unread = [|new|] Task(() => Work());
                Task typed = [|new|](Work);
                Task<int> result = [|new|] Task<int>(() => 1);
                ([|new|] Task(Work)).ConfigureAwait(false);
                [|new|] Task(Work).ContinueWith(t => Work());
                Console.WriteLine([|new|] Task(Work).Id);
                _ = b ? [|new|] Task(Work) : null;
                Task other;
                other = [|new|] Task(Work);
                var (one, two) = ([|new|] Task(Work), 2);
                Console.WriteLine(two);
                if (b)
                    [|new|] Task(Work);
                Action drops = () => [|new|] Task(Work);
                drops();
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task A_task_that_is_awaited_or_waited_for_is_found() => Reports(
        """
        class C
        {
            async Task M(bool b)
            {
                await [|new|] Task(Work);
                await [|new|] Task(Work).ConfigureAwait(false);
                await ([|new|] Task(Work))!;
                await (b ? [|new|] Task(Work) : Task.CompletedTask);
                Console.WriteLine(await [|new|] Task<int>(() => 1));
                Console.WriteLine(await await [|new|] Task<Task<int>>(async () => { await Task.Yield(); return 1; }));
                await [|new|] Task(async () => await Task.Delay(1));
                [|new|] Task(Work).Wait();
                Console.WriteLine([|new|] Task<int>(() => 1).Result);
                [|new|] Task(Work).GetAwaiter().GetResult();
                var t = [|new|] Task(Work);
                await t;
                Task u = [|new|](Work, TaskCreationOptions.LongRunning);
                u?.Wait();
                var v = [|new|] Task(o => Work(), "state");
                var w = v;
                await w.WaitAsync(TimeSpan.FromSeconds(1));
                var x = [|new|] Task<int>(() => 1);
                if (b)
                    await x;
                else
                    x.Wait();
                await Task.WhenAll([|new|] Task(Work), [|new|] Task(Work));
                var y = [|new|] Task(Work);
                Task.WaitAll(y, Task.CompletedTask);
                var z = [|new|] Task(Work);
                await Task.WhenAny(new[] { z, Task.Delay(5) });
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task A_task_that_is_started_too_late_is_found() => Reports(
        """
        class C
        {
            async Task M()
            {
                var t = [|new|] Task(Work);
                await t;
                t.Start();
                var u = [|new|] Task(Work);
                u.Wait();
                u.RunSynchronously();
                var v = [|new|] Task(Work);
                v = new Task(Work);
                v.Start();
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task A_task_that_is_returned_is_found() => Reports(
        """
        class C
        {
            Task Block() { return [|new|] Task(Work); }
            Task<int> Arrow() => [|new|](() => 1);
            Task Property => [|new|] Task(Work);
            Task Accessor { get { var t = [|new|] Task(Work); return t; } }
            async Task<Task> Wrapped() { await Task.Yield(); return [|new|] Task(Work); }
            Task Together() => Task.WhenAll([|new|] Task(Work), Block());
            public static implicit operator Task(C c) => [|new|] Task(c.Work);

            async Task M()
            {
                await Local();
                await Task.Run(() => [|new|] Task(Work));
                Func<Task> lambda = () => [|new|] Task(Work);
                await lambda();
                field = () => { return [|new|] Task(Work); };
                await Later(() => [|new|] Task(Work));
                Func<Task> shown = () => [|new|] Task(Work);
                Console.WriteLine((shown, 1));
                Task Local() => [|new|] Task(Work);
                Task Later(Func<Task> create) => create();
            }

            Func<Task> field = () => [|new|] Task(() => { });
            void Work() { }
        }
        """);

    [Fact]
    public Task It_is_found_in_every_function() => Reports(
        """
        class C
        {
            C() => [|new|] Task(Work).Wait();
            ~C() { [|new|] Task(Work); }
            int this[int i] => [|new|] Task<int>(() => i).Result;
            public static C operator +(C one, C other) { var t = [|new|] Task(one.Work); t.Wait(); return one; }
            event Action Changed { add { [|new|] Task(Work); } remove { } }
            Func<Task> field = async () => await [|new|] Task(() => { });
            Action method = delegate { _ = [|new|] Task(() => { }); };
            void Work() { }
        }
        """);

    [Fact]
    public Task It_is_found_in_top_level_statements() => Reports(
        """
        var t = [|new|] Task(() => Console.WriteLine());
        await t;
        """);

    [Fact]
    public Task Types_derived_from_the_frameworks_task_are_found() => Reports(
        """
        class Job : Task
        {
            private readonly string name;
            public Job(string name, Action work) : base(work) => this.name = name;
            public override string ToString() => name;
        }

        class Job<T> : Task<T>
        {
            public Job(Func<T> work) : base(work) { }
        }

        class C
        {
            async Task M()
            {
                await [|new|] Job("a", () => { });
                var job = [|new|] Job<int>(() => 1);
                Console.WriteLine(await job);
            }
        }
        """);

    [Fact]
    public Task A_capture_that_only_asks_is_no_start() => Reports(
        """
        class C
        {
            async Task M()
            {
                var t = [|new|] Task(() => { });
                Action show = () => Console.WriteLine(t.Status);
                show();
                await t;
            }
        }
        """);

    [Fact]
    public Task A_task_that_some_path_starts_is_silent() => Silent(
        """
        class C
        {
            async Task M(bool b, List<int> xs, TaskScheduler scheduler)
            {
                var t = new Task(Work);
                t.Start();
                await t;
                new Task(Work).Start();
                new Task(Work).Start(scheduler);
                new Task(Work).RunSynchronously();
                (b ? new Task(Work) : new Task(Work)).Start();
                var maybe = new Task(Work);
                if (b)
                    maybe.Start();
                await maybe;
                var status = new Task(Work);
                if (status.Status == TaskStatus.Created)
                    status.Start();
                var completed = new Task(Work);
                if (!completed.IsCompleted && b)
                    completed.Start();
                var copy = new Task(Work);
                var other = copy;
                other.Start();
                await copy;
                Task? conditional = b ? new Task(Work) : null;
                conditional?.Start();
                object boxed = new Task(Work);
                ((Task)boxed).Start();
                Task nested;
                (nested = new Task(Work)).Start();
                var pattern = (Task)new Task<int>(() => 1);
                if (pattern is Task<int> ints)
                    ints.Start();
                var inLoop = new Task(Work);
                foreach (var x in xs)
                {
                    if (x > 2)
                        inLoop.Start();
                }

                var inTry = new Task(Work);
                try
                {
                    Work();
                }
                catch (InvalidOperationException)
                {
                    inTry.Start();
                }

                var inFinally = new Task(Work);
                try
                {
                    await Task.Delay(1);
                }
                finally
                {
                    inFinally.Start(TaskScheduler.Default);
                }

                var all = new Task(Work);
                var whenAll = Task.WhenAll(all, t);
                all.Start();
                await whenAll;
                var continued = new Task(Work);
                var next = continued.ContinueWith(_ => Work());
                continued.Start();
                await next;
                switch (new Task(Work)) { case Task<int> u: u.Start(); break; }
                using var disposed = new Task(Work);
                disposed.Start();
                await disposed;
            }

            void Work() { }
        }
        """);

    [Fact]
    public Task A_task_that_is_handed_on_is_silent() => Silent(
        """
        class C
        {
            private readonly Task field = new Task(() => { });
            private static Task? shared;
            Task Auto { get; } = new Task(() => { });
            readonly List<Task> list = new();
            readonly Dictionary<string, Task> byName = new() { ["a"] = new Task(() => { }) };
            readonly Lazy<Task<int>> lazy = new(() => new Task<int>(() => 1));

            C(Task task) => field = task;
            C() : this(new Task(() => { })) { }

            void M(ref Task byReference, out Task output)
            {
                shared = new Task(Work);
                list.Add(new Task(Work));
                var array = new[] { new Task(Work), new Task(Work) };
                array[0] = new Task(Work);
                foreach (var t in array)
                    t.Start();
                var more = new List<Task> { new Task(Work) };
                more.ForEach(t => t.Start());
                Schedule(new Task(Work));
                var local = new Task(Work);
                Schedule(local);
                new Task(Work).Begin();
                byReference = new Task(Work);
                output = new Task(Work);
                var pair = (new Task(Work), 1);
                pair.Item1.Start();
                var holder = new { Task = new Task(Work) };
                holder.Task.Start();
                byName["b"] = new Task(Work);
                var captured = new Task(Work);
                Action start = () => captured.Start();
                start();
                var inLocalFunction = new Task(Work);
                Begin();
                var group = new Task(Work);
                Action begin = group.Start;
                begin();
                foreach (var t in Iterate())
                    t.Start();

                void Begin() => inLocalFunction.Start();
            }

            IEnumerable<Task> Iterate() { yield return new Task(Work); }
            void Schedule(Task task) => task.Start();
            void Work() { }
        }

        static class Extensions
        {
            public static void Begin(this Task task) => task.Start();
        }
        """);

    [Fact]
    public Task A_returned_task_that_a_caller_starts_is_silent() => Silent(
        """
        class C
        {
            private Task Create() => new Task(() => { });

            async Task M()
            {
                Create().Start();
                var t = Local();
                t.Start();
                await t;
                Func<Task> lambda = () => new Task(() => { });
                lambda().Start();
                var made = new System.Collections.Concurrent.ConcurrentDictionary<int, Task>();
                made.GetOrAdd(1, key => new Task(() => { })).Start();
                foreach (var each in Enumerable.Range(1, 3).Select(i => new Task(() => { })).ToList())
                    each.Start();
                Begin(() => new Task(() => { }));
                Task Local() { return new Task<int>(() => 1); }
                void Begin(Func<Task> create) => create().Start();
            }
        }
        """);

    [Fact]
    public Task A_type_that_starts_its_tasks_itself_is_silent() => Silent(
        """
        class Job : Task
        {
            public Job(Action work) : base(work) => Start();
        }

        class Later : Task
        {
            public Later(Action work) : base(work) { }
            public void Begin() => Start();
        }

        class C
        {
            async Task M()
            {
                await new Job(() => { });
                var later = new Later(() => { });
                later.Begin();
                await later;
            }
        }
        """);

    [Fact]
    public Task What_is_no_task_of_the_framework_is_silent() => Silent(
        """
        using System.Linq.Expressions;

        class Task { public Task(Action work) => Work = work; public Action Work { get; } }

        class C
        {
            void M()
            {
                _ = new Task(() => { });
                _ = new ValueTask<int>(1);
                _ = new TaskCompletionSource();
                Expression<Func<System.Threading.Tasks.Task>> tree = () => new System.Threading.Tasks.Task(M);
                Console.WriteLine(tree);
            }
        }
        """);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                var t = new {|CS1729:Task|}();
                await new {|CS1729:Task|}();
                var u = new Task({|CS0103:Missing|});
                await u;
                new {|CS1729:Task|}({|CS1026:|}{|CS1002:|}
            }
        }
        """);

    [Fact]
    public async Task The_message_names_the_variable()
    {
        var findings = await Findings(
            """
            class C
            {
                async Task M()
                {
                    var job = new Task(() => { });
                    await job;
                    await new Task<int>(() => 1);
                }
            }
            """);
        Assert.Equal(
            [
                "Nothing starts the task in 'job': its delegate never runs, and whoever waits for it waits forever; make it with 'Task.Run', which also starts it",
                "Nothing starts this 'Task': its delegate never runs, and whoever waits for it waits forever; make it with 'Task.Run', which also starts it",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.All(findings, finding => Assert.Equal(DiagnosticSeverity.Warning, finding.Severity));
    }
}
