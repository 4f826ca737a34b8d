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

public sealed class Ledger
{
    private static readonly AsyncLocal<string?> Author = new();
    private static readonly ThreadLocal<Random> Dice = new(() => new Random());

    private readonly ReaderWriterLockSlim door = new();
    private readonly Dictionary<string, decimal> entries = new();
    private SpinLock spin = new(enableThreadOwnerTracking: false);
    private int reads;

    public async Task<decimal> ReadAsync(string name, Func<string, Task<decimal>> load)
    {
        Author.Value = name;
        door.EnterReadLock();
        try
        {
            if (entries.TryGetValue(name, out var known))
                return known;
        }
        finally
        {
            door.ExitReadLock();
        }

        var loaded = await load(name).ConfigureAwait(false);
        door.EnterWriteLock();
        try
        {
            entries[name] = loaded;
        }
        finally
        {
            door.ExitWriteLock();
        }

        Console.WriteLine(Author.Value);
        return loaded;
    }

    public async Task<bool> CountAsync(Func<Task> report)
    {
        var taken = false;
        try
        {
            spin.TryEnter(ref taken);
            if (taken)
                reads++;
        }
        finally
        {
            if (taken)
                spin.Exit();
        }

        await report();
        return taken;
    }

    public async Task WaitAsync()
    {
        while (!Monitor.TryEnter(entries))
            await Task.Delay(Dice.Value!.Next(10));
        try
        {
            entries.Clear();
        }
        finally
        {
            Monitor.Exit(entries);
        }
    }
}
