namespace Timeouts;

public static class Within
{
    public static async Task<T> RunAsync<T>(Task<T> work, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource();
        var delay = Task.Delay(limit, cancellation.Token);
        var winner = await Task.WhenAny(work, delay);
        if (winner == delay)
            throw new TimeoutException();
        cancellation.Cancel();
        return work.Result;
    }

    public static async Task<T?> OrNothingAsync<T>(Task<T> work, TimeSpan limit)
        where T : class
    {
        if (await Task.WhenAny(work, Task.Delay(limit)) == work)
            return work.Result;
        return null;
    }

    public static async Task<T> FirstAsync<T>(IEnumerable<Func<CancellationToken, Task<T>>> sources)
    {
        using var cancellation = new CancellationTokenSource();
        var running = sources.Select(source => source(cancellation.Token)).ToList();
        var winner = await Task.WhenAny(running);
        cancellation.Cancel();
        return winner.Result;
    }

    public static async Task<IReadOnlyList<T>> InOrderOfCompletionAsync<T>(IEnumerable<Task<T>> tasks)
    {
        var pending = tasks.ToList();
        var results = new List<T>();
        while (pending.Count > 0)
        {
            var done = await Task.WhenAny(pending).ConfigureAwait(false);
            pending.Remove(done);
            if (done.IsFaulted)
                continue;
            results.Add(await done);
        }

        return results;
    }

    public static Task<T> BuiltInAsync<T>(Task<T> work, TimeSpan limit, CancellationToken cancellation) => work.WaitAsync(limit, cancellation);
}
