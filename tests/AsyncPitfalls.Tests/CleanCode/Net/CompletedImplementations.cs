namespace Implementations;

public interface IStore
{
    Task SaveAsync(string key, string value);

    Task<string?> LoadAsync(string key);

    ValueTask<int> CountAsync();
}

public sealed class MemoryStore : IStore
{
    private readonly Dictionary<string, string> values = new();

    public Task SaveAsync(string key, string value)
    {
        values[key] = value;
        return Task.CompletedTask;
    }

    public Task<string?> LoadAsync(string key) => Task.FromResult(values.GetValueOrDefault(key));

    public ValueTask<int> CountAsync() => new(values.Count);
}

public abstract class Handler
{
    public virtual Task HandleAsync(CancellationToken cancellation) => Task.CompletedTask;

    protected abstract Task<bool> CanHandleAsync();
}

public sealed class Refusing : Handler
{
    public override async Task HandleAsync(CancellationToken cancellation)
    {
        if (await CanHandleAsync())
            await base.HandleAsync(cancellation);
    }

    // Nothing here yet: an async body that only throws turns the exception into a failed task.
    protected override async Task<bool> CanHandleAsync() => throw new NotSupportedException();
}
