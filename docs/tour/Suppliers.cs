namespace OrderService;

/// <summary>Orders from the suppliers what is running out.</summary>
public sealed class Suppliers(HttpClient http)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _ordered = [];

    public async Task RefillAsync(string sku, int count)
    {
        // AP0016: after the await another thread may go on, and only the one that has entered may exit.
        Monitor.Enter(_gate);
        try
        {
            using var answer = await http.PostAsync($"/prices?refill={sku}&count={count}", null);
            _ordered[sku] = count;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public async Task<bool> ConfirmAsync(string sku)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var answer = await http.GetAsync($"/prices?confirm={sku}");
            if (answer.IsSuccessStatusCode)
                return true;

            // AP0013: the thread sleeps, where it could serve somebody else.
            Thread.Sleep(200);
        }

        return false;
    }

    public async Task<string> CompareAsync(string sku)
    {
        var here = await http.GetStringAsync($"/prices?here={sku}");

        // AP0023: neither answer needs the other, so both could be on their way at once.
        var there = await http.GetStringAsync($"/prices?there={sku}");
        return here + there;
    }
}
