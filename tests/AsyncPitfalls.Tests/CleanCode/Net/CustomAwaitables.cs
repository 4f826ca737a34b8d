using System.Runtime.CompilerServices;

namespace Awaitables;

public readonly struct Pause
{
    private readonly int milliseconds;

    public Pause(int milliseconds) => this.milliseconds = milliseconds;

    public TaskAwaiter GetAwaiter() => Task.Delay(milliseconds).GetAwaiter();
}

public static class AwaitableTimes
{
    public static TaskAwaiter GetAwaiter(this TimeSpan time) => Task.Delay(time).GetAwaiter();

    public static TaskAwaiter<T[]> GetAwaiter<T>(this IEnumerable<Task<T>> tasks) => Task.WhenAll(tasks).GetAwaiter();
}

public sealed class ThreadPoolSwitch : INotifyCompletion
{
    public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

    public ThreadPoolSwitch GetAwaiter() => this;

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), continuation);

    public void GetResult()
    {
    }
}

public sealed class Deferred<T>
{
    private readonly TaskCompletionSource<T> source = new();

    public TaskAwaiter<T> GetAwaiter() => source.Task.GetAwaiter();

    public ConfiguredTaskAwaitable<T> ConfigureAwait(bool continueOnCapturedContext) => source.Task.ConfigureAwait(continueOnCapturedContext);

    public void Complete(T value) => source.TrySetResult(value);
}

public static class Use
{
    public static async Task<int> SumAsync(IEnumerable<Task<int>> tasks)
    {
        await new Pause(10);
        await TimeSpan.FromMilliseconds(10);
        await new ThreadPoolSwitch();
        var numbers = await tasks;
        return numbers.Sum() + await new Deferred<int>().ConfigureAwait(false);
    }
}
