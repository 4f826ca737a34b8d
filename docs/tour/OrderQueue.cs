using System.Threading.Channels;

namespace OrderService;

/// <summary>Orders on their way from the requests to the worker.</summary>
public sealed class OrderQueue
{
    private readonly Channel<Order> _orders = Channel.CreateBounded<Order>(100);

    public ValueTask EnqueueAsync(Order order) => _orders.Writer.WriteAsync(order);

    public void Retry(Order order)
    {
        // AP0007: where the queue is full nobody waits for a place in it, and the order is gone without a word.
        _orders.Writer.WriteAsync(order);
    }

    public IAsyncEnumerable<Order> DequeueAllAsync(CancellationToken cancellationToken) =>
        _orders.Reader.ReadAllAsync(cancellationToken);
}
