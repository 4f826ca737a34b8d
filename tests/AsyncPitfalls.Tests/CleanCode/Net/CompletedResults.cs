namespace CompletedResults;

public static class After
{
    public static async Task<int> WhenAllOfArrayAsync(Task<int>[] tasks)
    {
        await Task.WhenAll(tasks);
        return tasks.Sum(task => task.Result) + tasks[0].Result;
    }

    public static async Task<List<string>> WhenAllOfListAsync(IEnumerable<string> paths)
    {
        var reads = paths.Select(path => File.ReadAllTextAsync(path)).ToList();
        await Task.WhenAll(reads).ConfigureAwait(false);
        var texts = new List<string>();
        foreach (var read in reads)
            texts.Add(read.Result);
        return texts;
    }

    public static async Task<(int, string)> WhenAllOfTwoAsync(Task<int> number, Task<string> text)
    {
        await Task.WhenAll(number, text);
        return (number.Result, text.Result);
    }

    public static async Task<int> AwaitAsync(Task<int> task)
    {
        await task;
        return task.Result;
    }

    public static async Task<int> CatchAsync(Task<int> task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            return -1;
        }

        return task.Result;
    }

    public static async Task<int> BothBranchesAsync(Task<int> task, bool log)
    {
        if (log)
        {
            Console.WriteLine(await task);
        }
        else
        {
            await task;
        }

        return task.GetAwaiter().GetResult();
    }

    public static int Constant() => Task.FromResult(42).Result;

    public static void Nothing() => Task.CompletedTask.Wait();

    public static async Task<Dictionary<string, int>> DictionaryAsync(IReadOnlyDictionary<string, Task<int>> tasks)
    {
        var all = tasks.Values.ToArray();
        await Task.WhenAll(all);
        return Enumerable.Range(0, all.Length).ToDictionary(index => index.ToString(), index => all[index].Result);
    }
}
