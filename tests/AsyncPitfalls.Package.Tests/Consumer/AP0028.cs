namespace Orders;

public class Notes
{
    public async Task<string> CopyAsync(string from, string to)
    {
        var text = await File.ReadAllTextAsync(from);
        // AP0028
        File.WriteAllText(to, text);
        return text;
    }
}
