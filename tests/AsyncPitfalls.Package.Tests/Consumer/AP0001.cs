namespace Orders;

public class Discounts
{
    // AP0001
    public async Task<decimal> OfAsync(int pieces)
    {
        return pieces >= 10 ? 0.1m : 0m;
    }
}
