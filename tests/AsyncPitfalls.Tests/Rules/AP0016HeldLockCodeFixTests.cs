using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a lock of one thread becomes a semaphore.</summary>
public sealed class AP0016HeldLockCodeFixTests() : RuleTest(new AP0016HeldLockAnalyzer(), new AP0016HeldLockCodeFix())
{
    [Fact]
    public Task A_private_lock_becomes_a_semaphore_in_all_its_uses() => Fixes(
        """
        class C
        {
            // guards count
            private readonly object gate = new object();
            private int count;

            public async Task<int> AddAsync(int n)
            {
                // one at a time
                [|Monitor.Enter(gate)|]; // enter
                try
                {
                    await Task.Delay(n);
                    return count += n;
                }
                finally
                {
                    Monitor.Exit(this.gate); // leave
                }
            }

            public async Task ResetAsync()
            {
                Monitor.Enter(gate);
                count = 0;
                Monitor.Exit(gate);
                await Task.Yield();
            }

            public int Count
            {
                get
                {
                    Monitor.Enter(gate);
                    try { return count; }
                    finally { Monitor.Exit(gate); }
                }
            }
        }
        """,
        """
        class C
        {
            // guards count
            private readonly SemaphoreSlim gate = new SemaphoreSlim(1, 1);
            private int count;

            public async Task<int> AddAsync(int n)
            {
                // one at a time
                await gate.WaitAsync(); // enter
                try
                {
                    await Task.Delay(n);
                    return count += n;
                }
                finally
                {
                    this.gate.Release(); // leave
                }
            }

            public async Task ResetAsync()
            {
                await gate.WaitAsync();
                count = 0;
                gate.Release();
                await Task.Yield();
            }

            public int Count
            {
                get
                {
                    gate.Wait();
                    try { return count; }
                    finally { gate.Release(); }
                }
            }
        }
        """);

    [Fact]
    public Task A_release_behind_the_await_gets_into_a_finally() => Fixes(
        """
        class C
        {
            private static readonly Mutex Gate = new();
            private int count;

            async Task<int> M(int n)
            {
                [|Gate.WaitOne()|];

                // wait
                await Task.Delay(n);
                if (n > 3)
                {
                    count++;
                }

                Gate.ReleaseMutex(); // done
                return count;
            }

            async Task OneLine() { [|Gate.WaitOne()|]; await Task.Yield(); Gate.ReleaseMutex(); }
        }
        """,
        """
        class C
        {
            private static readonly SemaphoreSlim Gate = new(1, 1);
            private int count;

            async Task<int> M(int n)
            {
                await Gate.WaitAsync();
                try
                {
                    // wait
                    await Task.Delay(n);
                    if (n > 3)
                    {
                        count++;
                    }
                }
                finally
                {
                    Gate.Release(); // done
                }
                return count;
            }

            async Task OneLine()
            {
                await Gate.WaitAsync();
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    Gate.Release();
                }
            }
        }
        """);

    [Fact]
    public Task What_follows_still_sees_what_was_declared_under_the_lock() => Fixes(
        """
        class C
        {
            private readonly Lock gate = new();

            async Task<int> M()
            {
                [|gate.Enter()|];
                var n = await Task.Run(() => 1); // one
                // all of them
                IEnumerable<string> names = await File.ReadAllLinesAsync("names"), others = names;
                var own = n;
                gate.Exit();
                return n;
            }

            async Task<string> N()
            {
                [|gate.Enter()|];
                var (a, b) = (1, await Task.Run(() => 1));
                gate.Exit();
                return $"{a} {b}";
            }

            async Task<int> OneLine() { [|gate.Enter()|]; var x = await Task.Run(() => 1); gate.Exit(); return x; }
        }
        """,
        """
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);

            async Task<int> M()
            {
                await gate.WaitAsync();
                int n;
                try
                {
                    n = await Task.Run(() => 1); // one
                    // all of them
                    IEnumerable<string> names = await File.ReadAllLinesAsync("names"), others = names;
                    var own = n;
                }
                finally
                {
                    gate.Release();
                }
                return n;
            }

            async Task<string> N()
            {
                await gate.WaitAsync();
                var (a, b) = (1, await Task.Run(() => 1));
                gate.Release();
                return $"{a} {b}";
            }

            async Task<int> OneLine()
            {
                await gate.WaitAsync();
                int x;
                try
                {
                    x = await Task.Run(() => 1);
                }
                finally
                {
                    gate.Release();
                }
                return x;
            }
        }
        """);

    [Fact]
    public Task The_parts_of_a_type_change_together() => Fixes(
        """
        partial class C
        {
            async Task M()
            {
                [|Monitor.Enter(gate)|];
                try { await Task.Yield(); } finally { Monitor.Exit(gate); }
            }
        }
        === Test/Fields.cs
        partial class C
        {
            private readonly object gate = new();
            [ThreadStatic] private static int depth;

            void N()
            {
                depth = 1;
                Monitor.Enter(gate);
                Monitor.Exit(gate);
            }
        }
        === Test/More.cs
        partial class C
        {
            async Task O()
            {
                depth++;
                await Task.Yield();
                Console.WriteLine([|depth|]);
            }
        }
        """,
        """
        partial class C
        {
            async Task M()
            {
                await gate.WaitAsync();
                try { await Task.Yield(); } finally { gate.Release(); }
            }
        }
        === Test/Fields.cs
        partial class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            [ThreadStatic] private static int depth;

            void N()
            {
                depth = 1;
                gate.Wait();
                gate.Release();
            }
        }
        === Test/More.cs
        partial class C
        {
            async Task O()
            {
                depth++;
                await Task.Yield();
                Console.WriteLine([|depth|]);
            }
        }
        """,
        idea: "AP0016_Semaphore");

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

    [Fact]
    public async Task The_title_names_the_lock() => Assert.Equal(
        ["Make 'gate' a 'SemaphoreSlim' and await 'WaitAsync'"],
        await Titles(
            """
            class C
            {
                private readonly object gate = new();

                async Task M() { Monitor.Enter(gate); try { await Task.Yield(); } finally { Monitor.Exit(gate); } }
            }
            """));
}
