namespace OrderService;

/// <summary>Shows the latest order on the display.</summary>
public sealed class Dashboard(DisplayLoop display)
{
    private string _latest = "";

    public async Task ShowAsync(Order order)
    {
        await Task.Delay(100);

        // AP0004: this thread stands still until the display's loop finds time for it.
        display.Send(_ => _latest = $"{order.Count} x {order.Sku}", null);

        // AP0005: the console's writers are synchronized, so there is nothing to await.
        await Console.Out.WriteLineAsync(order.Email);
    }

    // AP0010: the display's loop takes a delegate that returns nothing, so an exception after the await ends the process.
    public void Blink() => display.Post(async _ =>
    {
        var shown = _latest;
        _latest = "";
        await Task.Delay(500);
        _latest = shown;
    }, null);

    public Task CountDownAsync() => Task.Run(async () =>
    {
        for (var left = 3; left > 0; left--)
        {
            // AP0017: a thread of the pool has no context, so this is null, whoever calls the method.
            SynchronizationContext.Current!.Post(_ => _latest = $"{left}", null);
            await Task.Delay(1000);
        }
    });

    public void Redraw(Action draw)
    {
        // AP0025: the caller's thread goes on posting to the display when this has returned.
        SynchronizationContext.SetSynchronizationContext(display);
        draw();
    }
}
