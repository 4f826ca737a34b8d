using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a loop is stopped by a token in scope.</summary>
public sealed class AP0019EndlessLoopCodeFixTests() : RuleTest(new AP0019EndlessLoopAnalyzer(), new AP0019EndlessLoopCodeFix())
{
    internal const string Work =
        """

        static class Work
        {
            public static async Task F(CancellationToken token = default) => await Task.Delay(1, token);
            public static async Task G(int n = 0, CancellationToken token = default) => await Task.Delay(n, token);
            public static async Task H() => await Task.Yield();
            public static Task H(CancellationToken token) => Task.Delay(1, token);
            public static IAsyncEnumerable<int> Numbers(CancellationToken token = default) => throw new NotSupportedException();
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Each_kind_of_loop_asks_the_token() => Fixes(
        """
        class C
        {
            async Task A(CancellationToken stopping)
            {
                [|while|] (true) // for ever
                {
                    await Work.F();
                    await Task.Delay(15_000).ConfigureAwait(false);
                }
            }

            async Task B(CancellationToken stopping) { [|for|] (; ; ) await Work.F(); }
            async Task D(CancellationToken stopping) { [|for|] (;;) await Work.F(); }
            async Task E(CancellationToken stopping) { [|for|] (var i = 0; true; i++) await Work.G(i); }
            async Task F(CancellationToken stopping)
            {
                [|do|]
                {
                    await Work.F();
                }
                while (true);
            }
        }
        """ + Work,
        """
        class C
        {
            async Task A(CancellationToken stopping)
            {
                while (!stopping.IsCancellationRequested) // for ever
                {
                    await Work.F(stopping);
                    await Task.Delay(15_000, stopping).ConfigureAwait(false);
                }
            }

            async Task B(CancellationToken stopping) { for (; !stopping.IsCancellationRequested; ) await Work.F(stopping); }
            async Task D(CancellationToken stopping) { for (; !stopping.IsCancellationRequested;) await Work.F(stopping); }
            async Task E(CancellationToken stopping) { for (var i = 0; !stopping.IsCancellationRequested; i++) await Work.G(i, stopping); }
            async Task F(CancellationToken stopping)
            {
                do
                {
                    await Work.F(stopping);
                }
                while (!stopping.IsCancellationRequested);
            }
        }
        """ + Work);

    [Fact]
    public Task All_awaits_that_take_a_token_get_it() => Fixes(
        """
        class C
        {
            async Task A(CancellationToken ct)
            {
                [|while|] (true)
                {
                    await Work.G();
                    await Work.H();
                    await Task.WhenAll(Work.F(), Work.G(2));
                    await foreach (var n in Work.Numbers())
                        Work.Use(n);
                    try
                    {
                        await Work.F();
                    }
                    catch (IOException)
                    {
                        await Work.F();
                    }

                    [|while|] (true)
                        await Work.F();
                }
            }
        }
        """ + Work,
        """
        class C
        {
            async Task A(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await Work.G(token: ct);
                    await Work.H(ct);
                    await Task.WhenAll(Work.F(ct), Work.G(2, ct));
                    await foreach (var n in Work.Numbers(ct))
                        Work.Use(n);
                    try
                    {
                        await Work.F(ct);
                    }
                    catch (IOException)
                    {
                        await Work.F();
                    }

                    while (!ct.IsCancellationRequested)
                        await Work.F(ct);
                }
            }
        }
        """ + Work);

    [Fact]
    public Task Captured_tokens_locals_fields_and_sources_are_used() => Fixes(
        """
        class C
        {
            private readonly CancellationTokenSource stopping = new();
            async Task A() { [|while|] (true) await Work.F(); }
            Func<Task> B(CancellationToken ct) => async () => { [|while|] (true) await Work.F(); };
            static async Task D()
            {
                using var cts = new CancellationTokenSource();
                var token = cts.Token;
                Console.CancelKeyPress += (_, e) => cts.Cancel();
                [|while|] (true) await Work.F();
            }
        }
        """ + Work,
        """
        class C
        {
            private readonly CancellationTokenSource stopping = new();
            async Task A() { while (!stopping.IsCancellationRequested) await Work.F(stopping.Token); }
            Func<Task> B(CancellationToken ct) => async () => { while (!ct.IsCancellationRequested) await Work.F(ct); };
            static async Task D()
            {
                using var cts = new CancellationTokenSource();
                var token = cts.Token;
                Console.CancelKeyPress += (_, e) => cts.Cancel();
                while (!token.IsCancellationRequested) await Work.F(token);
            }
        }
        """ + Work);

    [Fact]
    public Task Function_that_has_to_return_a_value_throws_instead() => Fixes(
        """
        class C
        {
            async Task<int> A(CancellationToken ct)
            {
                [|while|] (true)
                {
                    // again
                    await Work.F();
                }
            }
        }
        """ + Work,
        """
        class C
        {
            async Task<int> A(CancellationToken ct)
            {
                while (true)
                {
                    ct.ThrowIfCancellationRequested();
                    // again
                    await Work.F(ct);
                }
            }
        }
        """ + Work);

    [Fact]
    public Task Where_no_token_can_be_had_none_is_offered() => OffersNoFix(
        """
        class C
        {
            async Task Several(CancellationToken one, CancellationToken two) { [|while|] (true) await Work.F(); }
            Func<Task> Lambda() => async () => { [|while|] (true) await Work.F(); };
            async void Handler(object sender, EventArgs e) { [|while|] (true) await Work.F(); }
            async Task Jumps(CancellationToken ct) { again: await Work.F(); [|goto|] again; }
            async Task<int> HasNoBlock(CancellationToken ct) { [|while|] (true) await Work.F(); }
            static async Task Main() { [|while|] (true) await Work.F(); }
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_get_no_parameter() => OffersNoFix("[|while|] (true) await Work.F();" + Work);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        ["Stop the loop with 'ct'", "Add a CancellationToken to 'B' that stops the loop", "Add a CancellationToken to 'D' that stops the loop (public signature)"],
        await Titles(
            """
            public class C
            {
                async Task A(CancellationToken ct) { while (true) await Work.F(); }
                async Task B() { while (true) await Work.F(); }
                public async Task D() { while (true) await Work.F(); }
            }
            """ + Work));

    [Fact]
    public Task A_loop_passes_its_new_token_to_what_gets_one_too() => Fixes(
        """
        class C
        {
            async Task E()
            {
                [|while|] (true)
                {
                    await ListenAsync();
                    Console.WriteLine();
                }
            }

            async Task ListenAsync() { [|while|] (true) await Work.F(); }

            async Task G()
            {
                [|while|] (true)
                {
                    await ListenAsync();
                    Console.WriteLine();
                }
            }
        }
        """ + Work,
        """
        class C
        {
            async Task E(CancellationToken cancellationToken = default)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    await ListenAsync(cancellationToken);
                    Console.WriteLine();
                }
            }

            async Task ListenAsync(CancellationToken cancellationToken = default) { while (!cancellationToken.IsCancellationRequested) await Work.F(cancellationToken); }

            async Task G(CancellationToken cancellationToken = default)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    await ListenAsync(cancellationToken);
                    Console.WriteLine();
                }
            }
        }
        """ + Work);
}
