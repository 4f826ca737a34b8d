using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What becomes of the several ways to take a lock, and which locks stay.</summary>
public sealed class AP0016LockKindsCodeFixTests() : RuleTest(new AP0016HeldLockAnalyzer(), new AP0016HeldLockCodeFix())
{
    [Fact]
    public Task What_was_tried_is_tried() => Fixes(
        """
        class C
        {
            private readonly object gate = new();

            async Task<bool> Tried()
            {
                if (![|Monitor.TryEnter(gate)|])
                    return false;
                try { await Task.Yield(); return true; }
                finally { Monitor.Exit(gate); }
            }

            async Task ForSomeTime(TimeSpan patience)
            {
                var taken = [|Monitor.TryEnter(gate, patience)|];
                try { await Task.Yield(); }
                finally
                {
                    if (taken)
                        Monitor.Exit(gate);
                }
            }

            async Task ByReference()
            {
                var taken = false;
                try
                {
                    [|Monitor.Enter(gate, ref taken)|];
                    await Task.Yield();
                }
                finally
                {
                    if (taken)
                        Monitor.Exit(gate);
                }
            }

            async Task TriedByReference()
            {
                var taken = false;
                [|Monitor.TryEnter(gate, 100, ref taken)|];
                if (!taken)
                    return;
                await Task.Yield();
                Monitor.Exit(gate);
            }

            bool AtOnce()
            {
                if (!Monitor.TryEnter(gate, 0))
                    return false;
                Monitor.Exit(gate);
                return true;
            }
        }
        """,
        """
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);

            async Task<bool> Tried()
            {
                if (!await gate.WaitAsync(0))
                    return false;
                try { await Task.Yield(); return true; }
                finally { gate.Release(); }
            }

            async Task ForSomeTime(TimeSpan patience)
            {
                var taken = await gate.WaitAsync(patience);
                try { await Task.Yield(); }
                finally
                {
                    if (taken)
                        gate.Release();
                }
            }

            async Task ByReference()
            {
                var taken = false;
                try
                {
                    await gate.WaitAsync();
                    taken = true;
                    await Task.Yield();
                }
                finally
                {
                    if (taken)
                        gate.Release();
                }
            }

            async Task TriedByReference()
            {
                var taken = false;
                taken = await gate.WaitAsync(100);
                if (!taken)
                    return;
                await Task.Yield();
                gate.Release();
            }

            bool AtOnce()
            {
                if (!gate.Wait(0))
                    return false;
                gate.Release();
                return true;
            }
        }
        """);

    [Fact]
    public Task Locks_of_other_kinds_become_one_too() => Fixes(
        """
        class C : IDisposable
        {
            private readonly ReaderWriterLockSlim door = new ReaderWriterLockSlim();
            private SpinLock spin;
            private readonly object late;

            public C() => Console.WriteLine(nameof(late));

            public C(int n)
            {
                late = new object();
            }

            async Task Write()
            {
                [|door.EnterWriteLock()|];
                try { await Task.Yield(); }
                finally { door.ExitWriteLock(); }
            }

            async Task Spin()
            {
                var taken = false;
                [|spin.Enter(ref taken)|];
                await Task.Yield();
                spin.Exit(true);
            }

            async Task Late()
            {
                [|Monitor.Enter(late)|];
                try { await Task.Yield(); }
                finally { Monitor.Exit(late); }
            }

            public void Dispose() => door.Dispose();
        }
        """,
        """
        class C : IDisposable
        {
            private readonly SemaphoreSlim door = new SemaphoreSlim(1, 1);
            private SemaphoreSlim spin = new SemaphoreSlim(1, 1);
            private readonly SemaphoreSlim late;

            public C() => Console.WriteLine(nameof(late));

            public C(int n)
            {
                late = new SemaphoreSlim(1, 1);
            }

            async Task Write()
            {
                await door.WaitAsync();
                try { await Task.Yield(); }
                finally { door.Release(); }
            }

            async Task Spin()
            {
                var taken = false;
                await spin.WaitAsync();
                taken = true;
                await Task.Yield();
                spin.Release();
            }

            async Task Late()
            {
                await late.WaitAsync();
                try { await Task.Yield(); }
                finally { late.Release(); }
            }

            public void Dispose() => door.Dispose();
        }
        """);

    // The import adder of the oldest Roslyn ends the line with CRLF, whatever the file does.
    [NeedsCSharpFact(12)]
    public Task The_namespace_is_added() => Fixes(
        """
        using System.Threading.Tasks;

        class C
        {
            private readonly object gate = new();

            async Task M()
            {
                [|System.Threading.Monitor.Enter(gate)|];
                try { await Task.Yield(); } finally { System.Threading.Monitor.Exit(gate); }
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);

            async Task M()
            {
                await gate.WaitAsync();
                try { await Task.Yield(); } finally { gate.Release(); }
            }
        }
        """,
        setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task A_lock_that_is_used_in_another_way_stays() => OffersNoFix(
        """
        class C
        {
            private readonly object locked = new();
            private readonly object pulsed = new();
            private readonly object given = new();
            public readonly object Seen = new();
            private readonly ReaderWriterLockSlim door = new();
            private readonly Mutex named = new(false, "all programs");
            private object changed = new();
            private readonly object list = new List<int>();

            async Task Locked() { [|Monitor.Enter(locked)|]; try { await Task.Yield(); } finally { Monitor.Exit(locked); } }
            void AlsoLocked() { lock (locked) { } }

            async Task Pulsed() { [|Monitor.Enter(pulsed)|]; try { await Task.Yield(); Monitor.PulseAll(pulsed); } finally { Monitor.Exit(pulsed); } }

            async Task Given() { [|Monitor.Enter(given)|]; try { await Task.Yield(); } finally { Monitor.Exit(given); } Console.WriteLine(given); }

            async Task Public() { [|Monitor.Enter(Seen)|]; try { await Task.Yield(); } finally { Monitor.Exit(Seen); } }

            async Task Read() { [|door.EnterReadLock()|]; try { await Task.Yield(); } finally { door.ExitReadLock(); } }

            async Task Named() { [|named.WaitOne()|]; try { await Task.Yield(); } finally { named.ReleaseMutex(); } }

            async Task Changed(object other) { [|Monitor.Enter(changed)|]; try { await Task.Yield(); } finally { Monitor.Exit(changed); } changed = other; }

            async Task Listed() { [|Monitor.Enter(list)|]; try { await Task.Yield(); } finally { Monitor.Exit(list); } }

            async Task Local() { var own = new object(); [|Monitor.Enter(own)|]; try { await Task.Yield(); } finally { Monitor.Exit(own); } }

            async Task This() { [|Monitor.Enter(this)|]; try { await Task.Yield(); } finally { Monitor.Exit(this); } }
        }
        """);

    [Fact]
    public Task A_lock_that_may_be_taken_twice_stays() => OffersNoFix(
        """
        class C
        {
            private readonly object gate = new();
            private readonly object other = new();
            private readonly object third = new();

            async Task Outer() { [|Monitor.Enter(gate)|]; try { await Task.Yield(); Between(); } finally { Monitor.Exit(gate); } }
            void Between() => Inner();
            void Inner() { Monitor.Enter(gate); Monitor.Exit(gate); }

            async Task Itself(int n) { [|Monitor.Enter(other)|]; try { await Itself(n - 1); } finally { Monitor.Exit(other); } }

            async Task Twice() { [|Monitor.Enter(third)|]; [|Monitor.Enter(third)|]; await Task.Yield(); Monitor.Exit(third); Monitor.Exit(third); }
        }
        """);

    [Fact]
    public Task A_function_that_returns_a_task_does_not_come_to_wait() => OffersNoFix(
        """
        class C
        {
            private readonly object gate = new();

            async Task M() { [|Monitor.Enter(gate)|]; try { await Task.Yield(); } finally { Monitor.Exit(gate); } }

            Task N() { Monitor.Enter(gate); try { return Task.Delay(1); } finally { Monitor.Exit(gate); } }
        }
        """);
}
