using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Reads that come after the assignment for certain, or that know of the other thread.</summary>
public sealed class AP0021EarlyReadSilenceTests() : RuleTest(new AP0021EarlyReadAnalyzer())
{
    private const string Work = AP0021EarlyReadTests.Work;

    [Fact]
    public Task A_read_after_the_task_has_completed_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private Task? running;

            async Task Awaited()
            {
                var x = 0;
                await Task.Run(() => x = 1);
                Use(x);
                var task = Task.Run(() => x = 2);
                await task;
                Use(x);
                var second = Task.Run(() => x = 3);
                await second.ConfigureAwait(false);
                Use(x);
                await Task.WhenAll(Task.Run(() => x = 4), Task.Run(() => x = 5));
                Use(x);
                Task a = Task.Run(() => x = 6), b = Task.Run(() => { x = 7; });
                await Task.WhenAll(a, b);
                Use(x);
                await Task.Run(() => x = 8).WaitAsync(TimeSpan.FromSeconds(1));
                Use(x);
                await Task.Run(() => x = 9).ContinueWith(_ => { });
                Use(x);
                running = Task.Run(() => x = 10);
                await running;
                Use(x);
                await Twice(async () => { await F(); x++; });
                Use(x);
                await Parallel.ForEachAsync(new[] { 1 }, async (n, token) => { await G(n); x = n; });
                Use(x);
            }

            void Waited()
            {
                var x = 0;
                Task.Run(() => x = 1).Wait();
                Use(x);
                var task = Task.Run(() => x = 2);
                task.Wait();
                Use(x);
                var second = Task.Run(() => x = 3);
                Use(second.Result, x);
                var third = Task.Run(() => x = 4);
                Task.WaitAll(third);
                Use(x);
                var fourth = Task.Run(() => x = 5);
                fourth.GetAwaiter().GetResult();
                Use(x);
                Task.Factory.StartNew(() => x = 6).Wait();
                Use(x);
            }

            async Task Listed(IEnumerable<int> numbers)
            {
                var x = 0;
                var tasks = new List<Task>();
                foreach (var n in numbers)
                    tasks.Add(Task.Run(() => x += n));
                await Task.WhenAll(tasks);
                Use(x);
                var all = numbers.Select(async n => { await G(n); x += n; }).ToArray();
                foreach (var task in all)
                    await task;
                Use(x);
                await Task.WhenAll(numbers.Select(async n => { await G(n); x += n; }));
                Use(x);
            }

            async Task Guarded()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                if (task.IsCompleted)
                    Use(x);
                var second = Task.Run(() => x = 1);
                if (await Task.WhenAny(second, Task.Delay(1)) == second)
                    Use(x);
                var third = Task.Run(() => x = 1);
                while (!third.IsCompleted)
                {
                    Use(x);
                    await Task.Delay(1);
                }
                await third;
            }

            async Task Failed()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                try { await task; }
                catch (Exception) { Use(x); }
                finally { Use(x); }
            }

            async Task Sometimes(bool b)
            {
                var x = 0;
                Task? task = null;
                if (b)
                    task = Task.Run(() => x = 1);
                if (task != null)
                    await task;
                Use(x);
                var second = b ? Task.Run(() => x = 2) : Task.CompletedTask;
                await second;
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task What_is_assigned_before_the_call_returns_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            async Task Local()
            {
                var x = 0;
                var task = Start();
                Use(x);
                await task;

                async Task Start()
                {
                    x = 1;
                    await F();
                }
            }

            async Task Lambda(bool b)
            {
                var x = 0;
                Func<Task> start = async () =>
                {
                    if (b)
                    {
                        x = 1;
                        await F();
                    }
                };
                var task = start();
                Use(x);
                await task;
                var second = Twice(async () => { x++; await F(); });
                Use(x);
                await second;
            }

            void Synchronous(List<int> numbers)
            {
                var x = 0;
                numbers.ForEach(n => x += n);
                Use(x);
                Action add = () => x++;
                add();
                Use(x);
                var lazy = numbers.Select(n => x = n);
                Use(x);
                Parallel.ForEach(numbers, n => x = n);
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task Reads_that_know_of_the_other_thread_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();

            async Task Locked()
            {
                var x = 0;
                var task = Task.Run(() => { lock (gate) x = 1; });
                lock (gate)
                    Use(x);
                await task;
            }

            async Task Atomic()
            {
                var x = 0;
                var task = Task.Run(() => x = 1);
                Use(Volatile.Read(ref x), Interlocked.CompareExchange(ref x, 0, 0), Interlocked.Add(ref x, 1));
                await task;
                var y = 0;
                var second = Task.Run(() => Interlocked.Increment(ref y));
                Use(y);
                await second;
            }

            async Task Loops()
            {
                var done = false;
                var task = Task.Run(() => done = true);
                while (!done)
                    await Task.Delay(10);
                Use(done);
                await task;
                done = false;
                var second = Task.Run(() => done = true);
                do { Thread.Sleep(1); } while (!done);
                await second;
                done = false;
                var third = Task.Run(() => done = true);
                while (!done) { }
                await third;
                done = false;
                var fourth = Task.Run(() => done = true);
                SpinWait.SpinUntil(() => done);
                Use(done);
                await fourth;
                done = false;
                var fifth = Task.Run(() => done = true);
                for (var i = 0; i < 100 && !done; i++)
                    await Task.Delay(1);
                await fifth;
                done = false;
                var sixth = Task.Run(() => done = true);
                while (true)
                {
                    if (done)
                        break;
                    await Task.Delay(1);
                }
                await sixth;
            }

            async Task Signals()
            {
                var x = 0;
                using var ready = new ManualResetEventSlim();
                _ = Task.Run(() => { x = 1; ready.Set(); });
                ready.Wait();
                Use(x);
                var told = new TaskCompletionSource();
                _ = Task.Run(() => { x = 2; told.SetResult(); });
                await told.Task;
                Use(x);
                var free = new SemaphoreSlim(0);
                var task = Task.Run(() => { x = 3; free.Release(); });
                await free.WaitAsync();
                Use(x);
                await task;
            }

            async Task Eventually()
            {
                var x = 0;
                _ = Task.Run(() => x = 1);
                await Until(() => x == 1);
                Use(x);
            }

            static async Task Until(Func<bool> condition)
            {
                while (!condition())
                    await Task.Delay(1);
            }
        }
        """ + Work);

    [Fact]
    public Task Tests_look_at_what_has_not_happened_yet() => Silent(
        """
        class C
        {
            [Xunit.Fact]
            public async Task M()
            {
                var done = false;
                var go = new TaskCompletionSource();
                var task = Task.Run(async () => { await go.Task; done = true; });
                if (done)
                    throw new InvalidOperationException();
                go.SetResult();
                await Task.Delay(100);
                if (!done)
                    throw new InvalidOperationException();
            }
        }

        namespace Xunit
        {
            class FactAttribute : Attribute { }
        }
        """);

    [Fact]
    public Task Other_variables_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            private int field;

            async Task M(int given)
            {
                var x = 0;
                var y = 0;
                var task = Task.Run(() => { var own = 1; own = 2; Use(x, own); field = 1; given.ToString(); });
                Use(x, y, field, given);
                await task;
                var second = Task.Run(() => y = 1);
                y = 2;
                Use(y, nameof(y));
                await second;
                var list = new List<int>();
                var third = Task.Run(() => list.Add(1));
                Use(list);
                await third;
                Use(x);
                var fourth = Task.Run(() => x = 1);
                await fourth;
                EventHandler handler = async (_, _) => { await F(); x = 1; };
                Use(handler, x);
                foreach (var n in new[] { 1, 2 })
                {
                    var inner = 0;
                    Use(inner);
                    await Task.Run(() => inner = n);
                }
            }
        }
        """ + Work);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                var x = 0;
                var task = Task.Run(() => { x = {|CS0103:y|}; {|CS0103:z|}(); });
                var other = {|CS0103:Start|}(async () => { await Task.Yield(); x = 1; });
                await task;
                Task.Run(() => {|CS0131:1|} = x);
                await {|CS0103:Missing|}(x);
            }
        }
        """);
}
