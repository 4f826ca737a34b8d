namespace Orders;

public class Poller
{
    public async Task PollAsync(Func<Task> ask, CancellationToken cancellationToken)
    {
        // AP0019
        while (true)
        {
            await ask();
            await Task.Delay(1000);
        }
    }
}
