namespace Orders;

public class Service
{
    public async Task RunAsync()
    {
        // AP0018
        await Task.Delay(Timeout.Infinite);
        Console.WriteLine("Started");
    }
}
