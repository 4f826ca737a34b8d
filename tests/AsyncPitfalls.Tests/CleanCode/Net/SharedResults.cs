namespace SharedResults;

public static class Loading
{
    public static async Task<(string, int)> BothAsync(Func<Task<string>> name, Func<Task<int>> age)
    {
        string? loaded = null;
        var years = 0;
        var first = Task.Run(async () => loaded = await name());
        var second = LoadAgeAsync();
        await Task.WhenAll(first, second);
        return (loaded!, years);

        async Task LoadAgeAsync() => years = await age();
    }

    public static async Task<int> WithProgressAsync(IEnumerable<int> numbers, Action<int> show)
    {
        var done = 0;
        var work = Task.Run(() =>
        {
            foreach (var number in numbers)
                Interlocked.Add(ref done, number);
        });
        while (!work.IsCompleted)
        {
            show(Volatile.Read(ref done));
            await Task.Delay(100);
        }

        await work;
        return done;
    }

    public static string? OnThread(Func<string> load)
    {
        string? result = null;
        using var ready = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            result = load();
            ready.Set();
        });
        thread.Start();
        ready.Wait();
        return result;
    }

    public static async Task<Exception?> FailureOfAsync(Func<Task> work)
    {
        Exception? failure = null;
        async Task Guarded()
        {
            try
            {
                await work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }

        await Guarded().ConfigureAwait(false);
        return failure;
    }
}
