namespace Parts;

public class Stock
{
    // AP0001
    public async Task<int> CountAsync(string part)
    {
        return part.Length;
    }
}
