using System.ComponentModel;
using System.Diagnostics;

namespace Completion;

public static class Bridges
{
    public static Task<int> ExitAsync(Process process)
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => source.TrySetResult(process.ExitCode);
        return source.Task;
    }

    public static Task<T> OnThreadAsync<T>(Func<T> work)
    {
        var source = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                source.SetResult(work());
            }
            catch (Exception exception)
            {
                source.SetException(exception);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return source.Task;
    }

    public static async Task<T> WithCancellationAsync<T>(this Task<T> task, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), source))
        {
            if (await Task.WhenAny(task, source.Task) == source.Task)
                throw new OperationCanceledException(cancellation);
        }

        return await task;
    }

    public static Task<byte[]> FromApm(FileStream stream, byte[] buffer) => Task.Factory
        .FromAsync(stream.BeginRead(buffer, 0, buffer.Length, null, null), stream.EndRead)
        .ContinueWith(read => buffer[..read.Result], TaskScheduler.Default);

    public static void OnCompleted(BackgroundWorker worker, Action<object?> action) =>
        worker.RunWorkerCompleted += (_, e) => action(e.Result);
}

public sealed class AsyncEvent
{
    private volatile TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitAsync() => source.Task;

    public void Set() => source.TrySetResult();

    public void Reset()
    {
        while (true)
        {
            var current = source;
            if (!current.Task.IsCompleted || Interlocked.CompareExchange(ref source, new(TaskCreationOptions.RunContinuationsAsynchronously), current) == current)
                return;
        }
    }
}
