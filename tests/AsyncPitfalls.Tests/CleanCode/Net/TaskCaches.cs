using System.Collections.Concurrent;

namespace Caches;

public sealed class Cache<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> entries = new();
    private readonly Func<TKey, Task<TValue>> load;

    public Cache(Func<TKey, Task<TValue>> load) => this.load = load;

    public async Task<TValue> GetAsync(TKey key)
    {
        var entry = entries.GetOrAdd(key, one => new Lazy<Task<TValue>>(() => load(one)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            entries.TryRemove(key, out _);
            throw;
        }
    }

    public bool TryGet(TKey key, out TValue? value)
    {
        if (entries.TryGetValue(key, out var entry) && entry.IsValueCreated && entry.Value.Status == TaskStatus.RanToCompletion)
        {
            value = entry.Value.Result;
            return true;
        }

        value = default;
        return false;
    }
}

public static class Known
{
    private static readonly Task<bool> True = Task.FromResult(true);
    private static readonly Task<bool> False = Task.FromResult(false);

    public static Task<bool> Of(bool value) => value ? True : False;
}

public sealed class Config
{
    private readonly object gate = new();
    private Task<string>? loading;

    public Task<string> LoadAsync()
    {
        lock (gate)
            return loading ??= File.ReadAllTextAsync("config.json");
    }

    public string? Loaded => loading is { IsCompletedSuccessfully: true, Result: var text } ? text : null;
}
