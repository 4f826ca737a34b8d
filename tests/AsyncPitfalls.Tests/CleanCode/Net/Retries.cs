using System.Net;

namespace Retries;

public static class Retry
{
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, int attempts, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException exception) when (attempt < attempts && exception.StatusCode is null or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(2, attempt)), cancellation).ConfigureAwait(false);
            }
        }
    }

    public static async Task<bool> PollAsync(Func<Task<bool>> isReady, TimeSpan limit)
    {
        using var stopping = new CancellationTokenSource(limit);
        while (!stopping.IsCancellationRequested)
        {
            if (await isReady())
                return true;
            await Task.Delay(50, CancellationToken.None);
        }

        return false;
    }

    public static Task NotSupportedAsync() => throw new NotSupportedException();

    public static async Task NotYetAsync() => throw new NotImplementedException();

    public static async Task<int> NotYetEitherAsync(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return await Task.FromException<int>(new NotImplementedException());
    }
}
