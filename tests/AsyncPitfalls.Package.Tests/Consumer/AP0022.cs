namespace Orders;

public class Totals
{
    public int Count(IEnumerable<string> orders)
    {
        var count = 0;
        Parallel.ForEach(orders, order =>
        {
            // AP0022
            count += order.Length;
        });
        return count;
    }
}
