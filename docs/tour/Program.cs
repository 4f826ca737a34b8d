using OrderService;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://localhost:5080");
builder.Services.AddSingleton<OrderQueue>();
builder.Services.AddSingleton<DisplayLoop>();
builder.Services.AddSingleton<Dashboard>();
builder.Services.AddSingleton<INotifier, ConsoleNotifier>();
builder.Services.AddSingleton<Reports>();
builder.Services.AddSingleton<Archive>();
builder.Services.AddSingleton<Heartbeat>();
builder.Services.AddScoped<Checkout>();
builder.Services.AddHttpClient<PriceClient>(http => http.BaseAddress = new Uri("http://localhost:5080"));
builder.Services.AddHttpClient<Suppliers>(http => http.BaseAddress = new Uri("http://localhost:5080"));
builder.Services.AddTransient<PriceWatch>();
builder.Services.AddHostedService<FirstPrices>();
builder.Services.AddHostedService<OrderWorker>();

var app = builder.Build();

app.MapGet("/prices", () => new Dictionary<string, decimal> { ["tea"] = 4.5m, ["cup"] = 12m });

app.MapGet("/quote", (string sku, int count, Checkout checkout) => checkout.Total(new Order(sku, count, "")));

app.MapPost("/prices", (PriceClient prices) => prices.WarmUp());

app.MapPost("/retries", (Order order, OrderQueue queue) => queue.Retry(order));

app.MapPost("/reports", async (Reports reports) => await reports.WriteAsync("sold.txt"));

app.MapPost("/orders", async (Order order, Checkout checkout, OrderQueue queue) =>
{
    var discount = await checkout.DiscountAsync(order);
    await queue.EnqueueAsync(order);

    // AP0006: the response is sent, the request's scope is disposed, and this task still needs it.
    checkout.ReserveStockAsync(order);

    return Results.Accepted(value: new { order.Sku, discount });
});

app.Run();
