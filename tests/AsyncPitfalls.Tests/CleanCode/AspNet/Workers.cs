using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Work;

public sealed class QueueWorker : BackgroundService
{
    private readonly Channel<Func<CancellationToken, Task>> queue = Channel.CreateBounded<Func<CancellationToken, Task>>(100);
    private readonly ILogger<QueueWorker> logger;

    public QueueWorker(ILogger<QueueWorker> logger) => this.logger = logger;

    public ValueTask EnqueueAsync(Func<CancellationToken, Task> work) => queue.Writer.WriteAsync(work);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var work in queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await work(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Work failed");
            }
        }
    }
}

public sealed class Heartbeat : BackgroundService
{
    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<Heartbeat> logger;

    public Heartbeat(IServiceScopeFactory scopes, ILogger<Heartbeat> logger)
    {
        this.scopes = scopes;
        this.logger = logger;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Starts");
        await base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Stops");
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            logger.LogDebug("Beat");
        }
    }
}

public sealed class Listener : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task? listening;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listening = ListenAsync(stopping.Token);
        return listening.IsCompleted ? listening : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (listening is null)
            return;
        stopping.Cancel();
        await Task.WhenAny(listening, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        stopping.Cancel();
        if (listening is not null)
            await listening;
        stopping.Dispose();
    }

    private static async Task ListenAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
                await Task.Delay(1000, cancellation);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

public sealed class Warmup : IHostedService
{
    private readonly IEnumerable<Func<Task>> steps;

    public Warmup(IEnumerable<Func<Task>> steps) => this.steps = steps;

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(steps.Select(step => step()));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
