using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0002BlockingWaitCodeFixTests() : RuleTest(new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix())
{
    [Fact]
    public Task Result_in_an_async_method_is_awaited() => Fixes(
        """
        class C
        {
            async Task<int> M(Task<string> t)
            {
                await Task.Yield();
                return t.[|Result|].Length;
            }
        }
        """,
        """
        class C
        {
            async Task<int> M(Task<string> t)
            {
                await Task.Yield();
                return (await t).Length;
            }
        }
        """);

    [Fact]
    public Task Nested_results_are_awaited_together() => Fixes(
        """
        class C
        {
            Task<int> F(int n) => Task.FromResult(n);

            async Task<int> M()
            {
                await Task.Yield();
                return F(F(1).[|Result|]).[|Result|];
            }
        }
        """,
        """
        class C
        {
            Task<int> F(int n) => Task.FromResult(n);

            async Task<int> M()
            {
                await Task.Yield();
                return await F(await F(1));
            }
        }
        """);
}
