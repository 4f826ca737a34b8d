namespace Orders;

public static class AsyncHelper
{
    public static void RunSync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();
}

public class Importer(HttpClient http)
{
    public async Task ImportAsync()
    {
        await Task.Delay(10);
        // AP0003
        AsyncHelper.RunSync(() => http.GetStringAsync("/import"));
    }
}
