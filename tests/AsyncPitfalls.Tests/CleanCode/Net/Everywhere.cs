namespace Everywhere;

public sealed class Model
{
    private static readonly Func<Task<int>> One = async () => await Task.FromResult(1);
    private readonly Lazy<Task<string>> text = new(async () =>
    {
        using var reader = new StreamReader("text.txt");
        return await reader.ReadToEndAsync();
    });

    public Task<string> Text => text.Value;

    public Func<int, Task> this[int index] => async number => await Task.Delay(index + number);

    public static async Task<Model> CreateAsync()
    {
        var model = new Model();
        await model.Text;
        return model;
    }

    public async Task<int> NestedAsync()
    {
        async Task<int> InnerAsync()
        {
            await Task.Yield();
            return 1;
        }

        Func<Task<int>> lambda = async delegate
        {
            await Task.Yield();
            return 2;
        };

        var sum = await InnerAsync() + await lambda() + await One();
        var query = from number in Enumerable.Range(0, 3)
                    select InnerAsync();
        foreach (var result in await Task.WhenAll(query))
            sum += result;
        return sum switch
        {
            > 10 => await InnerAsync(),
            _ when await IsOddAsync(sum) => sum,
            _ => checked(sum + (await InnerAsync())!),
        };
    }

    public async Task<int?> ConditionalAsync(Model? other) =>
        (await (other?.Text ?? Task.FromResult("")))?.Length;

    private static async ValueTask<bool> IsOddAsync(int number)
    {
        await Task.Yield();
        return number % 2 == 1;
    }
}
