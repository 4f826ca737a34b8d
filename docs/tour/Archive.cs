namespace OrderService;

/// <summary>Keeps a line of every order.</summary>
public sealed class Archive(INotifier notifier)
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<string> _lines = [];

    public async Task KeepAsync(Order order)
    {
        await notifier.NotifyAsync(order);

        // AP0014: it looks harmless, and further down the thread waits for its turn.
        Append($"{order.Count} x {order.Sku}");
    }

    public async Task BackUpAsync(string path)
    {
        var text = await File.ReadAllTextAsync(path);

        // AP0028: reading gives the thread back while the disk works, writing does not.
        File.WriteAllText(path + ".bak", text);
    }

    private void Append(string line)
    {
        TakeTurn();
        _lines.Add(line);
        _turn.Release();
    }

    private void TakeTurn() => _turn.Wait();
}
