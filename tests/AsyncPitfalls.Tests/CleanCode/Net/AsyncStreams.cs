using System.Runtime.CompilerServices;

namespace AsyncStreams;

public sealed class Pages : IAsyncEnumerable<string>
{
    private readonly HttpClient client;

    public Pages(HttpClient client) => this.client = client;

    public async IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancellation = default)
    {
        for (var page = 1; ; page++)
        {
            var text = await client.GetStringAsync($"https://example.org/?page={page}", cancellation);
            if (text.Length == 0)
                yield break;
            yield return text;
        }
    }
}

public static class Queries
{
    public static async IAsyncEnumerable<TResult> SelectAwaitAsync<T, TResult>(
        this IAsyncEnumerable<T> source, Func<T, ValueTask<TResult>> selector, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in source.WithCancellation(cancellation).ConfigureAwait(false))
            yield return await selector(item).ConfigureAwait(false);
    }

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await foreach (var item in source)
            list.Add(item);
        return list;
    }

    // An iterator needs the modifier even where it awaits nothing.
    public static async IAsyncEnumerable<T> ToAsync<T>(this IEnumerable<T> source)
    {
        foreach (var item in source)
            yield return item;
    }

    public static async Task<T?> FirstOrNothingAsync<T>(this IAsyncEnumerable<T> source)
    {
        await using var enumerator = source.GetAsyncEnumerator();
        return await enumerator.MoveNextAsync() ? enumerator.Current : default;
    }
}
