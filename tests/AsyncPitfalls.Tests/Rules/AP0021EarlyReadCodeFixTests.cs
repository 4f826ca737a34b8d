using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a task comes to be waited for before what it assigns is read.</summary>
public sealed class AP0021EarlyReadCodeFixTests() : RuleTest(new AP0021EarlyReadAnalyzer(), new AP0021EarlyReadCodeFix())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task The_await_moves_before_the_first_read() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<int> M(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);

                // what there is
                Use([|x|]);
                if (b)
                    Use([|x|] + 1);

                // now it is there
                await task.ConfigureAwait(false); // at last
                return x;
            }

            async Task Result(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                if (b)
                {
                    Use([|x|]);
                }

                var result = await task;
                Use(result);
            }

            async Task OneLine() { var x = 0; var task = Task.Run(() => x = 1); Use([|x|]); await task; }

            void Waits()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Use([|x|]);
                task.Wait();
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<int> M(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);

                // now it is there
                await task.ConfigureAwait(false); // at last
                // what there is
                Use(x);
                if (b)
                    Use(x + 1);

                return x;
            }

            async Task Result(bool b)
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                var result = await task;
                if (b)
                {
                    Use(x);
                }

                Use(result);
            }

            async Task OneLine() { var x = 0; var task = Task.Run(() => x = 1); await task; Use(x); }

            void Waits()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                task.Wait();
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task Several_tasks_that_are_awaited_together_move_together() => Fixes(
        """
        using static Work;

        class C
        {
            private Task? running;

            async Task M()
            {
                int x = 0, y = 0;
                var a = Task.Run(() => x = 1);
                var b = Task.Run(() => y = 1);
                Use([|x|]);
                Use([|y|]);
                await Task.WhenAll(a, b);
            }

            async Task Listed(int[] numbers)
            {
                var x = 0;
                var tasks = new List<Task>();
                foreach (var n in numbers)
                    tasks.Add(Task.Run(() => x += n));
                Use([|x|]);
                await Task.WhenAll(tasks);
            }

            async Task Field()
            {
                var x = 0;
                running = Task.Run(() => x = 1);
                Use([|x|]);
                await running;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            private Task? running;

            async Task M()
            {
                int x = 0, y = 0;
                var a = Task.Run(() => x = 1);
                var b = Task.Run(() => y = 1);
                await Task.WhenAll(a, b);
                Use(x);
                Use(y);
            }

            async Task Listed(int[] numbers)
            {
                var x = 0;
                var tasks = new List<Task>();
                foreach (var n in numbers)
                    tasks.Add(Task.Run(() => x += n));
                await Task.WhenAll(tasks);
                Use(x);
            }

            async Task Field()
            {
                var x = 0;
                running = Task.Run(() => x = 1);
                await running;
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_change_places() => Fixes(
        """
        var x = 0;
        var task = Task.Run(() => x = 1);

        Console.WriteLine([|x|]);
        await task;
        Console.WriteLine("done");
        """,
        """
        var x = 0;
        var task = Task.Run(() => x = 1);

        await task;
        Console.WriteLine(x);
        Console.WriteLine("done");
        """);

    [Fact]
    public Task Where_no_statement_only_waits_a_further_await_is_put_in() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<int> InReturn()
            {
                int x = 0, y = 0;
                var task = Task.Run(() => x = 1);
                var other = Task.Run(() => y = 1);
                Use([|x|], [|y|]);
                Use([|x|]);
                return await task + await other;
            }

            async Task NotThereYet()
            {
                int x = 0, y = 0;
                var a = Task.Run(() => x = 1);
                Use([|x|]);
                var b = Task.Run(() => y = 1);
                await Task.WhenAll(a, b);
            }

            async Task Unread()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Use([|x|]);
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<int> InReturn()
            {
                int x = 0, y = 0;
                var task = Task.Run(() => x = 1);
                var other = Task.Run(() => y = 1);
                await task;
                await other;
                Use(x, y);
                Use(x);
                return await task + await other;
            }

            async Task NotThereYet()
            {
                int x = 0, y = 0;
                var a = Task.Run(() => x = 1);
                await a;
                Use(x);
                var b = Task.Run(() => y = 1);
                await Task.WhenAll(a, b);
            }

            async Task Unread()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                await task;
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task A_dropped_task_is_awaited_where_it_starts() => Fixes(
        """
        using static Work;

        class C
        {
            void Dropped()
            {
                var x = 0;
                Task.Run(() => x = 1);
                Use([|x|]);
            }

            async Task Discarded()
            {
                var x = 0;
                _ = Task.Run(() => x = 1); // begin
                Use([|x|]);
                await F();
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task Dropped()
            {
                var x = 0;
                await Task.Run(() => x = 1);
                Use(x);
            }

            async Task Discarded()
            {
                var x = 0;
                await Task.Run(() => x = 1); // begin
                Use(x);
                await F();
            }
        }
        """ + Work);

    [Fact]
    public Task Where_the_await_cannot_come_earlier_there_is_no_fix() => OffersNoFix(
        """
        using static Work;

        class C
        {
            async Task Endless()
            {
                var x = 0;
                _ = Task.Run(async () => { while (true) { await F(); x++; } });
                Use([|x|]);
                await F();
            }

            async Task NextTurn()
            {
                var x = 0;
                Task task = Task.CompletedTask;
                for (var i = 0; i < 3; i++)
                {
                    Use([|x|]);
                    task = Task.Run(() => x = 1);
                }
                await task;
            }

            async Task Caught()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Use([|x|]);
                try { await task; }
                catch (Exception) { Use(1); }
            }

            async Task Added()
            {
                var x = 0;
                var tasks = new List<Task>();
                tasks.Add(Task.Run(() => x = 1));
                Use([|x|]);
                tasks.Add(F());
                await Task.WhenAll(tasks);
            }
        }
        """ + Work);

    [Fact]
    public async Task The_titles_say_what_is_done() => Assert.Equal(
        ["Move 'await task' before the read", "Await 'task' before the read", "Await 'Run'"],
        await Titles(
            """
            class C
            {
                async Task Move()
                {
                    var x = 0;
                    var task = Task.Run(() => x = 1);
                    Console.WriteLine(x);
                    await task;
                }

                async Task<int> Insert()
                {
                    var x = 0;
                    var task = Task.Run(() => x = 1);
                    Console.WriteLine(x);
                    return await task;
                }

                async Task Drop()
                {
                    var x = 0;
                    _ = Task.Run(() => x = 1);
                    await Task.Yield();
                    Console.WriteLine(x);
                }
            }
            """));
}
