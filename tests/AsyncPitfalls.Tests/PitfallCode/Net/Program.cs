using System.Diagnostics;

internal static class Program
{
    private static int Main(string[] args)
    {
        var text = LoadAsync("a").{|AP0002:Result|};
        SaveAsync(text).{|AP0002:Wait|}();
        {|AP0006:SaveAsync(text)|};
        _ = {|AP0006:SaveAsync(text)|};
        Task.{|AP0002:WaitAll|}(SaveAsync("b"), SaveAsync("c"));
        return CountAsync().ConfigureAwait(false).GetAwaiter().{|AP0002:GetResult|}();
    }

    private static async Task<string> LoadAsync(string path)
    {
        {|AP0005:await Task.Run(() => Console.WriteLine(path))|};
        await {|AP0024:Task.Run|}(async () => await SaveAsync(path)).ConfigureAwait(false);
        return await {|AP0024:Task.Run|}(() => File.ReadAllTextAsync(path));
    }

    private static async Task SaveAsync(string text)
    {
        Trace.WriteLine(text);
        await File.WriteAllTextAsync("out", text);
    }

    private static async Task<int> {|AP0001:CountAsync|}() => 42;
}
