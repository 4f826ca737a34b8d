using System.Linq.Expressions;

namespace Callbacks;

public delegate void MessageHandler(object sender, MessageEventArgs args);

public sealed class MessageEventArgs : EventArgs
{
    public MessageEventArgs(string text) => Text = text;

    public string Text { get; }
}

public sealed class Connection : IDisposable
{
    private readonly List<Func<string, Task>> handlers = new();
    private readonly List<Task> sent = new();
    private readonly Timer timer;
    private Task? pending;

    public Connection(CancellationToken stop)
    {
        // Handlers of events can be nothing but async void.
        Received += async (_, args) =>
        {
            try
            {
                await SendAsync(args.Text);
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine(exception);
            }
        };
        EventHandler closed = async (_, _) => await SendAsync("closed");
        Closed += closed;
        Closed -= closed;

        // What catches everything needs nobody to look after it.
        timer = new Timer(
            async _ =>
            {
                if (stop.IsCancellationRequested)
                    return;
                try
                {
                    await SendAsync("ping");
                }
                catch (Exception exception)
                {
                    Console.Error.WriteLine(exception);
                }
            },
            null,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(1));
        stop.Register(() => timer.Dispose());
        stop.Register(async () =>
        {
            try
            {
                await SendAsync("stop");
            }
            catch (OperationCanceledException)
            {
                // It has stopped already.
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine(exception);
            }
        });
    }

    public event MessageHandler? Received;

    public event EventHandler? Closed;

    /// <summary>Delegates that return a task are awaited by who takes them.</summary>
    public void On(Func<string, Task> handler) => handlers.Add(handler);

    public async Task RunAsync(IReadOnlyList<string> messages, CancellationToken stop)
    {
        On(async text => await SendAsync(text));
        On(SendAsync);
        await Parallel.ForEachAsync(messages, stop, async (text, token) => await SendAsync(text).WaitAsync(token));
        await Task.WhenAll(messages.Select(text => SendAsync(text)));
        foreach (var message in messages)
        {
            Received?.Invoke(this, new MessageEventArgs(message));
            await Task.WhenAll(handlers.Select(async handler => await handler(message)));
        }

        Closed?.Invoke(this, EventArgs.Empty);
        await Task.Run(async () => await SendAsync("bye"), stop);
    }

    /// <summary>Lambdas that keep the task, and that say that they do not.</summary>
    public Task CollectAsync(List<string> messages, Action<Action> defer)
    {
        messages.ForEach(text => sent.Add(SendAsync(text)));
        defer(() => pending = SendAsync("later"));
        defer(() => pending ??= SendAsync("once"));
        defer(() => _ = SendAsync("whenever"));
        defer(() => SendAsync("watched").ContinueWith(failed => Console.Error.WriteLine(failed.Exception), TaskContinuationOptions.OnlyOnFaulted));
        defer(() => SendAsync("forgotten").Forget());
        return Task.WhenAll(sent.Append(pending ?? Task.CompletedTask));
    }

    /// <summary>Only told, never run.</summary>
    public static string NameOf(Expression<Action<Connection>> call) => call.Body.ToString();

    public static string Send => NameOf(connection => connection.SendAsync("x"));

    public void Dispose() => timer.Dispose();

    private async Task SendAsync(string text)
    {
        await Task.Delay(text.Length);
        Console.WriteLine(text);
    }
}

public static class Tasks
{
    public static async void Forget(this Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
        }
    }
}
