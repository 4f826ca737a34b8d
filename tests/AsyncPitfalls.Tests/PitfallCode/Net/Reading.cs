namespace Pitfalls;

public static class Reading
{
    public static async Task<int> SumAsync(IEnumerable<string> files)
    {
        var sum = 0;
        var reading = Task.Run(() =>
        {
            foreach (var file in files)
                sum += file.Length;
        });
        if ({|AP0021:sum|} > 100)
            Console.WriteLine("large");
        await reading;
        return sum;
    }

    public static async Task<string?> FirstLineAsync(TextReader reader)
    {
        string? line = null;
        var reading = ReadAsync();
        Console.WriteLine({|AP0021:line|}?.Length);
        await reading;
        return line;

        async Task ReadAsync() => line = await reader.ReadLineAsync();
    }
}
