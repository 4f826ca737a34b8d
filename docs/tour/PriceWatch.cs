namespace OrderService;

/// <summary>Asks for the prices again when their file has changed.</summary>
public sealed class PriceWatch(PriceClient prices) : IDisposable
{
    private readonly FileSystemWatcher _file = new(".", "prices.json");

    public void Start()
    {
        // AP0027: an event handler has to be async void, so what it does not catch ends the process.
        _file.Changed += async (_, _) => await prices.RefreshAsync();
        _file.EnableRaisingEvents = true;
    }

    public void Dispose() => _file.Dispose();
}
