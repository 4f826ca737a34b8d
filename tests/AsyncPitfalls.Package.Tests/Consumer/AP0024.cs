namespace Orders;

public class Stock
{
    public async Task RefreshAsync()
    {
        // AP0024
        await Task.Run(() => LoadAsync());
    }

    private static async Task LoadAsync() => await Task.Delay(10);
}
