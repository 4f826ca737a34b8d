namespace Continuations;

public static class Chains
{
    public static Task<int> LengthAsync(Task<string> text) => text.ContinueWith(done => done.Result.Length, TaskScheduler.Default);

    public static Task<string> TextAsync(Task<string> text) => text.ContinueWith(
        antecedent =>
        {
            if (antecedent.IsFaulted)
                return antecedent.Exception!.Message;
            return antecedent.IsCanceled ? "canceled" : antecedent.Result;
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    public static void Observe(Task task) => task.ContinueWith(
        static failed => Console.Error.WriteLine(failed.Exception),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);

    public static Task<int> SumAsync(Task<int>[] parts) => Task.Factory.ContinueWhenAll(parts, done => done.Sum(part => part.Result));

    public static Task ThenAsync(this Task task, Func<Task> next) => task
        .ContinueWith(done => done.IsCompletedSuccessfully ? next() : done, TaskScheduler.Default)
        .Unwrap();

    public static async void Forget(this Task task, Action<Exception> onError)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            onError(exception);
        }
    }
}
