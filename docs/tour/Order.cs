namespace OrderService;

/// <summary>What a customer wants.</summary>
public sealed record Order(string Sku, int Count, string Email);
