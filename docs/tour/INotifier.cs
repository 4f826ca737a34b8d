namespace OrderService;

/// <summary>Tells a customer that the order is on its way.</summary>
public interface INotifier
{
    Task NotifyAsync(Order order);
}
