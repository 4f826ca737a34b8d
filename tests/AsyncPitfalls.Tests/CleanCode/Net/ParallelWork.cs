namespace ParallelWork;

public static class Downloads
{
    public static async Task<long> SizeAsync(HttpClient client, IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        long total = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation };
        await Parallel.ForEachAsync(addresses, options, async (address, token) =>
        {
            var bytes = await client.GetByteArrayAsync(address, token);
            Interlocked.Add(ref total, bytes.Length);
        });
        return total;
    }

    public static double Compute(double[] numbers)
    {
        var results = new double[numbers.Length];
        Parallel.For(0, numbers.Length, index => results[index] = Math.Sqrt(numbers[index]));
        return results.Sum();
    }

    public static Task<double> ComputeAsync(double[] numbers) => Task.Run(() => Compute(numbers));

    public static async Task<double[]> ComputeAllAsync(IEnumerable<double[]> sets)
    {
        var tasks = new List<Task<double>>();
        foreach (var set in sets)
            tasks.Add(Task.Factory.StartNew(() => Compute(set), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));
        return await Task.WhenAll(tasks);
    }

    public static async Task<double> ComputedAsync(double[] numbers) => await Task.Run(() => Compute(numbers));

    public static async Task SideBySideAsync(HttpClient client, string address)
    {
        var page = Task.Run(() => client.GetStringAsync(address));
        Console.WriteLine(Math.Sqrt(2));
        Console.WriteLine(await page);
    }

    public static async Task<double> ComputedThenSavedAsync(double[] numbers, string path) => await Task.Run(async () =>
    {
        var sum = Compute(numbers);
        await File.WriteAllTextAsync(path, sum.ToString());
        return sum;
    });
}
