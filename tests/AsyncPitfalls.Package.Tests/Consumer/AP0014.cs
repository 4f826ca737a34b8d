namespace Orders;

public class Ledger
{
    public async Task<string> CloseAsync(string path)
    {
        var text = await File.ReadAllTextAsync(path);
        // AP0014
        Settle(text);
        return text;
    }

    private static void Settle(string text)
    {
        Console.WriteLine(text);
        Thread.Sleep(100);
    }
}
