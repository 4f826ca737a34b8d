namespace Pitfalls;

public interface IRepository
{
    Task<int> CountAsync();
}

public sealed class Repository : IRepository
{
    private readonly int count = LoadAsync().{|AP0002:Result|};

    public Repository() => InitializeAsync().{|AP0002:Wait|}();

    public int Count => CountAsync().GetAwaiter().{|AP0002:GetResult|}();

    public Func<Task> Handler => {|AP0001:async|} () => Console.WriteLine(count);

    public int this[int index]
    {
        get => Task.Run(() => index).{|AP0002:Result|};
    }

    public async Task<int> {|AP0026:CountAsync|}() => count;

    public static async ValueTask<bool> {|AP0001:AnyAsync|}(Repository repository)
    {
        if (repository.count > 0)
            return true;
        return false;
    }

    public async Task<int> SumAsync(IEnumerable<Task<int>> tasks)
    {
        await Task.Yield();
        return tasks.Sum(task => task.{|AP0002:Result|});
    }

    public void Spin(Task task)
    {
        while (!task.{|AP0002:IsCompleted|})
            Thread.Yield();
    }

    public async void {|AP0009:Refresh|}()
    {
        await InitializeAsync();
        Later();

        static async void {|AP0009:Later|}() => await Task.Delay(10);
    }

    public Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(path);
        return {|AP0020:reader.ReadToEndAsync()|};
    }

    public Task<string> TryReadAsync(HttpClient client)
    {
        try
        {
            return {|AP0020:client.GetStringAsync("x")|};
        }
        catch (HttpRequestException)
        {
            return Task.FromResult("");
        }
    }

    private static async Task<int> LoadAsync()
    {
        await Task.Delay(10);
        return 1;
    }

    private async Task InitializeAsync()
    {
        async Task {|AP0001:InnerAsync|}()
        {
            Console.WriteLine(this);
        }

        await InnerAsync();
    }
}
