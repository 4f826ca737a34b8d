using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which blocking calls are passed over.</summary>
public sealed class AP0013SilenceTests() : RuleTest(new AP0013BlockingCallAnalyzer())
{
    [Fact]
    public Task Synchronous_functions_may_block() => Silent(
        """
        class C
        {
            readonly bool field = new SemaphoreSlim(1).Wait(100);
            C() { Thread.Sleep(1); }
            ~C() => Thread.Sleep(1);
            void M(SemaphoreSlim s) { s.Wait(); Parallel.For(0, 1, i => Thread.Sleep(i)); }
            int Property { get { Thread.Sleep(1); return 1; } }
            public static int operator +(C a, C b) { Thread.Sleep(1); return 1; }
            IEnumerable<int> Sequence() { Thread.Sleep(1); yield return 1; }
        }
        """);

    [Fact]
    public Task Synchronous_delegates_in_async_functions_may_block() => Silent(
        """
        class C
        {
            async Task M(List<int> xs, SemaphoreSlim s, Thread t)
            {
                await Task.Run(() => Thread.Sleep(1));
                await Task.Run(() => { s.Wait(); return 1; });
                await Task.Run(t.Join);
                await Task.Run(s.Wait);
                xs.ForEach(x => Thread.Sleep(x));
                xs.ForEach(Thread.Sleep);
                var waited = xs.Select(x => s.Wait(x)).ToList();
                var query = (from x in xs where s.Wait(x) select x).ToList();
                var thread = new Thread(() => { Thread.Sleep(1); });
                new Timer(_ => Thread.Sleep(1), null, 0, 1);
                void Local() { Thread.Sleep(1); }
                Local();
            }
        }
        """);

    [Fact]
    public Task Entry_point_before_its_first_await_is_silent() => Silent(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                Console.ReadLine();
                if (args.Length > 0)
                    Thread.Sleep(100);
                else
                    await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Entry_point_that_only_returns_a_task_is_silent() => Silent(
        """
        class Program
        {
            static Task Main()
            {
                Console.ReadLine();
                return F();
            }

            static async Task F() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Top_level_statements_that_await_nothing_are_silent() => Silent("Console.ReadLine(); Thread.Sleep(1);");

    [Fact]
    public Task Body_of_a_lock_is_silent() => Silent(
        """
        class C
        {
            readonly object gate = new();
            bool ready;

            async Task M()
            {
                await Task.Yield();
                lock (gate)
                {
                    while (!ready)
                        Monitor.Wait(gate);
                    Thread.Sleep(1);
                }
            }
        }
        """);

    [Fact]
    public Task What_is_locked_is_found_before_its_body() => Reports(
        """
        class C
        {
            async Task M(List<int> xs, SemaphoreSlim s)
            {
                await Task.Yield();
                lock (Take(s.[|Wait|](1))) { }
            }

            object Take(bool taken) => this;
        }
        """);

    [Fact]
    public Task Code_that_is_not_run_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                System.Linq.Expressions.Expression<Func<bool>> tree = () => new SemaphoreSlim(1).Wait(1);
                System.Linq.Expressions.Expression<Func<int, Task>> taskTree = x => F(Console.ReadLine());
                Console.WriteLine(nameof(Thread.Sleep));
            }

            Task F(string? line) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Set_up_of_a_mock_is_silent() => Silent(
        """
        namespace Moq
        {
            public class Mock<T> { public Setup<R> Setup<R>(Func<T, R> call) => new(); }
            public class Setup<R> { public void Returns(Func<R> value) { } public void Callback(Action action) { } }
        }

        namespace Tests
        {
            public interface IStore { Task<int> LoadAsync(); }

            class C
            {
                async Task M(Moq.Mock<IStore> store)
                {
                    await Task.Yield();
                    store.Setup(s => s.LoadAsync()).Returns(() => { Thread.Sleep(10); return Task.FromResult(1); });
                    store.Setup(s => s.LoadAsync()).Returns(async () => { await Task.Yield(); Thread.Sleep(10); return 1; });
                    store.Setup(s => s.LoadAsync()).Callback(() => Thread.Sleep(10));
                }
            }
        }
        """);

    [Fact]
    public Task Call_that_a_mock_is_told_of_is_silent() => Reports(
        """
        namespace NSubstitute
        {
            public static class Substitute { public static T For<T>() where T : class => null!; }
            public static class SubstituteExtensions { public static void Returns<T>(this T value, T result) { } }
        }

        namespace Tests
        {
            using NSubstitute;

            class C
            {
                async Task M(EventWaitHandle handle, SemaphoreSlim gate)
                {
                    await Task.Yield();
                    handle.WaitOne().Returns(true);
                    gate.Wait(100).Returns(true);
                    handle.[|WaitOne|]().Equals(true);
                }
            }
        }
        """);

    [NeedsCSharpFact(13)]
    public Task Scope_of_a_lock_is_silent() => Reports(
        """
        class C
        {
            private readonly Lock gate = new();

            async Task M()
            {
                await Task.Yield();
                using (gate.EnterScope())
                {
                    Thread.Sleep(1);
                }

                if (gate.IsHeldByCurrentThread)
                {
                    using var scope = gate.EnterScope();
                    Thread.Sleep(1);
                }

                Thread.[|Sleep|](1);
            }
        }
        """);

    [Fact]
    public Task Threads_made_for_blocking_are_silent() => Silent(
        """
        class C
        {
            void M(SemaphoreSlim s)
            {
                new Thread(() => s.Wait()).Start();
                Task.Factory.StartNew(() => { Thread.Sleep(1); return Task.CompletedTask; }, TaskCreationOptions.LongRunning);
                new Thread(async () => { Thread.Sleep(1); await Task.Yield(); }).Start();
            }
        }
        """);

    [Fact]
    public Task Look_alikes_are_silent() => Silent(
        """
        using System.Collections.Concurrent;

        class Thread { public static void Sleep(int x) { } public void Join() { } }
        class Parallel { public static void ForEach(int[] xs, Action<int> action) { } }

        class C
        {
            async Task M(Thread thread, BlockingCollection<int> queue, StringReader reader, TextReader text, string[] parts, SemaphoreSlim s)
            {
                await Task.Yield();
                Thread.Sleep(1);
                thread.Join();
                Parallel.ForEach(new[] { 1 }, x => { });
                queue.Add(1);
                queue.TryTake(out _);
                queue.CompleteAdding();
                reader.ReadLine();
                text.ReadLine();
                Console.WriteLine(string.Join(",", parts));
                System.Threading.Thread.Sleep(0);
                System.Threading.Thread.Yield();
                if (s.Wait(0) || s.Wait(TimeSpan.Zero)) s.Release();
                await s.WaitAsync();
                Monitor.Enter(this);
                Monitor.Exit(this);
                new SpinWait().SpinOnce();
            }
        }
        """);

    [Fact]
    public Task Waits_for_tasks_belong_to_another_rule() => Silent(
        """
        class C
        {
            async Task M(Task<int> task, TimeSpan time)
            {
                await Task.Yield();
                task.Wait();
                Task.WaitAll(task);
                SpinWait.SpinUntil(() => task.IsCompleted);
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
                while (!task.IsCompleted)
                    Thread.Sleep(10);
                while (true)
                {
                    if (task.IsCompleted) break;
                    Thread.SpinWait(10);
                }
            }
        }
        """);

    [Fact]
    public Task Parallel_loops_of_async_callbacks_belong_to_another_rule() => Silent(
        """
        class C
        {
            async Task M(int[] xs)
            {
                await Task.Yield();
                Parallel.ForEach(xs, async x => await F(x));
                Parallel.ForEach(xs, x => F(x));
                Parallel.For(0, 10, async i => { try { await F(i); } catch (Exception) { } });
            }

            async Task F(int x) => await Task.Delay(x);
        }
        """);

    [Fact]
    public Task Sequence_that_others_enumerate_is_silent() => Silent(
        """
        using System.Collections.Concurrent;

        class C
        {
            async Task M(BlockingCollection<int> queue)
            {
                var items = queue.GetConsumingEnumerable();
                await Task.Run(() =>
                {
                    foreach (var item in items)
                        Console.WriteLine(item);
                });
            }
        }
        """);

    [Fact]
    public Task Parallel_loop_over_a_blocking_sequence_has_one_finding() => Reports(
        """
        using System.Collections.Concurrent;

        class C
        {
            async Task M(BlockingCollection<int> queue)
            {
                await Task.Yield();
                Parallel.[|ForEach|](queue.GetConsumingEnumerable(), x => { });
                Parallel.[|ForEach|](Partitioner.Create(queue.GetConsumingEnumerable()), x => { });
                foreach (var item in queue.[|GetConsumingEnumerable|]().Where(x => x > 0))
                    Console.WriteLine(item);
            }
        }
        """);
}
