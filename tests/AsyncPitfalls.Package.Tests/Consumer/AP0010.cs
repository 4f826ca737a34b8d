namespace Orders;

public class Broadcast
{
    public async Task SendAsync(List<TextWriter> readers, string text)
    {
        await readers[0].FlushAsync();
        // AP0010
        readers.ForEach(async reader => await reader.WriteLineAsync(text));
    }
}
