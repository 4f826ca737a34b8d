using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How calls are started together.</summary>
public sealed class AP0023SerialAwaitsCodeFixTests() : RuleTest(new AP0023SerialAwaitsAnalyzer(), new AP0023SerialAwaitsCodeFix())
{
    private const string Work =
        """

        static class Api
        {
            public static Task<int> GetAsync(int x = 0) => throw null!;
            public static ValueTask<int> CountAsync(int x = 0) => throw null!;
            public static void Use(object? x) { }
            public static int Next() => 1;
        }
        """;

    [Fact]
    public Task Calls_are_started_before_the_first_await() => Fixes(
        """
        class C
        {
            private int field;

            async Task<int> M(HttpClient http, int n)
            {
                // both
                var a = await Api.GetAsync(1); // one
                // the other
                var b = [|await Api.CountAsync(n)|];

                Api.Use(a + b);
                var text = (await http.GetStringAsync("x").ConfigureAwait(false)).Length;
                this.field = [|await Api.GetAsync(2).ConfigureAwait(false)|];
                Api.Use(text);
                if (n > 1)
                    return await Api.GetAsync(3) + [|await Api.GetAsync(4)|];
                int c = await Api.GetAsync(5), d = [|await Api.GetAsync(6)|];
                var aTask = c + d;
                return aTask;
            }
        }
        """.Replace("this.field = [|await Api.GetAsync(2).ConfigureAwait(false)|];", "var other = [|await Api.GetAsync(2).ConfigureAwait(false)|];\n        field = other;") + Work,
        """
        class C
        {
            private int field;

            async Task<int> M(HttpClient http, int n)
            {
                var aTask1 = Api.GetAsync(1);
                var bTask = Api.CountAsync(n).AsTask();
                await Task.WhenAll(aTask1, bTask);
                // both
                var a = await aTask1; // one
                // the other
                var b = await bTask;

                Api.Use(a + b);
                var textTask = http.GetStringAsync("x");
                var otherTask = Api.GetAsync(2);
                await Task.WhenAll(textTask, otherTask).ConfigureAwait(false);
                var text = (await textTask.ConfigureAwait(false)).Length;
                var other = await otherTask.ConfigureAwait(false);
                field = other;
                Api.Use(text);
                if (n > 1)
                {
                    var task = Api.GetAsync(3);
                    var task1 = Api.GetAsync(4);
                    await Task.WhenAll(task, task1);
                    return await task + await task1;
                }

                var cTask = Api.GetAsync(5);
                var dTask = Api.GetAsync(6);
                await Task.WhenAll(cTask, dTask);
                int c = await cTask, d = await dTask;
                var aTask = c + d;
                return aTask;
            }
        }
        """.Replace("        }\n\n        var cTask", "        }\n        var cTask") + Work);

    [Fact]
    public Task Loops_become_queries() => Fixes(
        """
        class C
        {
            async Task M(string[] xs, List<int> numbers, HttpClient http)
            {
                // all of them
                [|foreach|] (var x in xs)
                {
                    // one
                    await http.GetStringAsync(x);
                } // done

                [|foreach|] (int n in numbers ?? new()) await Api.CountAsync(n).ConfigureAwait(false);
            }
        }
        """ + Work,
        """
        class C
        {
            async Task M(string[] xs, List<int> numbers, HttpClient http)
            {
                // all of them
                await Task.WhenAll(xs.Select(x => http.GetStringAsync(x))) /* one */; // done

                await Task.WhenAll((numbers ?? new()).Select(n => Api.CountAsync(n).AsTask())).ConfigureAwait(false);
            }
        }
        """.Replace(" /* one */; // done", "; /* one */ // done") + Work);

    [Fact]
    public Task A_missing_using_is_added() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string[] xs)
            {
                [|foreach|] (var x in xs)
                    await File.ReadAllTextAsync(x);
            }
        }
        """,
        """
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string[] xs)
            {
                await Task.WhenAll(Enumerable.Select(xs, x => File.ReadAllTextAsync(x)));
            }
        }
        """,
        setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task What_cannot_be_started_before_gets_no_fix() => OffersNoFix(
        """
        using System.Collections;

        class C
        {
            async Task<int> E() => await Api.GetAsync(1) + [|await Api.GetAsync(2)|];

            async Task M(HttpClient http, object[] xs)
            {
                using var a = await http.GetAsync("a");
                using var b = [|await http.GetAsync("b")|];
                Api.Use((Api.Next(), await Api.GetAsync(1), [|await Api.GetAsync(2)|]));
                [|foreach|] (int x in xs) await Api.GetAsync(x);
            }
        }
        """ + Work);

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(["Start them together and await 'Task.WhenAll(aTask, bTask)'"], await Titles("class C { async Task M() { var a = await Api.GetAsync(1); var b = [|await Api.GetAsync(2)|]; } }" + Work));
        Assert.Equal(["Start all and await 'Task.WhenAll'"], await Titles("class C { async Task M(int[] xs) { [|foreach|] (var x in xs) await Api.GetAsync(x); } }" + Work));
    }

    [Fact]
    public Task Names_differ_only_within_a_function_also_beside_top_level_statements() => Fixes(
        """
        using System.Net.Http;
        Console.WriteLine(await C.F(new HttpClient()));
        class C
        {
            public static async Task<string> F(HttpClient client)
            {
                var a = await client.GetStringAsync("a");
                var b = [|await client.GetStringAsync("b")|];
                return a + b;
            }

            public static async Task<string> G(HttpClient client)
            {
                var a = await client.GetStringAsync("a");
                var b = [|await client.GetStringAsync("b")|];
                return a + b;
            }
        }
        """,
        """
        using System.Net.Http;
        Console.WriteLine(await C.F(new HttpClient()));
        class C
        {
            public static async Task<string> F(HttpClient client)
            {
                var aTask = client.GetStringAsync("a");
                var bTask = client.GetStringAsync("b");
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                return a + b;
            }

            public static async Task<string> G(HttpClient client)
            {
                var aTask = client.GetStringAsync("a");
                var bTask = client.GetStringAsync("b");
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                return a + b;
            }
        }
        """);
}
