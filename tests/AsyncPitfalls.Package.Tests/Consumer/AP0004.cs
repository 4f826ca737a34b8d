namespace Orders;

public class Display(SynchronizationContext screen)
{
    public async Task ShowAsync(string text)
    {
        await Task.Delay(10);
        // AP0004
        screen.Send(_ => Console.Title = text, null);
    }
}
