namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>A cancellation token in scope is passed to the calls that come to be awaited and accept one.</summary>
public sealed class TokenTests : AsyncifyTest
{
    [Fact]
    public Task A_token_in_scope_is_passed_by_parameter_and_by_overload() => Fixes(
        """
        class C
        {
            Task<string> Load(int n, int m = 0, CancellationToken token = default) => File.ReadAllTextAsync("", token);

            string Use(CancellationToken ct)
            {
                Task.Delay(1).[|Wait|]();
                Func<Task<string>> inner = async () => { await Task.Yield(); return Load(1).[|Result|]; };
                return Load(1).[|Result|] + Load(1, 2).[|Result|] + Load(n: 1).[|Result|] + File.ReadAllTextAsync("").ConfigureAwait(false).GetAwaiter().[|GetResult|]();
            }
        }
        """,
        """
        class C
        {
            Task<string> Load(int n, int m = 0, CancellationToken token = default) => File.ReadAllTextAsync("", token);

            async Task<string> Use(CancellationToken ct)
            {
                await Task.Delay(1, ct);
                Func<Task<string>> inner = async () => { await Task.Yield(); return await Load(1, token: ct); };
                return await Load(1, token: ct) + await Load(1, 2, ct) + await Load(n: 1, token: ct) + await File.ReadAllTextAsync("", ct).ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Callers_pass_their_token_to_a_parameter_that_is_there() => Fixes(
        """
        class C
        {
            string Load(CancellationToken token = default) => File.ReadAllTextAsync("", token).[|Result|];
            string Other() => Load();
            string Use(CancellationToken ct) => Load() + Other();
        }
        """,
        """
        class C
        {
            async Task<string> Load(CancellationToken token = default) => await File.ReadAllTextAsync("", token);
            async Task<string> Other() => await Load();
            async Task<string> Use(CancellationToken ct) => await Load(ct) + await Other();
        }
        """);

    [Fact]
    public Task A_choice_that_was_made_stays() => Fixes(
        """
        class C
        {
            async Task Use(CancellationToken ct, CancellationTokenSource source)
            {
                await Task.Yield();
                Task.Delay(1, CancellationToken.None).[|Wait|]();
                Task.Delay(1, source.Token).[|Wait|]();
                Task.Delay(1).[|Wait|](ct);
            }

            void Two(CancellationToken one, CancellationToken other) => Task.Delay(1).[|Wait|]();

            void CleanUp(CancellationToken ct)
            {
                try { Console.WriteLine(); }
                catch (InvalidOperationException) { Task.Delay(1).[|Wait|](); }
                finally { Task.Delay(2).[|Wait|](); }
            }
        }
        """,
        """
        class C
        {
            async Task Use(CancellationToken ct, CancellationTokenSource source)
            {
                await Task.Yield();
                await Task.Delay(1, CancellationToken.None);
                await Task.Delay(1, source.Token);
                await Task.Delay(1).WaitAsync(ct);
            }

            async Task Two(CancellationToken one, CancellationToken other) => await Task.Delay(1);

            async Task CleanUp(CancellationToken ct)
            {
                try { Console.WriteLine(); }
                catch (InvalidOperationException) { await Task.Delay(1); }
                finally { await Task.Delay(2); }
            }
        }
        """);
}
