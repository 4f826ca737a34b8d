namespace Orders;

public static class Program
{
    public static async Task Main()
    {
        var http = new HttpClient();
        await http.GetStringAsync("/start");
        // AP0006
        _ = http.GetStringAsync("/stop");
    }
}
