namespace OrderService;

/// <summary>Gives the price list the time to come up.</summary>
public sealed class FirstPrices : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // AP0015: a host starts its services one after another, so nobody is served until this one has slept.
        Thread.Sleep(2000);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
