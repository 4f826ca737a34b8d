namespace SharedState;

public sealed class Downloads
{
    private readonly List<string> pages = new();
    private int failed;

    public int Failed => failed;

    public async Task LoadAsync(HttpClient client, string[] addresses)
    {
        await Task.WhenAll(addresses.Select(async address =>
        {
            try
            {
                var page = await client.GetStringAsync(address);
                {|AP0022:pages.Add(page)|};
            }
            catch (HttpRequestException)
            {
                {|AP0022:failed++|};
            }
        }));
    }

    public async Task<int> CountAsync(string[] words)
    {
        var total = 0;
        var tasks = new List<Task>();
        foreach (var word in words)
            tasks.Add(Task.Run(() => {|AP0022:total += word.Length|}));
        await Task.WhenAll(tasks);
        return total;
    }
}
