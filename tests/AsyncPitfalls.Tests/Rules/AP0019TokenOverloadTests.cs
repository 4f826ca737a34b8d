using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0019TokenOverloadTests() : RuleTest(new AP0019EndlessLoopAnalyzer(), new AP0019EndlessLoopCodeFix())
{
    private const string Feed =
        """

        class Feed
        {
            public Task<int> ReadAsync() => Task.FromResult(1);
            public ValueTask<int> ReadAsync(CancellationToken token) => new(1);
            public ValueTask FlushAsync() => default;
            public Task FlushAsync(CancellationToken token) => Task.CompletedTask;
            public Task<int> CountAsync() => Task.FromResult(1);
            public ValueTask<long> CountAsync(CancellationToken token) => new(1);
        }
        """;

    [Theory]
    [InlineData("await feed.ReadAsync();", "await feed.ReadAsync(token);")]
    [InlineData("var n = await feed.ReadAsync().ConfigureAwait(false);", "var n = await feed.ReadAsync(token).ConfigureAwait(false);")]
    [InlineData("await (feed.ReadAsync()).ConfigureAwait(false);", "await (feed.ReadAsync(token)).ConfigureAwait(false);")]
    [InlineData("await feed.FlushAsync();", "await feed.FlushAsync(token);")]
    public Task Passes_the_token_to_an_overload_that_returns_another_kind_of_task(string before, string after) => Fixes(Loop("[|while|] (true)", before), Loop("while (!token.IsCancellationRequested)", after));

    [Theory]
    [InlineData("await feed.CountAsync();")]
    [InlineData("await feed.ReadAsync().ConfigureAwait(ConfigureAwaitOptions.None);")]
    [InlineData("await Task.WhenAll(feed.ReadAsync());")]
    public Task Passes_none_where_the_kind_of_task_matters(string turn) => Fixes(Loop("[|while|] (true)", turn), Loop("while (!token.IsCancellationRequested)", turn));

    [Fact]
    public Task A_cancellation_leaves_a_loop_that_catches_something_else() => Fixes(
        Loop("[|while|] (true)", "try { await feed.ReadAsync(); } catch (IOException) { await Task.Delay(1); }"),
        Loop("while (!token.IsCancellationRequested)", "try { await feed.ReadAsync(token); } catch (IOException) { await Task.Delay(1); }"));

    private static string Loop(string head, string turn) =>
        $$"""
        class C
        {
            async Task M(Feed feed, CancellationToken token)
            {
                {{head}}
                {
                    {{turn}}
                }
            }
        }
        """ + Feed;
}
