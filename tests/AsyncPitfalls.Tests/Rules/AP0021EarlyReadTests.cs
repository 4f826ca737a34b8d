using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which reads come before the task that assigns the variable is known to have completed.</summary>
public sealed class AP0021EarlyReadTests() : RuleTest(new AP0021EarlyReadAnalyzer())
{
    internal const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static async Task<int> G(int n = 0) { await Task.Delay(n); return n; }
            public static Task Twice(Func<Task> work) => Task.WhenAll(work(), work());
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task What_a_started_delegate_assigns_is_found() => Reports(
        """
        using static Work;

        class C
        {
            async Task Run()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Console.WriteLine([|x|]);
                await task;
                Console.WriteLine(x);
            }

            async Task RunAsync(string? name)
            {
                Task task = Task.Run(async () => { name = (await G()).ToString(); });
                if ([|name|] is null)
                    Use(1);
                await task.ConfigureAwait(false);
            }

            async Task StartNew()
            {
                int x = 0, y = 0;
                var task = Task.Factory.StartNew(delegate { x++; (y, _) = (2, 3); });
                Use([|x|] + [|y|], await Task.FromResult(1));
                await task;
            }

            async Task Continue(Task<int> given)
            {
                var x = 0;
                var task = given.ContinueWith(t => { x += t.Result; });
                Use($"{[|x|]}");
                await task;
            }

            async Task Unwrapped()
            {
                var x = 0;
                var task = Task.Factory.StartNew(async () => { await F(); x = 1; }).Unwrap();
                var copy = task;
                Use([|x|]);
                await copy;
            }

            int Waited()
            {
                var x = 0;
                var task = Task.Run(() => { int.TryParse("1", out x); });
                Use([|x|]);
                task.Wait();
                return x;
            }

            async Task<int> InReturn()
            {
                var x = 0;
                var task = Task.Run(() => { x = 1; });
                return [|x|] + await task.ContinueWith(_ => 1);
            }

            void ByName()
            {
                var x = 0;
                Action work = () => x = 1;
                var task = Task.Run(work);
                Use([|x|]);
                task.Wait();
                void Local() => x = 2;
                var second = Task.Run(Local);
                Use([|x|]);
                second.Wait();
                var third = Task.Run(() => Local());
                Use([|x|]);
                third.Wait();
            }
        }
        """ + Work);

    [Fact]
    public Task Waiting_for_an_earlier_task_is_not_enough() => Reports(
        """
        using static Work;

        class C
        {
            async Task M()
            {
                var x = 0;
                var first = G();
                var second = first.ContinueWith(_ => x = first.Result);
                await first;
                Use([|x|]);
                await second;
                var third = ((Func<Task>)(async () => { await F(); x = 2; }))();
                await Task.Delay(100);
                Use([|x|]);
                await third;
            }
        }
        """ + Work);

    [Fact]
    public Task What_an_async_function_assigns_after_its_first_await_is_found() => Reports(
        """
        using static Work;

        class C
        {
            async Task Local()
            {
                var x = 0;
                var task = Load();
                Use([|x|]);
                await task;

                async Task Load()
                {
                    await F();
                    x = 1;
                }
            }

            async Task AwaitedValue()
            {
                int? x = null;
                async Task Load() => x = await G();
                var task = Load();
                Use([|x|]);
                await task;
            }

            async Task Lambda()
            {
                string? x = null;
                Func<Task> load = async () => { await F(); x ??= "a"; };
                var task = load();
                Use([|x|]?.Length);
                await task;
            }

            async Task Given()
            {
                var x = 0;
                var task = Twice(async () => { await F(); x++; });
                Use([|x|]);
                await task;
            }

            async Task All(IEnumerable<int> numbers)
            {
                var x = 0;
                var all = Task.WhenAll(numbers.Select(async n => { await G(n); x += n; }));
                Use([|x|]);
                await all;
                var tasks = numbers.Select(async n => x += await G(n)).ToList();
                Use([|x|]);
                await Task.WhenAll(tasks);
            }

            async ValueTask Nested()
            {
                var x = 0;
                var task = Outer();
                Use([|x|]);
                await task;

                async ValueTask Outer() => await Inner();
                async Task Inner() { await F(); x = 1; }
            }
        }
        """ + Work);

    [Fact]
    public Task Some_path_is_enough() => Reports(
        """
        using static Work;

        class C
        {
            async Task<int> Branch(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                if (b)
                    await task;
                Use([|x|]);
                await task;
                return x;
            }

            async Task Early(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                if (b)
                {
                    Use([|x|]);
                    return;
                }
                await task;
            }

            async Task Turns()
            {
                var x = 0;
                var tasks = new List<Task>();
                for (var i = 0; i < 3; i++)
                    tasks.Add(Task.Run(() => x += 1));
                Use([|x|]);
                await Task.WhenAll(tasks);
                Use(x);
            }

            async Task Array()
            {
                var x = 0;
                var tasks = new Task[3];
                for (var i = 0; i < tasks.Length; i++)
                    tasks[i] = Task.Run(() => x += 1);
                Use([|x|]);
                await Task.WhenAll(tasks);
            }

            async Task WhileItRuns()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                for (var i = 0; i < [|x|]; i++)
                    Use(i);
                await Task.Delay(100);
                Use([|x|]);
                await task;
            }

            async Task Finally()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                try { Use(1); }
                finally { Use([|x|]); }
                await task;
            }
        }
        """ + Work);

    [Fact]
    public Task A_task_that_nobody_awaits_is_found() => Reports(
        """
        using static Work;

        class C
        {
            private Task? running;

            void Dropped()
            {
                var x = 0;
                Task.Run(() => x = 1);
                Use([|x|]);
                var y = 0;
                _ = Task.Run(async () => { await F(); y = 1; });
                Thread.Sleep(100);
                Use([|y|]);
                var z = 0;
                var task = Task.Run(() => z = 1);
                Use([|z|]);
            }

            async Task Stored()
            {
                var x = 0;
                running = Task.Run(() => x = 1);
                Use([|x|]);
                await running;
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_count() => Reports(
        """
        var x = 0;
        var task = Task.Run(() => x = 1);
        Console.WriteLine([|x|]);
        await task;
        """);

    [Fact]
    public Task Nested_functions_count() => Reports(
        """
        using static Work;

        class C
        {
            private readonly Func<Task> field = async () =>
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Use([|x|]);
                await task;
            };

            public int P
            {
                get
                {
                    var x = 0;
                    var task = Task.Run(() => x = 1);
                    Use([|x|]);
                    task.Wait();
                    return x;
                }
            }

            async IAsyncEnumerable<int> Iterator()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                yield return [|x|];
                await task;
                yield return x;
            }
        }
        """ + Work);

    [Fact]
    public async Task The_message_names_the_variable_and_the_start()
    {
        var finding = Assert.Single(await Findings(
            """
            class C
            {
                async Task M()
                {
                    var x = 0;
                    var task = Task.Run(() => x = 1);
                    Console.WriteLine(x);
                    await task;
                }
            }
            """));
        Assert.Equal("'x' is read while the task of 'Run' that assigns it may still be running, so it may still have its old value; await the task before", finding.GetMessage());
        var place = Assert.Single(finding.AdditionalLocations);
        Assert.Equal("Task.Run(() => x = 1)", (await place.SourceTree!.GetTextAsync()).ToString(place.SourceSpan));
    }
}
