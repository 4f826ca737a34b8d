namespace OrderService;

/// <summary>Writes down what was sold.</summary>
public sealed class Reports(ILogger<Reports> log)
{
    private readonly List<Order> _sold = [];

    public async Task WriteAsync(string path)
    {
        // AP0011: StartNew knows nothing of async lambdas, so this await ends when the file has only been opened.
        await Task.Factory.StartNew(async () =>
        {
            await using var file = File.CreateText(path);
            foreach (var order in _sold)
                await file.WriteLineAsync($"{order.Count} x {order.Sku}");
        });
        log.LogInformation("{Path} is written", path);
    }

    // AP0012: the task is made and nobody starts it, so whoever awaits the sum waits forever.
    public Task<int> SumAsync() => new(() => _sold.Sum(order => order.Count));

    public Task<string> ReadAsync(string path)
    {
        using var file = File.OpenText(path);

        // AP0020: the file is closed when this returns, while it is still being read.
        return file.ReadToEndAsync();
    }

    public async Task<int> PiecesAsync(PriceClient prices)
    {
        var pieces = 0;
        await Task.WhenAll(_sold.Select(async order =>
        {
            if (await prices.PriceOfAsync(order.Sku) > 0)
            {
                // AP0022: two that add at once both start from the same sum, and one of the two is lost.
                pieces += order.Count;
            }
        }));
        return pieces;
    }

    public async Task<int> CountAsync(string path)
    {
        // AP0024: reading is asynchronous already, so this takes a second thread only to begin it.
        var lines = await Task.Run(() => File.ReadAllLinesAsync(path));
        return lines.Length;
    }
}
