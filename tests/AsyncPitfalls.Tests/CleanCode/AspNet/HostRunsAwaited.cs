using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddConsole();
var settings = await File.ReadAllTextAsync("settings.txt");
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["settings"] = settings });
using var host = builder.Build();

var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("start");
var watching = WatchAsync(logger);
_ = WatchAsync(logger);
logger.LogInformation("Runs");
await host.RunAsync();

static async Task WatchAsync(ILogger logger)
{
    for (var turn = 0; turn < 10; turn++)
    {
        await Task.Delay(1000);
        logger.LogInformation("Turn {Turn}", turn);
    }
}
