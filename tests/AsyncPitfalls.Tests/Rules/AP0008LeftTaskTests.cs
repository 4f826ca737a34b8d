using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks are left, on which paths.</summary>
public sealed class AP0008LeftTaskTests() : RuleTest(new AP0008LeftTaskAnalyzer())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static async Task<int> G(int n = 0) { await Task.Delay(n); return n; }
            public static async ValueTask<string> V() { await Task.Yield(); return ""; }
            public static async Task Safe() { try { await F(); } catch (Exception) { } }
            public static void Use(params object[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Adjacent_awaits_lose_the_later_task() => Reports(
        """
        using static Work;

        class C
        {
            async Task<int> M(Task given)
            {
                var a = G();
                var b = [|G()|];
                await a;
                await b;

                var c = G();
                var d = [|G()|];
                var x = await c;
                Console.WriteLine(x);
                var y = await d;

                Task<int> e = G(), f = [|G()|], g = [|G()|];
                Use(await e, await f, await g);

                var h = [|V()|];
                await given;
                Console.WriteLine(await h.ConfigureAwait(false));

                var i = [|F()|];
                var z = await G();
                await i;

                Task j = F();
                Task k;
                k = [|F()|];
                await j.ConfigureAwait(false);
                await k.ConfigureAwait(false);

                var l = G();
                var m = [|G()|];
                if (await l + await m > x + y + z)
                    return 1;

                var n = G();
                var o = [|G()|];
                return await n + await o;
            }

            async IAsyncEnumerable<int> Iterator()
            {
                var a = G();
                var b = [|G()|];
                yield return await a;
                yield return await b;
            }

            async Task<(int, string)> Pair()
            {
                var a = G();
                var b = [|V()|];
                return (await a, await b);
            }

            async Task<string> Caught()
            {
                var a = G();
                var b = [|V()|];
                try
                {
                    var n = await a;
                    if (n > 3)
                        n++;
                    return await b + n;
                }
                catch (InvalidOperationException)
                {
                    return "";
                }
            }
        }
        """ + Work);

    [Fact]
    public Task A_path_that_leaves_a_task_is_found() => Reports(
        """
        using static Work;

        class C
        {
            async Task<int> Returns(bool cached)
            {
                var t = [|G()|];
                if (cached)
                    return 1;
                return await t;
            }

            async Task Throws(string? name)
            {
                var t = [|G()|];
                if (name is null)
                    throw new ArgumentNullException(nameof(name));
                await t;
            }

            async Task Branches(int n, List<int> xs)
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
                        t.Wait();
                        break;
                }

                var u = [|G()|];
                var v = [|G()|];
                Console.WriteLine(n > 1 ? await u : await v);

                foreach (var x in xs)
                {
                    var w = [|F()|];
                    if (x > 2)
                        continue;
                    await w;
                }

                var y = [|F()|];
                if (n > 3)
                    y = F();
                await y;
            }

            Task NotAsync(bool b)
            {
                var t = [|F()|];
                return b ? Task.CompletedTask : t;
            }

            Func<bool, Task> lambda = async b =>
            {
                var t = [|F()|];
                if (b)
                    return;
                await t;
            };
        }
        """ + Work);

    [Fact]
    public Task What_leaves_the_list_before_the_await_is_found() => Reports(
        """
        using static Work;

        class C
        {
            async Task Throws(string? name)
            {
                var t = [|F()|];
                Use(name ?? throw new ArgumentException(""), 1);
                await t;
            }

            async Task ThrowsBesideTheTask(string? name)
            {
                var t = [|F()|];
                Use(name ?? throw new ArgumentException(""), await Task.WhenAny(t));
            }

            async Task ContinuesAround(int[] all)
            {
                foreach (var one in all)
                {
                    var t = [|F()|];
                    for (var i = 0; i < one; i++)
                        Use(i);
                    if (one == 3)
                        continue;
                    await t;
                }
            }

            async Task<int> ReturnsFromALoop(int[] all)
            {
                var t = [|G()|];
                foreach (var one in all)
                {
                    if (one == 3)
                        return one;
                }

                return await t;
            }

            async Task JumpsOver(bool over)
            {
                var t = [|F()|];
                if (over)
                    goto end;
                await t;
            end:
                Use();
            }
        }
        """ + Work);

    [Fact]
    public Task What_stays_in_the_list_until_the_await_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            async Task M(int[] all, int n)
            {
                var t = F();
                foreach (var one in all)
                {
                    if (one == 3)
                        break;
                    if (one == 4)
                        continue;
                    switch (one)
                    {
                        case 5:
                            break;
                    }
                }

                int Local() { return n; }
                Func<int> lambda = () => { return n; };
                Use(Local(), lambda());
                await Task.WhenAll(t, F());

                var u = G();
                if (n == 2)
                    Use(u.IsCompleted);
                Use(await u);
            }
        }
        """ + Work);

    [Fact]
    public Task Top_level_statements_are_found() => Reports(
        """
        using static Work;

        var a = G();
        var b = [|G()|];
        Console.WriteLine(await a);
        Console.WriteLine(await b);
        """ + Work);

    [Fact]
    public Task Awaits_that_are_further_apart_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            async Task M(List<int> xs)
            {
                var a = G();
                var b = G();
                await a;
                Console.WriteLine("a is done");
                await b;

                var c = F();
                foreach (var x in xs)
                    await G(x);
                await c;

                var d = F();
                xs.Add(await G());
                xs.Clear();
                await d;

                var e = G();
                var f = G();
                Use(await e, xs.Count(), await f);
            }
        }
        """ + Work);

    [Fact]
    public Task What_is_observed_in_any_case_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private Task? field;

            async Task<int> M(bool b, CancellationToken token)
            {
                var a = G();
                var c = G();
                await Task.WhenAll(a, c);
                Use(await a, await c);

                var d = G();
                var e = G(await d);
                Use(await e);

                var f = F();
                try
                {
                    await G();
                }
                finally
                {
                    await f;
                }

                var g = F();
                try { await G(); } catch { }
                await g;

                var h = F();
                if (await Task.WhenAny(h, Task.Delay(5, token)) != h)
                    throw new TimeoutException();
                await h;

                Task<int>? i = b ? G() : null;
                await G();
                if (i != null)
                    await i;

                var j = G();
                field = j;
                if (b)
                    return 1;
                var k = G();
                if (k.IsCompletedSuccessfully)
                    return k.Result;
                var l = F();
                Action later = () => l.Wait();
                later();
                await k;
                return await Task.FromResult(3);
            }
        }
        """ + Work);

    [Fact]
    public Task What_follows_a_task_that_is_not_started_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            async Task M(bool stopped)
            {
                var work = new Task<Task>(async () => await F());
                var done = work.Unwrap();
                var logged = work.ContinueWith(task => Use(task));
                if (stopped)
                    return;
                work.Start();
                await done;
                await logged;
            }
        }
        """ + Work);

    [Fact]
    public Task What_follows_a_task_that_runs_is_reported() => Reports(
        """
        using static Work;

        class C
        {
            async Task M(bool stopped)
            {
                var work = Task.Factory.StartNew(() => F());
                var done = [|work.Unwrap()|];
                if (stopped)
                    return;
                await done;
            }
        }
        """ + Work);

    [Fact]
    public Task What_cannot_fail_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            async Task M(bool b, CancellationToken token)
            {
                var delay = Task.Delay(5, token);
                await G();
                await delay;

                var early = Task.Delay(5);
                if (b)
                    return;
                await early;

                var done = Task.FromResult(1);
                await G();
                await done;

                var safe = Safe();
                await G();
                await safe;

                var run = Task.Run(() => { try { Use(); } catch { } });
                await G();
                await run;

                var a = G();
                await Task.Delay(3);
                await a;

                var c = G();
                await Task.Yield();
                await c;

                var d = G();
                await Safe();
                await d;

                var e = G();
                var f = G();
                await ((Task)e).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.None);
                await f;

                var g = G();
                var completed = Task.CompletedTask;
                await completed;
                await g;
            }
        }
        """ + Work);

    [Fact]
    public Task Tests_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            [Xunit.Fact]
            public async Task M()
            {
                var a = G();
                var b = G();
                await a;
                await b;
                var early = F();
                if (DateTime.Now.Hour > 3)
                    return;
                await early;
                Func<Task> act = async () => { var c = G(); var d = G(); await c; await d; };
                await act();
            }
        }

        namespace Xunit { class FactAttribute : Attribute { } }
        """ + Work);

    [Fact]
    public Task What_ends_with_the_program_is_left_to_another_rule() => Reports(
        """
        using static Work;

        class Program
        {
            static async Task Main(string[] args)
            {
                var lost = F();
                if (args.Length == 0)
                    return;
                await lost;
                var a = G();
                var b = [|G()|];
                Use(await a, await b);
            }
        }
        """ + Work);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                var a = {|CS0103:Missing|}();
                var b = {|CS0103:Missing|}();
                await a;
                await b;
                var c = F({|CS1026:;|}
                await c;
            }

            async Task<int> N(bool b)
            {
                var t = G();
                if (b)
                    return {|CS0103:missing|};
                return await t;
            }

            async Task<int> G() { await Task.Delay(1); return 1; }

            async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public async Task The_message_says_what_loses_it_and_the_severity_how_certain_that_is()
    {
        var findings = await Findings(
            """
            using static Work;

            class C
            {
                async Task<int> M(bool b, string? s)
                {
                    var first = G();
                    var second = G();
                    Use(await first, await second);
                    var early = G();
                    if (b)
                        return 1;
                    await early;
                    var thrown = G();
                    if (s is null)
                        throw new ArgumentNullException();
                    return await thrown;
                }
            }
            """ + Work);
        Assert.Equal(
            [
                "When 'first' fails, nothing awaits the task of 'G' in 'second': it runs on, and its own failure is never seen; await both with 'Task.WhenAll' first",
                "A path leaves the task of 'G' in 'early', which another one awaits: it runs on, and its failure is never seen; await it on that path too, or start it only where it is awaited",
                "A path leaves the task of 'G' in 'thrown', which another one awaits: it runs on, and its failure is never seen; await it on that path too, or start it only where it is awaited",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.Equal([DiagnosticSeverity.Info, DiagnosticSeverity.Warning, DiagnosticSeverity.Info], findings.Select(finding => finding.Severity));
        Assert.All(findings, finding => Assert.Single(finding.AdditionalLocations));
    }

    [Fact]
    public async Task The_message_names_what_fails_and_not_how_it_is_awaited()
    {
        var findings = await Findings(
            """
            using static Work;

            class C
            {
                async Task<int> M()
                {
                    var second = G();
                    var first = await H().ConfigureAwait(false);
                    return first + await second;
                }

                static async Task<int> H() { await Task.Yield(); throw new InvalidOperationException(); }
            }
            """ + Work);
        Assert.Equal(
            ["When 'H' fails, nothing awaits the task of 'G' in 'second': it runs on, and its own failure is never seen; await both with 'Task.WhenAll' first"],
            findings.Select(finding => finding.GetMessage()));
    }

    [Fact]
    public Task A_value_task_that_is_preserved_in_its_own_variable_is_silent() => Silent(
        """
        class C
        {
            static async ValueTask Keep() { try { await Task.Yield(); } catch { } }
            static async Task F() { await Task.Yield(); throw new InvalidOperationException(); }

            async Task M()
            {
                var a = F();
                var b = Keep();
                b = b.Preserve();
                await b;
                await a;
            }
        }
        """);
}
