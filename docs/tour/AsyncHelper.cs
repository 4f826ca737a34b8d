namespace OrderService;

/// <summary>The bridge from synchronous to asynchronous code that every old code base has.</summary>
public static class AsyncHelper
{
    public static void RunSync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();
}
