using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.FixResults;

/// <summary>A task that is kept and awaited at the end is not lost when what is awaited before it fails.</summary>
public sealed class PendingTaskTests() : RuleTest(new AP0006LostTaskAnalyzer(), new AP0006LostTaskCodeFix())
{
    [Fact]
    public Task All_that_are_kept_are_joined_with_it() => Fixes(
        """
        class Program
        {
            static async Task Main()
            {
                [|WorkAsync(1)|];
                [|WorkAsync(2)|];
                await WorkAsync(3); // the last one
            }

            static async Task WorkAsync(int number) => await File.ReadAllTextAsync("x" + number);
        }
        """,
        """
        class Program
        {
            static async Task Main()
            {
                var pending = WorkAsync(1);
                var pending1 = WorkAsync(2);
                await Task.WhenAll(WorkAsync(3), pending, pending1); // the last one
            }

            static async Task WorkAsync(int number) => await File.ReadAllTextAsync("x" + number);
        }
        """,
        "AP0006_AwaitAtEnd");

    [Fact]
    public Task Await_at_the_end_is_joined_with_the_one_before_it() => Fixes(
        """
        class Program
        {
            static async Task Main()
            {
                [|WarmUpAsync()|]; // meanwhile
                await ServeAsync();
            }

            static async Task WarmUpAsync() => await Task.Yield();
            static async Task ServeAsync() => await File.ReadAllTextAsync("x");
        }
        """,
        """
        class Program
        {
            static async Task Main()
            {
                var pending = WarmUpAsync(); // meanwhile
                await Task.WhenAll(ServeAsync(), pending);
            }

            static async Task WarmUpAsync() => await Task.Yield();
            static async Task ServeAsync() => await File.ReadAllTextAsync("x");
        }
        """,
        "AP0006_AwaitAtEnd");
}
