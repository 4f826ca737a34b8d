namespace OrderService;

/// <summary>Handles the queued orders in the background.</summary>
public sealed class OrderWorker(
    OrderQueue queue, IServiceScopeFactory scopes, Dashboard dashboard, INotifier notifier, ILogger<OrderWorker> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var order in queue.DequeueAllAsync(stoppingToken))
        {
            using var scope = scopes.CreateScope();
            var prices = scope.ServiceProvider.GetRequiredService<PriceClient>();

            // AP0003: this already runs asynchronously; the bridge blocks its thread for a second one to do the work.
            AsyncHelper.RunSync(prices.RefreshAsync);

            // AP0005: logging is synchronous and fast; another thread only costs time and mixes up the lines.
            await Task.Run(() => log.LogInformation("Handling {Count} x {Sku}", order.Count, order.Sku));

            await notifier.NotifyAsync(order);
            await dashboard.ShowAsync(order);
        }
    }
}
