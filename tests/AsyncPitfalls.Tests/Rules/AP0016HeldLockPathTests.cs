using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>On which paths a lock is held over an await.</summary>
public sealed class AP0016HeldLockPathTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    private const string Work = AP0016HeldLockTests.Work;

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
}
