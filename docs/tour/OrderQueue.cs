using System.Threading.Channels;

namespace OrderService;

/// <summary>Orders on their way from the requests to the worker.</summary>
public sealed class OrderQueue
{
    private readonly Channel<Order> _orders = Channel.CreateBounded<Order>(100);

    public ValueTask EnqueueAsync(Order order) => _orders.Writer.WriteAsync(order);

    public IAsyncEnumerable<Order> DequeueAllAsync(CancellationToken cancellationToken) =>
        _orders.Reader.ReadAllAsync(cancellationToken);
}
