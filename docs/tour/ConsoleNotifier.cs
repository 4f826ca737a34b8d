namespace OrderService;

/// <summary>Stands in for a mail server on a developer's machine.</summary>
public sealed class ConsoleNotifier : INotifier
{
    // AP0026: the interface asks for a task, but not for a state machine that never waits.
    public async Task NotifyAsync(Order order)
    {
        Console.WriteLine($"To {order.Email}: your {order.Count} x {order.Sku} are on their way.");
    }
}
