namespace OrderService;

/// <summary>What an order costs.</summary>
public sealed class Checkout(PriceClient prices, ILogger<Checkout> log)
{
    // AP0002: the thread of the request waits for HTTP and serves nobody meanwhile.
    public decimal Total(Order order) => prices.PriceOfAsync(order.Sku).Result * order.Count;

    // AP0001: nothing is awaited, so this is a synchronous method that looks like another.
    public async Task<decimal> DiscountAsync(Order order)
    {
        log.LogDebug("Discount for {Count} pieces", order.Count);
        return order.Count >= 10 ? 0.1m : 0m;
    }

    public async Task<decimal> BuyAsync(Order order)
    {
        var reserved = prices.ReserveAsync(order.Sku, order.Count);

        // AP0008: where the reservation fails, nobody waits for the price, or sees it fail too.
        var price = prices.PriceOfAsync(order.Sku);
        await reserved;
        return await price * order.Count;
    }

    public async Task<decimal> OfferAsync(Order order)
    {
        var price = 0m;
        var asking = Task.Run(async () => { price = await prices.PriceOfAsync(order.Sku); });

        // AP0021: the price is still on its way, so this offer is zero.
        var offer = price * order.Count;
        await asking;
        return offer;
    }

    public Task ReserveStockAsync(Order order) => prices.ReserveAsync(order.Sku, order.Count);
}
