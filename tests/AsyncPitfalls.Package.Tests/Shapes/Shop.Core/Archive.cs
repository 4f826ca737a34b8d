namespace Shop.Core;

public class Archive
{
    public async Task KeepAsync(Prices prices, string path)
    {
        var price = await prices.AskAsync("tea");
        // AP0028: only .NET has the asynchronous form, .NET Standard 2.0 does not.
        File.WriteAllText(path, price.ToString());
    }
}
