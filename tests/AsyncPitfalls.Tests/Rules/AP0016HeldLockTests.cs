using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which locks are held over an await, and on which paths.</summary>
public sealed class AP0016HeldLockTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    internal const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static async Task<int> G(int n = 0) { await Task.Delay(n); return n; }
            public static async IAsyncEnumerable<int> All() { await Task.Yield(); yield return 1; }
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Every_kind_of_lock_that_belongs_to_a_thread_is_found() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim door = new();
            private readonly ReaderWriterLock old = new();
            private SpinLock spin = new();
            private readonly Lock exclusive = new();

            async Task ByMonitor()
            {
                [|Monitor.Enter(gate)|];
                try { await F(); } finally { Monitor.Exit(gate); }
            }

            async Task ByMonitorWithFlag()
            {
                var taken = false;
                try
                {
                    [|Monitor.Enter(gate, ref taken)|];
                    await F();
                }
                finally
                {
                    if (taken)
                        Monitor.Exit(gate);
                }
            }

            async Task ByMutex()
            {
                [|mutex.WaitOne()|];
                await F();
                mutex.ReleaseMutex();
            }

            async Task ByReader()
            {
                [|door.EnterReadLock()|];
                try { await F(); } finally { door.ExitReadLock(); }
            }

            async Task ByWriter()
            {
                [|door.EnterWriteLock()|];
                try { await F(); } finally { door.ExitWriteLock(); }
            }

            async Task ByUpgradeable()
            {
                [|door.EnterUpgradeableReadLock()|];
                try
                {
                    door.EnterWriteLock();
                    door.ExitWriteLock();
                    await F();
                }
                finally { door.ExitUpgradeableReadLock(); }
            }

            async Task BySpinning()
            {
                var taken = false;
                [|spin.Enter(ref taken)|];
                await F();
                spin.Exit();
            }

            async Task ByLock()
            {
                [|exclusive.Enter()|];
                try { await F(); } finally { exclusive.Exit(); }
            }

            async Task ByOldLock()
            {
                [|old.AcquireWriterLock(100)|];
                try { await F(); } finally { old.ReleaseWriterLock(); }
            }

            async Task ByHandle()
            {
                WaitHandle handle = new Mutex();
                [|handle.WaitOne()|];
                await F();
                ((Mutex)handle).ReleaseMutex();
            }
        }
        """ + Work);

    [Fact]
    public Task Every_kind_of_await_counts() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();

            async Task Loop()
            {
                [|Monitor.Enter(gate)|];
                await foreach (var n in All())
                    Use(n);
                Monitor.Exit(gate);
            }

            async Task Using(IAsyncDisposable given)
            {
                [|Monitor.Enter(gate)|];
                await using (given)
                    Use(1);
                Monitor.Exit(gate);
            }

            async Task UsingDeclaration(Stream stream)
            {
                [|Monitor.Enter(gate)|];
                try
                {
                    await using var own = stream;
                }
                finally
                {
                    Monitor.Exit(gate);
                }
            }

            async Task<int> InReturn()
            {
                [|Monitor.Enter(gate)|];
                try { return 1 + await G().ConfigureAwait(false)!; } finally { Monitor.Exit(gate); }
            }

            async IAsyncEnumerable<int> Iterator()
            {
                [|Monitor.Enter(gate)|];
                yield return 1;
                Monitor.Exit(gate);
            }

            async Task InCatch()
            {
                [|Monitor.Enter(gate)|];
                try { Use(1); }
                catch (Exception) { await F(); }
                finally { Monitor.Exit(gate); }
            }

            async Task InFinally()
            {
                [|Monitor.Enter(gate)|];
                try { Use(1); }
                finally
                {
                    await F();
                    Monitor.Exit(gate);
                }
            }
        }
        """ + Work);

    [Fact]
    public Task Every_kind_of_async_function_counts() => Reports(
        """
        using static Work;
        using static System.Threading.Monitor;

        class C
        {
            private readonly object gate = new();
            private static readonly object Shared = new();
            private readonly C[] all = new C[0];

            async void Void()
            {
                [|Monitor.Enter(gate)|];
                await F();
                Monitor.Exit(gate);
            }

            void Nested(object given)
            {
                Func<Task> lambda = async () =>
                {
                    [|Monitor.Enter(given)|];
                    await F();
                    Monitor.Exit(given);
                };
                Func<int, Task> old = async delegate(int n)
                {
                    [|Monitor.Enter(Shared)|];
                    await G(n);
                    Monitor.Exit(Shared);
                };
                async ValueTask Local()
                {
                    [|Enter(this.gate)|];
                    await F();
                    Exit(gate);
                }
                _ = Local().AsTask();
                Use(lambda, old);
            }

            async Task Others(int i)
            {
                [|Monitor.Enter(this)|];
                await F();
                Monitor.Exit(this);
                [|Monitor.Enter(typeof(C))|];
                await F();
                Monitor.Exit(typeof(C));
                [|Monitor.Enter(all[i].gate!)|];
                await F();
                Monitor.Exit(all[i].gate);
                [|Monitor.Enter(all[i + 1])|];
                await F();
                Monitor.Exit(all[i + 1]);
                [|Monitor.Enter(GateOf(i))|];
                await F();
                Monitor.Exit(GateOf(i));
                var same = gate;
                [|Monitor.Enter(same)|];
                await F();
                Monitor.Exit(gate);
                [|Monitor.Enter((object)(gate))|];
                await F();
                Monitor.Exit(gate);
            }

            async Task Maybe(Mutex? mutex)
            {
                [|mutex?.WaitOne()|];
                await F();
                mutex?.ReleaseMutex();
            }

            object GateOf(int i) => all[i];
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_count() => Reports(
        """
        var gate = new object();
        [|Monitor.Enter(gate)|];
        await Task.Delay(1);
        Monitor.Exit(gate);
        """);

    [Fact]
    public async Task The_message_says_what_goes_wrong()
    {
        var findings = await Findings(
            """
            class C
            {
                private readonly object gate = new();

                async Task Released()
                {
                    Monitor.Enter(gate);
                    await Task.Delay(1);
                    Monitor.Exit(gate);
                }

                async Task Kept(Mutex mutex)
                {
                    mutex.WaitOne();
                    await Task.Delay(1);
                }
            }
            """);
        Assert.Equal(
            [
                "'gate' is held across an await, after which another thread may go on that cannot release it: that throws, and the lock stays taken; take a 'SemaphoreSlim' with 'WaitAsync'",
                "'mutex' is held across an await and not released here: after the await another thread may go on, which cannot release it any more, and whoever wants it next waits; take a 'SemaphoreSlim' with 'WaitAsync'",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.All(findings, finding => Assert.Equal("await Task.Delay(1)", finding.AdditionalLocations.Single() is var place ? place.SourceTree!.GetText().ToString(place.SourceSpan) : ""));
    }

    [Fact]
    public async Task In_a_handler_of_a_user_interface_the_thread_stays_and_can_take_it_again()
    {
        const string Code =
            """
            using System.Windows;

            class Window1 : Window
            {
                private readonly object gate = new object();

                private async void OnClick(object sender, RoutedEventArgs e)
                {
                    [|Monitor.Enter(gate)|];
                    await Task.Delay(1);
                    Monitor.Exit(gate);
                }

                private async void OnClosed(object sender, EventArgs e)
                {
                    [|Monitor.Enter(gate)|];
                    await Task.Delay(1).ConfigureAwait(false);
                    Monitor.Exit(gate);
                }
            }
            """;
        await Reports(Code, Setup.Desktop);
        var findings = await Findings(Code.Replace("[|", "").Replace("|]", ""), Setup.Desktop);
        Assert.StartsWith("'gate' is held across an await, during which its own thread", findings[0].GetMessage());
        Assert.StartsWith("'gate' is held across an await, after which another thread", findings[1].GetMessage());
    }
}
