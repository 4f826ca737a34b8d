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

    public async Task ReserveAsync(string sku, int count)
    {
        using var answer = await http.GetAsync($"/prices?reserve={sku}&count={count}");
        answer.EnsureSuccessStatusCode();
    }
}
