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
