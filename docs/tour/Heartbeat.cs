namespace OrderService;

/// <summary>Says again and again that the service is alive.</summary>
public sealed class Heartbeat(ILogger<Heartbeat> log)
{
    public async Task RunAsync()
    {
        // AP0018: it beats forever, so nobody ever reads that it has begun.
        await BeatAsync();
        log.LogInformation("The heart beats");
    }

    private async Task BeatAsync()
    {
        // AP0019: nothing can stop it but the end of the process.
        while (true)
        {
            await Task.Delay(1000);
            log.LogDebug("Alive");
        }
    }
}
