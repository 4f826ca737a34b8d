using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Tasks that are returned out of a lock that was to guard them.</summary>
public sealed class AP0020LockTests() : RuleTest(new AP0020ClosedTaskAnalyzer())
{
    [Fact]
    public Task Tasks_returned_out_of_a_lock_are_found() => Reports(
        """
        class C
        {
            readonly object gate = new();
            readonly Lock door = new();
            readonly SemaphoreSlim semaphore = new(1);
            readonly Mutex mutex = new();

            Task Locked()
            {
                lock (gate)
                {
                    return [|SaveAsync()|];
                }
            }

            Task InLocal()
            {
                lock (gate)
                {
                    var task = [|Task.Run(() => { })|];
                    return task;
                }
            }

            Task Scope()
            {
                using (door.EnterScope())
                    return [|SaveAsync()|];
            }

            Task Semaphore()
            {
                semaphore.Wait();
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    semaphore.Release();
                }
            }

            Task WithoutTry()
            {
                semaphore.Wait();
                var task = [|SaveAsync()|];
                semaphore.Release();
                return task;
            }

            Task Owned()
            {
                mutex.WaitOne();
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    mutex.ReleaseMutex();
                }
            }

            Task Entered()
            {
                Monitor.Enter(gate);
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    Monitor.Exit(gate);
                }
            }

            static async Task SaveAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Tasks_that_a_lock_only_looks_up_are_silent() => Silent(
        """
        class C
        {
            readonly object gate = new();
            readonly SemaphoreSlim semaphore = new(1), signal = new(0);
            readonly List<Task> running = new();
            Task? task;

            Task Cached()
            {
                lock (gate)
                {
                    return task ??= SaveAsync();
                }
            }

            Task Assigned()
            {
                lock (gate)
                {
                    if (task is null)
                        task = SaveAsync();
                    return task;
                }
            }

            Task Kept()
            {
                lock (gate)
                {
                    return task = SaveAsync();
                }
            }

            Task All()
            {
                lock (gate)
                    return Task.WhenAll(running);
            }

            Task Signalled()
            {
                try
                {
                    return SaveAsync();
                }
                finally
                {
                    signal.Release();
                }
            }

            async Task Awaited()
            {
                await semaphore.WaitAsync();
                try
                {
                    await SaveAsync();
                }
                finally
                {
                    semaphore.Release();
                }
            }

            void Begun()
            {
                lock (gate)
                {
                    running.Add(SaveAsync());
                    _ = SaveAsync();
                }
            }

            static async Task SaveAsync() => await Task.Delay(1);
        }
        """);
}
