namespace Locks;

public sealed class AsyncLock
{
    private readonly SemaphoreSlim semaphore = new(1, 1);

    public async Task<IDisposable> LockAsync(CancellationToken cancellation = default)
    {
        await semaphore.WaitAsync(cancellation).ConfigureAwait(false);
        return new Releaser(semaphore);
    }

    public bool TryLock() => semaphore.Wait(0);

    private sealed class Releaser : IDisposable
    {
        private SemaphoreSlim? held;

        public Releaser(SemaphoreSlim held) => this.held = held;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}

public sealed class Throttle
{
    private readonly SemaphoreSlim slots;

    public Throttle(int atOnce) => slots = new SemaphoreSlim(atOnce);

    public async Task<T[]> RunAsync<T>(IEnumerable<Func<Task<T>>> works)
    {
        return await Task.WhenAll(works.Select(async work =>
        {
            await slots.WaitAsync();
            try
            {
                return await work();
            }
            finally
            {
                slots.Release();
            }
        }));
    }
}

public sealed class Counter
{
    private readonly object gate = new();
    private int value;

    public int Next()
    {
        lock (gate)
            return ++value;
    }

    public async Task<int> NextAsync()
    {
        await Task.Yield();
        lock (gate)
            return ++value;
    }
}
