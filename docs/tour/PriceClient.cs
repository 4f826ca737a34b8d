namespace OrderService;

/// <summary>Asks the price list over HTTP.</summary>
public sealed class PriceClient(HttpClient http)
{
    private Dictionary<string, decimal> _prices = [];

    public async Task<decimal> PriceOfAsync(string sku)
    {
        if (!_prices.ContainsKey(sku))
            await RefreshAsync();
        return _prices.GetValueOrDefault(sku);
    }

    public async Task RefreshAsync() =>
        _prices = await http.GetFromJsonAsync<Dictionary<string, decimal>>("/prices") ?? [];

    // AP0009: who calls it cannot wait for it, and where the price list does not answer, the process ends.
    public async void WarmUp() => await RefreshAsync();

    public async Task ReserveAsync(string sku, int count)
    {
        using var answer = await http.GetAsync($"/prices?reserve={sku}&count={count}");
        answer.EnsureSuccessStatusCode();
    }
}
