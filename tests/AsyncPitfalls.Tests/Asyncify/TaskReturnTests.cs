namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>Functions that return tasks without being async: their signature stays, their returns change.</summary>
public sealed class TaskReturnTests : AsyncifyTest
{
    [Fact]
    public Task Returned_tasks_without_a_result_are_awaited_before_the_return() => Fixes(
        """
        class C
        {
            Task Run(bool b, Task t)
            {
                if (b)
                    return Task.CompletedTask; // nothing to do
                t.[|Wait|]();
                if (!b) return t;
                else if (b)
                {
                    return Task.Delay(1); // wait
                }

                switch (b)
                {
                    case true:
                        return Task.Delay(2);
                }

                return Task.CompletedTask;
            }

            Task Last(Task t)
            {
                t.[|Wait|]();
                return Task.WhenAll(t, t);
            }

            Task Arrow(Task<int> t) => Task.Delay(t.[|Result|]);
        }
        """,
        """
        class C
        {
            async Task Run(bool b, Task t)
            {
                if (b)
                    return; // nothing to do
                await t;
                if (!b)
                {
                    await t;
                    return;
                }
                else if (b)
                {
                    await Task.Delay(1); // wait
                    return;
                }

                switch (b)
                {
                    case true:
                        await Task.Delay(2);
                        return;
                }
            }

            async Task Last(Task t)
            {
                await t;
                await Task.WhenAll(t, t);
            }

            async Task Arrow(Task<int> t) => await Task.Delay(await t);
        }
        """);

    [Fact]
    public Task Returned_tasks_with_a_result_are_awaited_and_completed_ones_unwrapped() => Fixes(
        """
        class C
        {
            Task<int> Run(Task<int> t, int n)
            {
                t.[|Wait|]();
                if (n == 1) return Task.FromResult(n);
                if (n == 2) return Task.FromException<int>(new InvalidOperationException());
                if (n == 3) throw new InvalidOperationException();
                Func<Task<int>> inner = () => { return Task.FromResult(1); };
                Task<int> Local() { return inner(); }
                return n == 4 ? Local() : Task.FromResult(1);
            }

            ValueTask<int> Value(Task<int> t, int n)
            {
                if (n == 1) return new(t.[|Result|]);
                if (n == 2) return default;
                if (n == 3) return ValueTask.FromResult(3);
                return new ValueTask<int>(t);
            }

            ValueTask Plain(Task t)
            {
                t.[|Wait|]();
                return default;
            }

            Task<object?> Null(Task t)
            {
                t.[|Wait|]();
                return Task.FromResult<object?>(null);
            }
        }
        """,
        """
        class C
        {
            async Task<int> Run(Task<int> t, int n)
            {
                await t;
                if (n == 1) return n;
                if (n == 2) throw new InvalidOperationException();
                if (n == 3) throw new InvalidOperationException();
                Func<Task<int>> inner = () => { return Task.FromResult(1); };
                Task<int> Local() { return inner(); }
                return await (n == 4 ? Local() : Task.FromResult(1));
            }

            async ValueTask<int> Value(Task<int> t, int n)
            {
                if (n == 1) return await t;
                if (n == 2) return default;
                if (n == 3) return 3;
                return await new ValueTask<int>(t);
            }

            async ValueTask Plain(Task t)
            {
                await t;
            }

            async Task<object?> Null(Task t)
            {
                await t;
                return null;
            }
        }
        """);

    [Fact]
    public Task Callers_of_a_function_that_returns_a_task_already_do_not_change() => Fixes(
        """
        interface IStore { Task<int> LoadAsync(Task<int> t); }

        class Store : IStore
        {
            public Task<int> LoadAsync(Task<int> t) => Task.FromResult(t.[|Result|] + 1);
            Task<int> Use(IStore store, Task<int> t) => store.LoadAsync(t);
            Func<Task<int>, Task<int>> Group => LoadAsync;
        }
        """,
        """
        interface IStore { Task<int> LoadAsync(Task<int> t); }

        class Store : IStore
        {
            public async Task<int> LoadAsync(Task<int> t) => await t + 1;
            Task<int> Use(IStore store, Task<int> t) => store.LoadAsync(t);
            Func<Task<int>, Task<int>> Group => LoadAsync;
        }
        """);

    [Fact]
    public Task A_returned_null_has_no_counterpart() => OffersNoFix(
        """
        class C
        {
            Task<int>? Run(Task<int> t)
            {
                if (t.[|Result|] == 1)
                    return null;
                return t;
            }
        }
        """);

    [Fact]
    public Task A_synchronized_or_ref_signature_has_none_either() => OffersNoFix(
        """
        class C
        {
            Task<int> Run(Task<int> t, out int n) => Task.FromResult(n = t.[|Result|]);
        }
        """);
}
