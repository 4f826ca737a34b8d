namespace Pitfalls;

public sealed class Feed
{
    private readonly Action<string> onMessage = {|AP0010:async message =>|} await StoreAsync(message);

    public Action<Exception>? OnError { get; set; }

    public event Action<string>? Received;

    public void Open(List<string> topics, CancellationToken stop)
    {
        OnError = {|AP0010:error =>|} StoreAsync(error.Message);
        Received += {|AP0010:async message =>|} await StoreAsync(message);
        Received += onMessage;
        Received += {|AP0001:async|} message => Received?.Invoke(message);
        topics.ForEach({|AP0010:async topic =>|} await StoreAsync(topic));
        Parallel.ForEach(topics, {|AP0010:topic =>|} StoreAsync(topic));
        stop.Register({|AP0010:async () =>|} await StoreAsync("stopped"));
        new Thread({|AP0010:async () =>|}
        {
            await StoreAsync("started");
            {|AP0007:StoreAsync("running")|};
        }).Start();
        _ = Task.Run({|AP0010:ReconnectLoop|}, stop);
        Func<object> stored = {|AP0010:() =>|} StoreAsync("object");
        stored();
        ThreadPool.QueueUserWorkItem(_ => { {|AP0007:StoreAsync("block")|}; });
    }

    private static async void {|AP0009:ReconnectLoop|}() => await StoreAsync("reconnected");

    private static Task StoreAsync(string text) => Task.Delay(text.Length);
}
