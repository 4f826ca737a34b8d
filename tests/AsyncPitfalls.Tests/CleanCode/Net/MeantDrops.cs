using System.Runtime.CompilerServices;

namespace MeantDrops;

[Flags]
public enum CommandFlags
{
    None = 0,
    FireAndForget = 2,
    DemandReplica = 12,
}

public interface IDatabase
{
    bool Set(string key, string value, CommandFlags flags = CommandFlags.None);

    Task<bool> SetAsync(string key, string value, CommandFlags flags = CommandFlags.None);
}

public sealed class Counters
{
    private const CommandFlags Quick = CommandFlags.FireAndForget | CommandFlags.DemandReplica;
    private readonly IDatabase database;

    public Counters(IDatabase database) => this.database = database;

    public void Count(string key)
    {
        database.SetAsync(key, "1", CommandFlags.FireAndForget);
        database.SetAsync(key, "2", Quick);
    }

    public async Task ResetAsync(string key)
    {
        database.Set(key, "0", Quick);
        await database.SetAsync(key + ":reset", "1");
    }
}

public sealed class Cache : IAsyncDisposable
{
    private readonly IDatabase database;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = new();
    private Task? refresh;

    public Cache(IDatabase database) => this.database = database;

    public event Func<Task>? Refreshed;

    public void Warm()
    {
        _ = WarmAsync();
        WarmAsync().ContinueWith(warmed => Console.Error.WriteLine(warmed.Exception), TaskContinuationOptions.OnlyOnFaulted);
        WarmAsync().LogFailure().ConfigureAwait(false);
        Task.Run(async () =>
        {
            try
            {
                await WarmAsync();
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine(exception);
            }
        });
    }

    public void Refresh()
    {
        if (refresh is null || refresh.IsCompleted)
            refresh = WarmAsync();
        running.Add(refresh);
        Interlocked.Exchange(ref refresh, null)?.LogFailure();
        if (Refreshed is { } refreshed)
            running.AddRange(refreshed.GetInvocationList().Cast<Func<Task>>().Select(handler => handler()));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        var last = running.LastOrDefault();
        if (last is not null)
            await last;
        await Task.WhenAll(running.Where(task => !task.IsCompleted));
    }

    private Task WarmAsync() => database.SetAsync("warm", $"{DateTime.Now}");
}

public static class TaskLogging
{
    public static async Task LogFailure(this Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
        }
    }
}

public sealed class Query
{
    private readonly List<string> conditions = new();

    public Query Where(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    public TaskAwaiter<int> GetAwaiter() => Task.Run(() => conditions.Count).GetAwaiter();

    public static async Task<int> CountAsync(bool onlyOpen)
    {
        var query = new Query().Where("id > 3");
        if (onlyOpen)
            query.Where("open");
        return await query;
    }
}
