namespace Disposal;

public sealed class Connection : IAsyncDisposable, IDisposable
{
    private readonly Stream stream;
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;

    public Connection(Stream stream)
    {
        this.stream = stream;
        reading = ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        closing.Cancel();
        await reading.ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        closing.Dispose();
    }

    public void Dispose()
    {
        closing.Cancel();
        stream.Dispose();
        closing.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[256];
        try
        {
            while (await stream.ReadAsync(buffer, closing.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

public class Base : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await DisposeCoreAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask DisposeCoreAsync() => default;
}

public sealed class Derived : Base
{
    private readonly IAsyncDisposable inner;

    public Derived(IAsyncDisposable inner) => this.inner = inner;

    protected override async ValueTask DisposeCoreAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeCoreAsync();
    }
}

public static class Use
{
    public static async Task CopyAsync(string from, string to)
    {
        await using var source = File.OpenRead(from);
        await using (var target = File.Create(to))
            await source.CopyToAsync(target);
    }

    public static async Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(path);
        return await reader.ReadToEndAsync();
    }
}
