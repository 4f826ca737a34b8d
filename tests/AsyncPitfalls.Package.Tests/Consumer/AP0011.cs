namespace Orders;

public class Import
{
    public async Task ReadAsync(TextReader orders, TextWriter log)
    {
        // AP0011
        await Task.Factory.StartNew(async () =>
        {
            var text = await orders.ReadToEndAsync();
            await log.WriteLineAsync(text);
        });
    }
}
