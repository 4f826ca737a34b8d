using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What is awaited in the place of parallel loops.</summary>
public sealed class AP0013ParallelFixTests() : RuleTest(new AP0013BlockingCallAnalyzer(), new AP0013BlockingCallCodeFix())
{
    [Fact]
    public Task Turns_return_completed_tasks() => Fixes(
        """
        class C
        {
            async Task M(List<string> xs, ParallelOptions options, Action<string> given)
            {
                await Task.Yield();
                // in parallel
                Parallel.[|ForEach|](xs, x => Work(x)); // behind
                Parallel.[|ForEach|](xs, options, (string x) =>
                {
                    if (x.Length == 0)
                        return; // nothing

                    Work(x);
                });
                Parallel.[|ForEach|]<string>(xs, Work);
                Parallel.[|ForEach|](xs, given);
                Parallel.[|For|](0, xs.Count, i => { Work(xs[i]); });
                Parallel.[|ForEach|](xs, delegate (string x) { Work(x); });
            }

            void Work(string x) { }
        }
        """,
        """
        class C
        {
            async Task M(List<string> xs, ParallelOptions options, Action<string> given)
            {
                await Task.Yield();
                // in parallel
                await Parallel.ForEachAsync(xs, (x, token) => { Work(x); return ValueTask.CompletedTask; }); // behind
                await Parallel.ForEachAsync(xs, options, (string x, CancellationToken token) =>
                {
                    if (x.Length == 0)
                        return ValueTask.CompletedTask; // nothing

                    Work(x);
                    return ValueTask.CompletedTask;
                });
                await Parallel.ForEachAsync<string>(xs, (item, token) => { Work(item); return ValueTask.CompletedTask; });
                await Parallel.ForEachAsync(xs, (item, token) => { given(item); return ValueTask.CompletedTask; });
                await Parallel.ForAsync(0, xs.Count, (i, token) => { Work(xs[i]); return ValueTask.CompletedTask; });
                await Parallel.ForEachAsync(xs, delegate (string x, CancellationToken token) { Work(x); return ValueTask.CompletedTask; });
            }

            void Work(string x) { }
        }
        """);

    [Fact]
    public Task Token_in_scope_ends_the_loop() => Fixes(
        """
        class C
        {
            async Task M(List<int> xs, CancellationToken token)
            {
                await Task.Yield();
                Parallel.[|ForEach|](xs, x => Console.WriteLine(x));
                Parallel.[|For|](0, 10, i => Console.WriteLine(i));
                Parallel.[|ForEach|](xs, new ParallelOptions { CancellationToken = token }, x => Console.WriteLine(x));
            }
        }
        """,
        """
        class C
        {
            async Task M(List<int> xs, CancellationToken token)
            {
                await Task.Yield();
                await Parallel.ForEachAsync(xs, token, (x, token1) => { Console.WriteLine(x); return ValueTask.CompletedTask; });
                await Parallel.ForAsync(0, 10, token, (i, token1) => { Console.WriteLine(i); return ValueTask.CompletedTask; });
                await Parallel.ForEachAsync(xs, new ParallelOptions { CancellationToken = token }, (x, token1) => { Console.WriteLine(x); return ValueTask.CompletedTask; });
            }
        }
        """);

    [Fact]
    public Task What_blocks_in_a_turn_is_awaited_too() => Fixes(
        """
        class C
        {
            async Task M(List<int> xs, SemaphoreSlim s)
            {
                await Task.Yield();
                Parallel.[|ForEach|](xs, x => Thread.Sleep(x));
                Parallel.[|ForEach|](xs, x =>
                {
                    s.Wait();
                    Console.WriteLine(x);
                    s.Release();
                });
            }
        }
        """,
        """
        class C
        {
            async Task M(List<int> xs, SemaphoreSlim s)
            {
                await Task.Yield();
                await Parallel.ForEachAsync(xs, async (x, token) => await Task.Delay(x));
                await Parallel.ForEachAsync(xs, async (x, token) =>
                {
                    await s.WaitAsync();
                    Console.WriteLine(x);
                    s.Release();
                });
            }
        }
        """);

    [Fact]
    public Task Function_that_returns_a_task_becomes_async() => Fixes(
        """
        class C
        {
            Task M(int[] xs)
            {
                Parallel.[|ForEach|](xs, x => Console.WriteLine(x));
                return Task.CompletedTask;
            }
        }
        """,
        """
        class C
        {
            async Task M(int[] xs)
            {
                await Parallel.ForEachAsync(xs, (x, token) => { Console.WriteLine(x); return ValueTask.CompletedTask; });
            }
        }
        """);

    [Theory]
    [InlineData("var result = Parallel.[|ForEach|](xs, x => { });")]
    [InlineData("if (Parallel.[|For|](0, 1, i => { }).IsCompleted) { }")]
    [InlineData("Parallel.[|ForEach|](xs, (x, state) => state.Break());")]
    [InlineData("Parallel.[|ForEach|](xs, (x, state, index) => { });")]
    [InlineData("Parallel.[|ForEach|](xs, () => 1, (x, state, sum) => sum + x, sum => { });")]
    [InlineData("Parallel.[|ForEach|](System.Collections.Concurrent.Partitioner.Create(0, 10), range => { });")]
    [InlineData("Parallel.[|ForEach|](xs, x => thread.Join());")]
    [InlineData("Parallel.[|ForEach|](body: x => { }, source: xs);")]
    [InlineData("try { Parallel.[|ForEach|](xs, x => { }); } catch (AggregateException) { }")]
    [InlineData("Parallel.[|Invoke|](() => { }, () => { });")]
    public Task What_an_awaited_loop_cannot_do_has_no_fix(string statement) => OffersNoFix(
        $$"""
        class C
        {
            async Task M(int[] xs, Thread thread)
            {
                await Task.Yield();
                {{statement}}
            }
        }
        """);

    [Fact]
    public Task A_sequence_that_blocks_itself_has_no_fix() => OffersNoFix(
        """
        class C
        {
            async Task M(System.Collections.Concurrent.BlockingCollection<int> queue)
            {
                await Task.Yield();
                Parallel.[|ForEach|](queue.GetConsumingEnumerable(), x => { });
                Parallel.[|ForEach|](queue.GetConsumingEnumerable().Where(x => x > 0), Console.WriteLine);
            }
        }
        """);
}
