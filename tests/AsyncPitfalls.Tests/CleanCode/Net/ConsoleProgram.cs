using System.Text.Json;

namespace Tools;

internal static class Program
{
    private static readonly CancellationTokenSource Stopping = new();

    private static async Task<int> Main(string[] args)
    {
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            Stopping.Cancel();
        };

        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: tools file…");
            return 1;
        }

        var counting = args.Select(file => CountAsync(file, Stopping.Token)).ToArray();
        var counts = await Task.WhenAll(counting);
        Console.WriteLine(counts.Sum());

        using var client = new HttpClient();
        var first = client.GetStringAsync("https://example.org/1", Stopping.Token);
        var second = client.GetStringAsync("https://example.org/2", Stopping.Token);
        await Task.WhenAll(first, second);
        Console.WriteLine(await first + await second);

        await using var output = File.Create("counts.json");
        await JsonSerializer.SerializeAsync(output, counts, cancellationToken: Stopping.Token);
        return 0;
    }

    private static async Task<int> CountAsync(string file, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellation))
            count += line.Length;
        return count;
    }
}
