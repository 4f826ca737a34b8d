using System.Runtime.CompilerServices;

namespace FastPaths;

public sealed class Reader
{
    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1024];
    private int position;
    private int length;

    public Reader(Stream stream) => this.stream = stream;

    public ValueTask<int> ReadByteAsync()
    {
        if (position < length)
            return new ValueTask<int>(buffer[position++]);
        return FillAndReadAsync();
    }

    public ValueTask<int> PeekAsync()
    {
        var filling = FillAsync();
        return filling.IsCompletedSuccessfully
            ? ValueTask.FromResult(filling.Result ? buffer[position] : -1)
            : AwaitedAsync(filling);

        async ValueTask<int> AwaitedAsync(ValueTask<bool> pending) => await pending ? buffer[position] : -1;
    }

    public ValueTask SkipAsync(int count)
    {
        var reading = stream.ReadAsync(buffer.AsMemory(0, count));
        if (!reading.IsCompletedSuccessfully)
            return AwaitAsync(reading);
        _ = reading.Result;
        return default;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        var writing = stream.WriteAsync(data);
        if (!writing.IsCompletedSuccessfully)
            return writing;
        writing.GetAwaiter().GetResult();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAndReadAsync() => await FillAsync() ? buffer[position++] : -1;

    private async ValueTask<bool> FillAsync()
    {
        if (position < length)
            return true;
        length = await stream.ReadAsync(buffer);
        position = 0;
        return length > 0;
    }

    private static async ValueTask AwaitAsync(ValueTask<int> pending) => await pending;
}
