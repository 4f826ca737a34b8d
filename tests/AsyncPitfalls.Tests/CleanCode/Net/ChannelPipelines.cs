using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Streams;

public sealed class Pump
{
    private readonly Channel<string> channel = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    public bool TryPost(string item) => channel.Writer.TryWrite(item);

    public ValueTask PostAsync(string item, CancellationToken cancellation = default) => channel.Writer.WriteAsync(item, cancellation);

    public async Task<int> RunAsync(int consumers, CancellationToken cancellation = default)
    {
        var consuming = Enumerable.Range(0, consumers).Select(_ => ConsumeAsync(cancellation)).ToArray();
        var counts = await Task.WhenAll(consuming);
        return counts.Sum();
    }

    public async Task StopAsync()
    {
        channel.Writer.Complete();
        await channel.Reader.Completion;
    }

    private async Task<int> ConsumeAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await channel.Reader.WaitToReadAsync(cancellation))
        {
            while (channel.Reader.TryRead(out var item))
                count += item.Length;
        }

        return count;
    }
}

public static class Lines
{
    public static async Task CopyAsync(Stream source, Stream target, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        var filling = FillAsync(source, pipe.Writer, cancellation);
        var draining = DrainAsync(pipe.Reader, target, cancellation);
        await Task.WhenAll(filling, draining);
    }

    private static async Task FillAsync(Stream source, PipeWriter writer, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await source.ReadAsync(writer.GetMemory(512), cancellation);
            if (read == 0)
                break;
            writer.Advance(read);
            var flushed = await writer.FlushAsync(cancellation);
            if (flushed.IsCompleted)
                break;
        }

        await writer.CompleteAsync();
    }

    private static async Task DrainAsync(PipeReader reader, Stream target, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellation);
            foreach (var segment in result.Buffer)
                await target.WriteAsync(segment, cancellation);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }

        await reader.CompleteAsync();
    }
}
