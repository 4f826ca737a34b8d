using System.Diagnostics;
using System.Linq.Expressions;

namespace NotExecuted;

/// <summary>Like <see cref="Task{TResult}.Result"/> and <see cref="Task.Wait()"/>.</summary>
public static class Names
{
    public static string Result => nameof(Task<int>.Result);

    public static string Wait(Task task) => nameof(task.Wait);

    public static Expression<Func<Task<int>, int>> Read => task => task.Result;

    public static Expression<Action<Task>> WaitFor() => task => task.Wait();

    public static IQueryable<int> Query(IQueryable<Task<int>> tasks) => tasks.Select(task => task.Result);

    public static void Setup(Mock<IClient> mock) => mock.Setup(client => client.GetAsync("a").Result);
}

public sealed partial class Traces
{
    private readonly SemaphoreSlim gate = new(1);

    public async Task SaveAsync()
    {
        await Task.Delay(1);
        Trace("saved");
        Dump(LoadAsync().Result);
        Hook(LoadAsync());
    }

    partial void Hook(object value);

    [Conditional("TRACE_OF_NO_BUILD")]
    private static void Dump(object value) => Thread.Sleep(1);

    [Conditional("TRACE_OF_NO_BUILD")]
    private void Trace(string text)
    {
        gate.Wait();
        Console.WriteLine(text);
        gate.Release();
    }

    private static async Task<int> LoadAsync()
    {
        await Task.Delay(1);
        return 1;
    }
}

public interface IClient
{
    Task<string> GetAsync(string key);
}

public sealed class Mock<T>
{
    public void Setup<TResult>(Expression<Func<T, TResult>> call) => Console.WriteLine(call);
}
