namespace Newest;

public sealed class Clock(HttpClient client, string address)
{
    private readonly Lock gate = new();

    public Task<string> Time { get; } = client.GetStringAsync(address);

    public string Name
    {
        get;
        set => field = value.Trim();
    } = "";

    public async Task<int[]> ReadAllAsync(ReadOnlyMemory<string> addresses)
    {
        List<Task<string>> reads = [client.GetStringAsync(address)];
        for (var index = 0; index < addresses.Length; index++)
            reads.Add(client.GetStringAsync(addresses.Span[index]));
        await Task.WhenAll(reads);
        lock (gate)
            return [.. reads.Select(read => read.Result.Length)];
    }
}

public static class TaskMembers
{
    extension<T>(Task<T> task)
    {
        public bool HasResult => task.IsCompletedSuccessfully;

        public T? ResultOrDefault => task.IsCompletedSuccessfully ? task.Result : default;

        public async Task<T[]> TwiceAsync() => [await task, await task];
    }
}

public partial class Parts
{
    public partial Task<int> CountAsync();
}

public partial class Parts
{
    public async partial Task<int> CountAsync()
    {
        await Task.Yield();
        return await Task.FromResult<int[]>([1, 2]) is [var first, ..] ? first : 0;
    }
}
