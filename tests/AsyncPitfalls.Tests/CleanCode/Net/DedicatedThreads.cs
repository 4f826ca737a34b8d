namespace Threads;

public sealed class Consumer
{
    private readonly HttpClient client = new();

    public void Start()
    {
        var thread = new Thread(() => ConsumeAsync().Wait()) { IsBackground = true };
        thread.Start();
    }

    public void StartMethod()
    {
        var thread = new Thread(Consume) { IsBackground = true };
        thread.Start();
    }

    public Task StartLongRunning() => Task.Factory.StartNew(
        () => ConsumeAsync().GetAwaiter().GetResult(),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Consume() => Console.WriteLine(Thread.CurrentThread.ManagedThreadId);

    private async Task ConsumeAsync() => await client.GetStringAsync("https://example.org");
}
