namespace StatusGuards;

public static class Guarded
{
    public static int If(Task<int> task)
    {
        if (task.IsCompleted)
            return task.Result;
        return 0;
    }

    public static int EarlyExit(Task<int> task)
    {
        if (!task.IsCompletedSuccessfully)
            return 0;
        return task.Result;
    }

    public static int Conditional(Task<int> task) => task.IsCompletedSuccessfully ? task.Result : 0;

    public static int Negated(Task<int> task) => !task.IsCompleted ? 0 : task.Result;

    public static bool And(Task<int> task) => task.IsCompleted && task.Result > 0;

    public static bool Or(Task<int> task) => !task.IsCompleted || task.Result > 0;

    public static string Status(Task<string> task)
    {
        if (task.Status == TaskStatus.RanToCompletion)
            return task.Result;
        return task.Exception != null ? task.GetAwaiter().GetResult() : "";
    }

    public static string StatusSwitch(Task<string> task) => task.Status switch
    {
        TaskStatus.RanToCompletion => task.Result,
        _ => "",
    };

    public static int Pattern(Task<int> task) => task is { IsCompletedSuccessfully: true, Result: var result } ? result : 0;

    public static async Task<int> OrAwait(ValueTask<int> task) => task.IsCompletedSuccessfully ? task.Result : await task;

    public static void Throwing(Task task)
    {
        if (!task.IsFaulted && !task.IsCanceled && !task.IsCompleted)
            throw new InvalidOperationException();
        task.GetAwaiter().GetResult();
    }

    public static int Asserted(ValueTask<int> task)
    {
        System.Diagnostics.Debug.Assert(task.IsCompleted, "Nothing in here waits.");
        return task.GetAwaiter().GetResult();
    }

    public static bool NoTime(Task task) => task.Wait(0) || task.Wait(TimeSpan.Zero);
}
