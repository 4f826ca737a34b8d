namespace Orders;

public class Merge
{
    public async Task<string> ReadAsync(TextReader first, TextReader second)
    {
        var one = first.ReadToEndAsync();
        // AP0008
        var other = second.ReadToEndAsync();
        var text = await one;
        return text + await other;
    }
}
