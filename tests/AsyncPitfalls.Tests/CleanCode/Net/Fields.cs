namespace Fields;

public sealed class Started
{
    private readonly List<Task> running = new();
    private readonly Dictionary<int, Task<int>> byNumber = new();
    private Task last = Task.CompletedTask;

    public Task Current { get; private set; } = Task.CompletedTask;

    public void Start(int number)
    {
        last = WorkAsync(number);
        Current = last;
        running.Add(WorkAsync(number));
        byNumber[number] = CountAsync(number);
    }

    public Task AllAsync() => Task.WhenAll(running.Append(last).Concat(byNumber.Values));

    public (Task Work, int Number) Pair(int number) => (WorkAsync(number), number);

    public Func<Task> Later(int number) => () => WorkAsync(number);

    public IEnumerable<Task> Lazily(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            yield return WorkAsync(number);
    }

    public Task Switch(int number) => number switch
    {
        0 => Task.CompletedTask,
        1 => WorkAsync(1),
        _ => CountAsync(number),
    };

    private static async Task WorkAsync(int number) => await Task.Delay(number);

    private static async Task<int> CountAsync(int number)
    {
        await Task.Delay(number).ConfigureAwait(continueOnCapturedContext: false);
        return number;
    }
}
