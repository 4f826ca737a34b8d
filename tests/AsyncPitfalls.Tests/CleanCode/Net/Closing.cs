using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace Closing;

public sealed class Catalog
{
    private static readonly AsyncLocal<string?> Tenant = new();
    private readonly HttpClient client;
    private readonly ActivitySource source;
    private readonly object gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private Task<string>? loading;

    public Catalog(HttpClient client, ActivitySource source) => (this.client, this.source) = (client, source);

    public async Task<JsonElement> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellation);
        return document.RootElement.Clone();
    }

    public Task<string> LoadAsync()
    {
        lock (gate)
        {
            return loading ??= client.GetStringAsync("https://example.org/");
        }
    }

    public Task<string> TracedAsync(string url)
    {
        using var activity = source.StartActivity("load");
        activity?.SetTag("url", url);
        return client.GetStringAsync(url + "?trace=" + activity?.Id);
    }

    public Task StartAsync(Func<Task> work)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(work);
    }

    public Task ForAsync(string tenant, Func<Task> work)
    {
        var before = Tenant.Value;
        try
        {
            Tenant.Value = tenant;
            return work();
        }
        finally
        {
            Tenant.Value = before;
        }
    }

    public Task<string> TryAsync(string url)
    {
        try
        {
            return client.GetStringAsync(new Uri(url));
        }
        catch (UriFormatException e)
        {
            return Task.FromException<string>(e);
        }
    }

    public Task CopyAsync(string from, Stream to)
    {
        var file = File.OpenRead(from);
        try
        {
            return CopyAndCloseAsync(file, to);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async Task<string[]> AllAsync(IEnumerable<string> urls)
    {
        using var own = new HttpClient();
        var pages = new List<Task<string>>();
        foreach (var url in urls)
            pages.Add(own.GetStringAsync(url));
        return await Task.WhenAll(pages);
    }

    public async Task<string?> WithinAsync(string url, TimeSpan time)
    {
        using var source = new CancellationTokenSource();
        var page = client.GetStringAsync(url, source.Token);
        if (await Task.WhenAny(page, Task.Delay(time, source.Token)) != page)
        {
            source.Cancel();
            return null;
        }

        return await page;
    }

    public async Task InTurnAsync(Func<Task> work)
    {
        await turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<int> SumAsync(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            var sum = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
                sum += buffer.Take(count).Sum(part => part);
            return sum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAndCloseAsync(FileStream from, Stream to)
    {
        await using (from)
            await from.CopyToAsync(to);
    }
}
