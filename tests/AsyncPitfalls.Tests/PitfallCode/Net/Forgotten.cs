namespace Pitfalls;

public sealed class Forgotten : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Stream stream = new MemoryStream();

    public Forgotten()
    {
        {|AP0007:LoadAsync(1)|};
    }

    public int Count
    {
        set => {|AP0007:LoadAsync(value)|};
    }

    public void Save(int[] ids)
    {
        {|AP0007:gate.WaitAsync()|};
        var loaded = {|AP0007:ids.Select(LoadAsync)|}.ToList();
        var query = {|AP0007:from id in ids select LoadAsync(id)|};
        if ({|AP0007:FindAsync("x")|} == null)
            Console.WriteLine($"{{|AP0007:FindAsync("y")|}}");
        ids.ToList().ForEach(id => { {|AP0007:LoadAsync(id)|}; });
        _ = gate.WaitAsync();
    }

    public async Task CloseAsync()
    {
        {|AP0007:stream.DisposeAsync()|};
        await Task.Yield();
        {|AP0011:Task.Factory.StartNew(() => LoadAsync(1))|};
        {|AP0005:Task.Run(() => Console.WriteLine())|};
    }

    public void Dispose() => {|AP0006:LoadAsync(0)|};

    private static async Task<int> LoadAsync(int id)
    {
        await Task.Delay(id);
        return id;
    }

    private static Task<string?> FindAsync(string key) => Task.Run<string?>(() => key.Length > 1 ? key : null);
}
