using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Locks that are not held over an await, or whose release does not depend on the thread.</summary>
public sealed class AP0016HeldLockSilenceTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    private const string Work = AP0016HeldLockTests.Work;

    [Fact]
    public Task Released_before_the_await_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim door = new();
            private SpinLock spin;
            private int count;

            async Task<int> Before()
            {
                int n;
                Monitor.Enter(gate);
                try { n = ++count; } finally { Monitor.Exit(gate); }
                await F();
                mutex.WaitOne();
                count++;
                mutex.ReleaseMutex();
                await F();
                door.EnterReadLock();
                try { n += count; } finally { door.ExitReadLock(); }
                await F();
                var taken = false;
                try
                {
                    spin.Enter(ref taken);
                    count++;
                }
                finally
                {
                    if (taken)
                        spin.Exit(false);
                }
                return n + await G();
            }

            async Task After()
            {
                await F();
                Monitor.Enter(gate);
                count++;
                Monitor.Exit(gate);
            }

            async Task Caught()
            {
                try
                {
                    Monitor.Enter(gate);
                    try { Use(count); } finally { Monitor.Exit(gate); }
                }
                catch (Exception)
                {
                    await F();
                }
            }

            async Task LeftByException()
            {
                try
                {
                    Monitor.Enter(gate);
                    Use(count);
                    Monitor.Exit(gate);
                }
                catch (Exception)
                {
                    await F();
                }
            }

            async Task Started()
            {
                Task task;
                Monitor.Enter(gate);
                try { task = F(); } finally { Monitor.Exit(gate); }
                await task;
            }

            async Task InTurn()
            {
                for (var i = 0; i < 3; i++)
                {
                    Monitor.Enter(gate);
                    count++;
                    Monitor.Exit(gate);
                    await G(i);
                }
            }

            async Task ByStatement()
            {
                lock (gate)
                    count++;
                await F();
            }

            async Task Completed()
            {
                var task = G();
                await task;
                Monitor.Enter(gate);
                count += await task;
                await Task.CompletedTask;
                Monitor.Exit(gate);
            }
        }
        """ + Work);

    [Fact]
    public Task A_lock_that_was_not_taken_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();

            async Task<bool> Tried()
            {
                if (!Monitor.TryEnter(gate))
                {
                    await F();
                    return false;
                }

                Monitor.Exit(gate);
                return true;
            }

            async Task Else()
            {
                if (mutex.WaitOne(0))
                    mutex.ReleaseMutex();
                else
                    await F();
            }

            async Task ByLocal()
            {
                var taken = Monitor.TryEnter(gate, 10);
                if (taken is false)
                    await F();
                if (taken)
                    Monitor.Exit(gate);
            }

            async Task ByReference()
            {
                var taken = false;
                Monitor.TryEnter(gate, ref taken);
                if (taken)
                    Monitor.Exit(gate);
                await F();
            }

            async Task UntilTaken()
            {
                while (!Monitor.TryEnter(gate))
                    await Task.Delay(1);
                Monitor.Exit(gate);
            }
        }
        """ + Work);

    [Fact]
    public Task The_same_decision_is_not_made_in_two_ways() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();

            async Task OnlyInOne(bool b, bool c)
            {
                if (b)
                    Monitor.Enter(gate);
                Use(1);
                if (!b)
                    await F();
                if (b)
                    Monitor.Exit(gate);
                if (!(c || b))
                    Monitor.Enter(gate);
                if (c)
                    await F();
                if (!c && !b)
                    Monitor.Exit(gate);
            }

            async Task Always()
            {
                if (!mutex.WaitOne())
                {
                    await F();
                    return;
                }

                mutex.ReleaseMutex();
            }
        }
        """ + Work);

    [Fact]
    public Task An_await_of_another_function_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();

            void Synchronous(List<Func<Task>> works)
            {
                Monitor.Enter(gate);
                works.Add(async () => await F());
                Monitor.Exit(gate);
            }

            async Task Outer()
            {
                Action locked = () =>
                {
                    Monitor.Enter(gate);
                    Use(1);
                    Monitor.Exit(gate);
                };
                locked();
                await F();
            }

            Task Returned()
            {
                Monitor.Enter(gate);
                try { return F(); } finally { Monitor.Exit(gate); }
            }

            IEnumerable<int> Iterator()
            {
                Monitor.Enter(gate);
                yield return 1;
                Monitor.Exit(gate);
            }
        }
        """ + Work);

    [Fact]
    public Task What_any_thread_can_release_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly SemaphoreSlim slim = new(1, 1);
            private readonly Semaphore semaphore = new(1, 1);
            private readonly AutoResetEvent signal = new(true);
            private readonly Gate gate = new();

            async Task M(EventWaitHandle handle)
            {
                await slim.WaitAsync();
                semaphore.WaitOne();
                signal.WaitOne();
                handle.WaitOne();
                gate.Enter();
                Monitor.Enter(gate, 3);
                await F();
                Monitor.Exit(gate);
                gate.Exit();
                semaphore.Release();
                slim.Release();
            }
        }

        class Gate
        {
            public void Enter() { }
            public void Exit() { }
        }

        static class Monitor
        {
            public static void Enter(object gate, int n) { }
            public static void Exit(object gate) { }
        }
        """ + Work);

    [Fact]
    public Task What_the_compiler_says_itself_is_silent() => Silent(
        """
        class C
        {
            private readonly object gate = new();
            private readonly Lock exclusive = new();

            async Task ByStatement()
            {
                lock (gate)
                {
                    {|CS1996:await Task.Delay(1)|};
                }
            }

            async Task ByScope()
            {
                using (exclusive.EnterScope())
                {
                    await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            private readonly object gate = new();

            async Task M()
            {
                Monitor.{|CS1501:Enter|}();
                Monitor.{|CS7036:Exit|}();
                gate.{|CS1061:Enter|}();
                {|CS0103:gat|}.WaitOne();
                await Task.Delay(1);
            }
        }
        """);
}
