using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/count", () => Shop.CountAsync().{|AP0002:Result|});
app.MapPost("/save", (string text) =>
{
    _ = {|AP0006:Shop.SaveAsync(text)|};
    return "saved";
});
app.Lifetime.ApplicationStarted.Register(() => app.Logger.LogInformation("Started"));
await Shop.SaveAsync("start");
app.Run();

internal static class Shop
{
    public static async Task<int> CountAsync()
    {
        await Task.Yield();
        return 1;
    }

    public static Task SaveAsync(string text) => File.WriteAllTextAsync("shop.txt", text);
}

[ApiController]
public sealed class ShopController : ControllerBase
{
    private readonly ILogger<ShopController> logger;

    public ShopController(ILogger<ShopController> logger) => this.logger = logger;

    [HttpPost]
    public IActionResult Post(string text)
    {
        var saving = {|AP0006:Shop.SaveAsync(text)|};
        return Ok(Shop.CountAsync().{|AP0002:Result|});
    }

    [HttpGet]
    public async Task<IActionResult> Get()
    {
        {|AP0005:await Task.Run(() => logger.LogInformation("Get"))|};
        return Ok();
    }

    [HttpPut]
    public async Task<IActionResult> {|AP0001:Put|}(string text)
    {
        logger.LogInformation("Put {Text}", text);
        return Ok();
    }
}

public sealed class Cleaner : BackgroundService
{
    protected override async Task {|AP0026:ExecuteAsync|}(CancellationToken stoppingToken)
    {
        {|AP0006:Shop.SaveAsync("clean")|};
    }
}
