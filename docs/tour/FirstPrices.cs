namespace OrderService;

/// <summary>Asks for the prices before the first customer does, and every minute from then on, where the settings want it.</summary>
public sealed class FirstPrices(PriceClient prices, IConfiguration settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.GetValue<bool>("FirstPrices"))
        {
            // AP0015: a host starts its services one after another, and this one never comes to an end, so nobody is ever served.
            await RefreshAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await prices.RefreshAsync();
            await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
        }
    }
}
