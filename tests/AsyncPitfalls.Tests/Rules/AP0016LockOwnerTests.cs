using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Locks that another function, or the whole program, has to do with.</summary>
public sealed class AP0016LockOwnerTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    private const string Work = AP0016HeldLockTests.Work;

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
}
