using System.Diagnostics;

var watch = Stopwatch.StartNew();
var pending = new List<Task<int>>();
for (var number = 0; number < 10; number++)
    pending.Add(SquareAsync(number));

foreach (var task in pending)
    Console.WriteLine(await task);

var all = Task.WhenAll(pending);
await all;
Console.WriteLine(all.Result.Sum());

if (args is ["--slow", ..])
    await Task.Delay(100);

var (left, right) = await BothAsync(SquareAsync(1), SquareAsync(2));
Console.WriteLine($"{left} {right} {watch.Elapsed}");
return await SquareAsync(0);

static async Task<int> SquareAsync(int number)
{
    await Task.Yield();
    return number * number;
}

static async Task<(T1, T2)> BothAsync<T1, T2>(Task<T1> one, Task<T2> two) => (await one, await two);
