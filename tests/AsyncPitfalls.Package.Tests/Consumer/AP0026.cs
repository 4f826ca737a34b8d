namespace Orders;

public interface INotifier
{
    Task NotifyAsync(string text);
}

public class ConsoleNotifier : INotifier
{
    // AP0026
    public async Task NotifyAsync(string text)
    {
        Console.WriteLine(text);
    }
}
