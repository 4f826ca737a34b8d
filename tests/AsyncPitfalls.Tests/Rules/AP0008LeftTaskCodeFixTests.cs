using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How tasks are awaited together, or started later.</summary>
public sealed class AP0008LeftTaskCodeFixTests() : RuleTest(new AP0008LeftTaskAnalyzer(), new AP0008LeftTaskCodeFix())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static async Task<int> G(int n = 0) { await Task.Delay(n); return n; }
            public static async ValueTask<string> V() { await Task.Yield(); return ""; }
            public static void Use(params object[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Tasks_are_awaited_together_before_their_results_are_read() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<int> M()
            {
                var a = G();
                var c = [|G()|];

                // the first
                var x = await a; // one
                var y = await c;

                Task<int> e = G(), f = [|G()|], g = [|G()|];
                Use(x, y, await e, await f, await g);
                var h = F();
                var i = [|G()|];
                await h.ConfigureAwait(false);
                await i.ConfigureAwait(false);
                var j = G();
                var k = [|G()|];
                return await j - await k;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<int> M()
            {
                var a = G();
                var c = G();

                await Task.WhenAll(a, c);
                // the first
                var x = await a; // one
                var y = await c;

                Task<int> e = G(), f = G(), g = G();
                await Task.WhenAll(e, f, g);
                Use(x, y, await e, await f, await g);
                var h = F();
                var i = G();
                await Task.WhenAll(h, i).ConfigureAwait(false);
                await h.ConfigureAwait(false);
                await i.ConfigureAwait(false);
                var j = G();
                var k = G();
                await Task.WhenAll(j, k);
                return await j - await k;
            }
        }
        """ + Work);

    [Fact]
    public Task A_call_that_is_awaited_first_gets_a_local() => Fixes(
        """
        using static Work;

        class C
        {
            async Task M()
            {
                var a = [|F()|];
                var x = await G(1);
                await a;
                Use(x);
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task M()
            {
                var a = F();
                var task = G(1);
                await Task.WhenAll(task, a);
                var x = await task;
                await a;
                Use(x);
            }
        }
        """ + Work);

    [Fact]
    public Task A_value_task_becomes_a_task() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<string> M()
            {
                var a = V();
                var b = [|V()|];
                return await a + await b;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<string> M()
            {
                var a = V().AsTask();
                var b = V().AsTask();
                await Task.WhenAll(a, b);
                return await a + await b;
            }
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_and_sections_keep_their_order() => Fixes(
        """
        using static Work;

        var a = G();
        var b = [|G()|];
        Console.WriteLine(await a);
        Console.WriteLine(await b);
        switch (args.Length)
        {
            case 1:
                var c = G();
                var d = [|G()|];
                Use(await c, await d);
                break;
        }
        """ + Work,
        """
        using static Work;

        var a = G();
        var b = G();
        await Task.WhenAll(a, b);
        Console.WriteLine(await a);
        Console.WriteLine(await b);
        switch (args.Length)
        {
            case 1:
                var c = G();
                var d = G();
                await Task.WhenAll(c, d);
                Use(await c, await d);
                break;
        }
        """ + Work);

    [Fact]
    public Task A_statement_that_stands_alone_gets_a_block() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<int> M(bool b)
            {
                var j = G();
                var k = [|G()|];
                if (b)
                    return await j + await k;
                else
                    return await j - await k;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<int> M(bool b)
            {
                var j = G();
                var k = G();
                if (b)
                {
                    await Task.WhenAll(j, k);
                    return await j + await k;
                }
                else
                {
                    await Task.WhenAll(j, k);
                    return await j - await k;
                }
            }
        }
        """ + Work);

    [Fact]
    public Task A_start_moves_to_its_await() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<int> M(bool cached, int n, string? s, Dictionary<int, int> known)
            {
                var t = [|G(n)|];
                if (cached)
                {
                    Console.WriteLine("cached");
                    return 1;
                }

                if (known.TryGetValue(n, out var found))
                    return found;
                return await t;
            }

            async Task Comments(bool b)
            {
                // started
                var t = [|F(/* soon */)|]; // early

                // guard
                if (b)
                    return;

                // awaited
                await t;
            }

            async Task Throws(string? s)
            {
                var t = [|G()|].ConfigureAwait(false);
                if (s is null)
                    throw new ArgumentNullException(nameof(s));
                Console.WriteLine(await t);
            }

            async Task Branches(int n)
            {
                var t = [|F()|];
                switch (n)
                {
                    case 1:
                        await t;
                        break;
                    case 2:
                        return;
                    default:
                        await t.ConfigureAwait(false);
                        break;
                }
            }

            async Task<int> Choice(bool b)
            {
                var u = [|G(1)|];
                var v = [|G(2)|];
                return b ? await u : await v;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<int> M(bool cached, int n, string? s, Dictionary<int, int> known)
            {
                if (cached)
                {
                    Console.WriteLine("cached");
                    return 1;
                }

                if (known.TryGetValue(n, out var found))
                    return found;
                return await G(n);
            }

            async Task Comments(bool b)
            {
                // guard
                if (b)
                    return;

                // started
                // early
                // awaited
                await F(/* soon */);
            }

            async Task Throws(string? s)
            {
                if (s is null)
                    throw new ArgumentNullException(nameof(s));
                Console.WriteLine(await G().ConfigureAwait(false));
            }

            async Task Branches(int n)
            {
                switch (n)
                {
                    case 1:
                        await F();
                        break;
                    case 2:
                        return;
                    default:
                        await F().ConfigureAwait(false);
                        break;
                }
            }

            async Task<int> Choice(bool b)
            {
                return b ? await G(1) : await G(2);
            }
        }
        """ + Work, "AP0008_MoveStart");

    [Fact]
    public Task A_start_that_something_could_tell_has_no_fix() => OffersNoFix(
        """
        using static Work;

        class C
        {
            async Task M(bool b, int n, List<int> xs)
            {
                var t = [|G()|];
                Console.WriteLine("started");
                if (b)
                    return;
                await t;

                var u = [|G(n)|];
                n++;
                if (b)
                    return;
                await u;

                var v = [|G()|];
                if (b)
                    v = G();
                await v;

                var w = [|G()|];
                while (b)
                {
                    await w;
                    b = false;
                }

                var x = [|G()|];
                await G();
                if (b)
                    return;
                await x;
            }
        }
        """ + Work);

    [Fact]
    public Task Tasks_that_cannot_be_awaited_together_have_no_fix() => OffersNoFix(
        """
        using static Work;

        class C
        {
            async Task M(ValueTask given)
            {
                ValueTask<string> a = [|V()|];
                await G();
                await a;
                var b = [|F()|];
                await given;
                await b;
            }
        }
        """ + Work);

    [Fact]
    public Task Comments_of_several_starts_that_move_to_one_statement_keep_their_order() => Fixes(
        """
        class C
        {
            async Task M(int n)
            {
                var u = [|G()|]; // one
                // and
                var v = [|G()|]; // two

                // three
                Console.WriteLine(n > 1 ? await u : await v);
            }

            async Task<int> G() { await Task.Delay(1); return 1; }
        }
        """,
        """
        class C
        {
            async Task M(int n)
            {
                // one
                // and
                // two
                // three
                Console.WriteLine(n > 1 ? await G() : await G());
            }

            async Task<int> G() { await Task.Delay(1); return 1; }
        }
        """, "AP0008_MoveStart");
}
