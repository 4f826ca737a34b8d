namespace Orders;

public class Receipts
{
    public Task<string> ReadAsync(string path)
    {
        using var receipt = File.OpenText(path);

        // AP0020
        return receipt.ReadToEndAsync();
    }
}
