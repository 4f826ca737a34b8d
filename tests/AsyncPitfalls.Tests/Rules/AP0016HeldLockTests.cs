using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which locks are held over an await, and on which paths.</summary>
public sealed class AP0016HeldLockTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    private const string Work =
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
    public Task Some_path_is_enough() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();

            async Task Branch(bool b)
            {
                [|Monitor.Enter(gate)|];
                if (b)
                    Monitor.Exit(gate);
                await F();
                if (!b)
                    Monitor.Exit(gate);
            }

            async Task Early(bool b)
            {
                [|Monitor.Enter(gate)|];
                try
                {
                    if (b)
                        return;
                    await F();
                }
                finally
                {
                    Monitor.Exit(gate);
                }
            }

            async Task TurnAfterTurn()
            {
                while (true)
                {
                    await F();
                    [|Monitor.Enter(gate)|];
                    if (DateTime.Now.Hour > 3)
                        continue;
                    Monitor.Exit(gate);
                }
            }

            async Task Tried()
            {
                if ([|Monitor.TryEnter(gate)|])
                {
                    try { await F(); } finally { Monitor.Exit(gate); }
                }
            }

            async Task TriedNot()
            {
                if (![|mutex.WaitOne(100)|])
                    return;
                await F();
                mutex.ReleaseMutex();
            }

            async Task TriedInLocal()
            {
                var taken = [|mutex.WaitOne(TimeSpan.FromSeconds(1))|];
                try
                {
                    if (!taken)
                        throw new TimeoutException();
                    await F();
                }
                finally
                {
                    if (taken)
                        mutex.ReleaseMutex();
                }
            }

            async Task TriedByReference()
            {
                bool taken = false;
                [|Monitor.TryEnter(gate, 10, ref taken)|];
                if (taken == false)
                    return;
                await F();
                Monitor.Exit(gate);
            }

            async Task Spun()
            {
                while (![|Monitor.TryEnter(gate)|])
                    await Task.Delay(1);
                await F();
                Monitor.Exit(gate);
            }

            async Task ByChoice(bool b)
            {
                switch (b && [|Monitor.TryEnter(gate, 5)|])
                {
                    case true:
                        await F();
                        Monitor.Exit(gate);
                        break;
                }
            }
        }
        """ + Work);

    [Fact]
    public Task The_same_decision_made_again_does_not_hide_the_await() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly object other = new();

            async Task M(bool b)
            {
                if (b)
                    [|Monitor.Enter(gate)|];
                if (b)
                    await F();
                if (b)
                    Monitor.Exit(gate);
                if (!b)
                    [|Monitor.Enter(gate)|];
                b = true;
                if (b)
                    await F();
                Monitor.Exit(gate);
            }

            async Task Both()
            {
                [|Monitor.Enter(gate)|];
                [|Monitor.Enter(other)|];
                await F();
                Monitor.Exit(other);
                Monitor.Exit(gate);
            }
        }
        """ + Work);

    [Fact]
    public Task A_lock_that_nobody_releases_is_found() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();

            async Task Never()
            {
                [|Monitor.Enter(gate)|];
                await F();
            }

            async Task Balanced()
            {
                [|Monitor.Enter(gate)|];
                try { await F(); } finally { Monitor.Exit(gate); }
            }

            void AlsoBalanced()
            {
                Monitor.Enter(gate);
                Monitor.Exit(gate);
            }
        }
        """ + Work);

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
    public Task A_lock_that_another_function_releases_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();

            async Task AcquireAsync()
            {
                await F();
                Monitor.Enter(gate);
                await F();
            }

            void Release() => Monitor.Exit(gate);

            async Task<IDisposable> HoldAsync()
            {
                mutex.WaitOne();
                await F();
                return new Releaser(mutex);
            }

            async Task Nested(object own)
            {
                Monitor.Enter(own);
                await Then(() => Monitor.Exit(own));
            }

            async Task Inside()
            {
                var own = new object();
                Monitor.Enter(own);
                Leave();
                await F();
                void Leave() => Monitor.Exit(own);
            }

            static async Task Then(Action action) { await F(); action(); }

            private sealed class Releaser : IDisposable
            {
                private readonly Mutex held;
                public Releaser(Mutex held) => this.held = held;
                public void Dispose() => held.ReleaseMutex();
            }
        }
        """ + Work);

    [Fact]
    public Task A_local_function_that_releases_is_part_of_its_function() => Reports(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();

            async Task M(object given)
            {
                [|Monitor.Enter(gate)|];
                try { await F(); } finally { Leave(); }
                void Leave() => Monitor.Exit(gate);
                [|Monitor.Enter(given)|];
                await F();
                Give();
                void Give() => Monitor.Exit(given);
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

    [NeedsCSharpFact(12)]
    public Task A_parameter_of_the_type_is_a_lock_of_all_its_methods() => Silent(
        """
        using static Work;

        class C(object gate)
        {
            async Task Enter()
            {
                Monitor.Enter(gate);
                await F();
            }

            void Leave() => Monitor.Exit(gate);
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
    public Task The_only_program_of_its_kind_keeps_its_mutex() => Silent(
        """
        static class Program
        {
            static async Task Main()
            {
                using var mutex = new Mutex(false, "only");
                if (!mutex.WaitOne(0))
                    return;
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task A_mutex_that_the_program_releases_after_an_await_is_found() => Reports(
        """
        static class Program
        {
            static async Task Main()
            {
                using var mutex = new Mutex(false, "only");
                if (![|mutex.WaitOne(0)|])
                    return;
                await Task.Delay(1);
                mutex.ReleaseMutex();
            }
        }
        """);

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
