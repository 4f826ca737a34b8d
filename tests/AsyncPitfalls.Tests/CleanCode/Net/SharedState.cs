using System.Collections.Concurrent;

namespace SharedState;

public sealed class Index
{
    private readonly object gate = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim throttle = new(8);
    private readonly Dictionary<string, int> sizes = new();
    private readonly ConcurrentDictionary<string, string> pages = new();
    private int failed;

    public int Failed => Volatile.Read(ref failed);

    public async Task LoadAsync(HttpClient client, IReadOnlyList<string> addresses)
    {
        await Task.WhenAll(addresses.Select(async address =>
        {
            await throttle.WaitAsync();
            try
            {
                var page = await client.GetStringAsync(address);
                pages[address] = page;
                lock (gate)
                    sizes[address] = page.Length;
                await RememberAsync(address, page.Length);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
            finally
            {
                throttle.Release();
            }
        }));
    }

    private async Task RememberAsync(string address, int size)
    {
        await turn.WaitAsync();
        try
        {
            sizes[address] = size;
        }
        finally
        {
            turn.Release();
        }
    }

    public static async Task<List<int>> SizesAsync(HttpClient client, string[] addresses)
    {
        var started = 0;
        var sizes = new List<int>();
        sizes.AddRange(await Task.WhenAll(addresses.Select(async address =>
        {
            started++;
            var page = await client.GetStringAsync(address);
            return page.Length;
        })));
        Console.WriteLine(started);
        return sizes;
    }

    public static int Sum(int[] numbers)
    {
        var total = 0;
        Parallel.ForEach(numbers, () => 0, (number, _, own) => own + number, own => Interlocked.Add(ref total, own));
        return total;
    }
}
