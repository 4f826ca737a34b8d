using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which awaits could run side by side, and which are in order.</summary>
public sealed class AP0023SerialAwaitsTests() : RuleTest(new AP0023SerialAwaitsAnalyzer())
{
    private const string Work =
        """

        static class Api
        {
            public static Task<int> GetAsync(int x = 0) => throw null!;
            public static Task<string> TextAsync(string x = "") => throw null!;
            public static ValueTask<int> CountAsync() => throw null!;
            public static Task<int> OfAsync(object x) => throw null!;
            public static Task DoAsync() => throw null!;
            public static void Use(object? x) { }
        }

        class Store
        {
            public Task<int> GetAsync(int x = 0) => throw null!;
            public Task<int> SaveAsync() => throw null!;
            public Task<int> CommitAllAsync() => throw null!;
            public Task<int> LoadAsync(Store other) => throw null!;
            public Store Inner => null!;
        }
        """;

    [Fact]
    public Task Second_await_that_needs_nothing_of_the_first_is_reported() => Reports(
        """
        class C
        {
            private readonly Store one = new(), two = new();
            private int field;

            async Task<int> M(HttpClient http, Store s, Store t)
            {
                var a = await Api.GetAsync(1);
                var b = [|await Api.GetAsync(2)|];
                Api.Use(a + b);
                var c = await http.GetStringAsync("c").ConfigureAwait(false);
                string d = [|await http.GetStringAsync($"d{a}").ConfigureAwait(false)|];
                Api.Use(c + d);
                var e = await File.ReadAllTextAsync("e");
                var f = [|await File.ReadAllTextAsync("f" + d)|];
                Api.Use(e + f);
                var g = await s.GetAsync(a);
                var h = [|await t.GetAsync(a)|];
                Api.Use(g + h);
                var i = (int?)(await one.GetAsync());
                var j = [|await this.two.GetAsync()|];
                Api.Use(i + j);
                var k = await s.GetAsync(); var l = [|await http.GetStringAsync("l")|]; var m = await Api.CountAsync();
                Api.Use((k, l, m));
                int n = await Api.CountAsync(), o = [|await Api.CountAsync()|];
                Api.Use(n + o);
                a = await Api.GetAsync(1);
                b = [|await Api.GetAsync(2)|];
                Api.Use(b);
                Api.Use((await Api.GetAsync(3), [|await Api.GetAsync(4)|]));
                field = await s.GetAsync(1);
                this.field = [|await t.GetAsync(2)|];
                Api.Use(field);
                await http.GetAsync("x");
                await [|http.GetAsync("y")|];
                return await Api.GetAsync(1) + [|await Api.GetAsync(2)|];
            }
        }
        """.Replace("await [|http.GetAsync(\"y\")|]", "[|await http.GetAsync(\"y\")|];\n        Api.Use(a)") + Work);

    [Fact]
    public Task Functions_of_all_kinds_are_reported() => Reports(
        """
        var x = await Api.GetAsync(1);
        var y = [|await Api.GetAsync(2)|];
        Api.Use(x + y);

        class C
        {
            private readonly Func<Task<int>> f = async () => { var a = await Api.GetAsync(1); var b = [|await Api.GetAsync(2)|]; return a + b; };
            async Task<int> E() => await Api.GetAsync(1) + [|await Api.GetAsync(2)|];
            async IAsyncEnumerable<int> I() { var a = await Api.GetAsync(1); var b = [|await Api.GetAsync(2)|]; yield return a + b; }
            void M()
            {
                Func<Task<int>> g = async () => await Api.GetAsync(1) + [|await Api.GetAsync(2)|];
                async Task<int> L(int k) { switch (k) { case 1: var a = await Api.GetAsync(1); var b = [|await Api.GetAsync(2)|]; return a + b; default: return 0; } }
            }
        }
        """ + Work);

    [Fact]
    public Task An_await_of_a_local_function_is_none_of_the_function_around() => Reports(
        """
        class C
        {
            async Task<int> M()
            {
                var a = await Api.GetAsync(1);
                async Task<int> L() => await Api.GetAsync(2);
                var b = [|await Api.GetAsync(3)|];
                return a + b + await L();
            }

            async Task<int> N()
            {
                async Task<int> L() => await Api.GetAsync(2);
                var a = await Api.GetAsync(1);
                var b = [|await Api.GetAsync(3)|];
                return a + b + await L();
            }
        }
        """ + Work);

    [Fact]
    public Task Local_functions_and_empty_statements_come_not_between() => Reports(
        """
        class C
        {
            async Task<int> M(int x)
            {
                var a = await Api.GetAsync(1);
                ;
                int L() => 1;
                var b = [|await Api.GetAsync(2)|];
                switch (x)
                {
                    case 1:
                        var c = await Api.GetAsync(L());
                        { }
                        var d = await Api.GetAsync(4);
                        return c + d;
                    case 2:
                        ;
                        var e = await Api.GetAsync(5);
                        ;
                        var f = [|await Api.GetAsync(6)|];
                        return e + f;
                }

                return a + b;
            }
        }
        """ + Work);

    [Fact]
    public Task Long_row_is_one_finding()
    {
        var row = string.Join("\n", Enumerable.Range(2, 300).Select(i => $"        var v{i} = await Api.GetAsync({i});"));
        return Reports(
            $$"""
            class C
            {
                async Task<int> M()
                {
                    var v0 = await Api.GetAsync(0);
                    var v1 = [|await Api.GetAsync(1)|];
            {{row}}
                    var after = await Api.GetAsync(v300);
                    var next = [|await Api.GetAsync(3)|];
                    return v0 + after + next;
                }
            }
            """ + Work);
    }

    [Fact]
    public Task Await_that_needs_the_first_is_silent() => Silent(
        """
        class C
        {
            private int field;

            async Task M(Store s, Store t, List<int> list, HttpClient http)
            {
                var a = await Api.GetAsync(1);
                var b = await Api.GetAsync(a);
                var c = await Api.TextAsync($"{b}");
                Api.Use(c);
                var d = await Api.GetAsync(1);
                if (d == 0) return;
                var e = await Api.GetAsync(2);
                Api.Use(e);
                var g = await Api.OfAsync(list);
                var h = await Api.OfAsync(list);
                Api.Use(g + h);
                var i = (await Api.TextAsync()) ?? throw new InvalidOperationException();
                var j = await Api.TextAsync();
                Api.Use(i + j);
                Api.Use((await Api.GetAsync(await Api.GetAsync(1))));
                field = await Api.GetAsync(1);
                var k = await Api.GetAsync(field);
                Api.Use(k);
                field = await Api.GetAsync(3);
                var l = await Api.GetAsync(4);
                Api.Use(l);
                var m = await s.LoadAsync(t);
                var n = await t.GetAsync();
                Api.Use((m, n));
                var o = int.Parse(await Api.TextAsync());
                var p = await Api.GetAsync(o > 1 ? 1 : 2);
                Api.Use(p);
                Api.Use(await Api.GetAsync(5));
                Api.Use(await Api.GetAsync(6));
                Api.Use(0);
                var q = p > 1 ? await Api.GetAsync(1) : await Api.GetAsync(2);
                var r = p > 1 && await Api.GetAsync(1) > 1 || await Api.GetAsync(2) > 2;
                var u = await Api.TextAsync() ?? await Api.TextAsync();
                var v = (await Api.GetAsync(1)).ToString();
                var w = await Api.GetAsync(2);
            }
        }
        """ + Work);

    [Fact]
    public Task Same_receiver_is_silent() => Silent(
        """
        class C
        {
            private readonly Store store = new();

            async Task M(Store s)
            {
                var a = await s.GetAsync(1);
                var b = await s.GetAsync(2);
                Api.Use(a + b);
                var c = await store.GetAsync(1);
                var d = await this.store.GetAsync(2);
                Api.Use(c + d);
                var e = await s.Inner.GetAsync(1);
                var f = await s.Inner.Inner.GetAsync(2);
                Api.Use(e + f);
                var same = s.Inner;
                var g = await same.GetAsync();
                var h = await s.GetAsync();
                Api.Use(g + h);
                var i = await OwnAsync();
                var j = await this.OwnAsync();
                Api.Use(i + j);
                var k = await LocalAsync();
                var l = await LocalAsync();
                Api.Use(k + l);
                async Task<int> LocalAsync() { await Task.Yield(); return s.GetHashCode(); }
            }

            private Task<int> OwnAsync() => Api.GetAsync();
        }
        """ + Work);

    [Fact]
    public Task What_is_used_by_one_at_a_time_is_silent() => Silent(
        """
        using System.Data.Common;
        using System.Text.Json;
        using System.Threading.Channels;

        namespace Microsoft.EntityFrameworkCore { public class DbContext { public Set Users => null!; public Set Orders => null!; public Task<int> CountAsync() => null!; } public class Set : List<int> { public Task<int> CountAsync() => null!; } }

        class Data : Microsoft.EntityFrameworkCore.DbContext { }

        class C
        {
            async Task M(Stream s, Stream t, StreamReader r, StreamReader q, DbCommand c, DbCommand d, byte[] b, Data one, Data two, ChannelReader<int> x, ChannelReader<int> y, IQueryable<int> i)
            {
                Api.Use((await s.ReadAsync(b), await t.ReadAsync(b), await r.ReadLineAsync(), await q.ReadLineAsync(), await c.ExecuteScalarAsync(), await d.ExecuteScalarAsync()));
                Api.Use((await one.CountAsync(), await two.CountAsync(), await one.Users.CountAsync(), await two.Orders.CountAsync(), await x.ReadAsync(), await y.ReadAsync()));
                Api.Use((await JsonSerializer.DeserializeAsync<int>(s), await JsonSerializer.DeserializeAsync<int>(t)));
                Api.Use((await Api.OfAsync(one), await Api.OfAsync(two), await Api.OfAsync(i), await Api.OfAsync(i)));
            }
        }
        """ + Work);

    [Fact]
    public Task What_saves_waits_or_changes_is_silent() => Silent(
        """
        using System.Transactions;

        class C
        {
            async Task M(Store s, Store t, SemaphoreSlim k, SemaphoreSlim l, HttpClient http)
            {
                Api.Use((await s.SaveAsync(), await t.SaveAsync(), await s.CommitAllAsync(), await t.CommitAllAsync()));
                Api.Use((await k.WaitAsync(1), await l.WaitAsync(1)));
                Api.Use((await http.PostAsync("a", null), await http.PostAsync("b", null), await http.DeleteAsync("c"), await http.SendAsync(new HttpRequestMessage())));
                await Task.Delay(1);
                await Task.Delay(2);
                await Api.DoAsync();
                await Api.DoAsync();
                Api.Use((await Task.Run(() => 1), await Task.Run(() => 2), await Task.FromResult(1), await Task.WhenAny(Task.Delay(1))));
                await Api.GetAsync(1);
                await Api.GetAsync(2);
            }

            async Task N(Store s, Store t)
            {
                using var scope = new TransactionScope();
                Api.Use((await s.GetAsync(), await t.GetAsync()));
            }
        }
        """ + Work);

    [Fact]
    public Task Loop_that_only_awaits_one_call_for_each_is_reported() => Reports(
        """
        class C
        {
            async Task M(string[] xs, List<Store> stores, HttpClient http)
            {
                [|foreach|] (var x in xs)
                {
                    await http.GetStringAsync(x);
                }

                [|foreach|] (var x in xs) await File.ReadAllTextAsync(x).ConfigureAwait(false);
                [|foreach|] (string x in xs) await Api.TextAsync(x);
                [|foreach|] (var store in stores) await store.GetAsync(1);
            }
        }
        """ + Work);

    [Fact]
    public Task Loop_that_does_more_is_silent() => Silent(
        """
        class C
        {
            async Task M(string[] xs, Store s, HttpClient http, List<string> list, IAsyncEnumerable<string> stream, List<Store> stores, Stream[] streams, byte[] buffer)
            {
                foreach (var x in xs) { var r = await http.GetStringAsync(x); Api.Use(r); }
                foreach (var x in xs) { Api.Use(x); await Api.TextAsync(x); }
                foreach (var x in xs) list.Add(await Api.TextAsync(x));
                foreach (var x in xs) if (x != "") await Api.TextAsync(x);
                foreach (var x in xs) await Task.Delay(1);
                foreach (var x in xs) await Api.DoAsync();
                foreach (var x in xs) await s.GetAsync(x.Length);
                foreach (var x in xs) await s.SaveAsync();
                foreach (var store in stores) await store.SaveAsync();
                foreach (var store in stores) await store.LoadAsync(s);
                foreach (var x in xs) await http.GetStringAsync("same");
                foreach (var x in xs) await Api.OfAsync(list);
                foreach (var one in streams) await one.ReadAsync(buffer);
                await foreach (var x in stream) await Api.TextAsync(x);
                for (var i = 0; i < 3; i++) await Api.GetAsync(i);
            }
        }
        """ + Work);

    [Fact]
    public Task Tests_and_look_alikes_are_silent() => Silent(
        """
        namespace Xunit { public class FactAttribute : Attribute { } }
        namespace Mine { class HttpClient { public Task<string> GetStringAsync(string s) => throw null!; } }

        class C
        {
            [Xunit.Fact]
            public async Task M() { var a = await Api.GetAsync(1); var b = await Api.GetAsync(2); Api.Use(a + b); }

            async Task<string> N(Mine.HttpClient h) { var a = await h.GetStringAsync("a"); var b = await h.GetStringAsync("b"); return a + b; }
        }
        """ + Work);

    [Fact]
    public Task Calls_on_one_receiver_are_silent_beside_those_that_AP0023_reports() => Reports(
        """
        class C
        {
            async Task<int> M(Store one, Store two)
            {
                var a = await one.GetAsync(1);
                var b = await one.GetAsync(2);
                var c = {|AP0023:await two.GetAsync(3)|};
                return a + b + c;
            }
        }
        """ + Work);

    [Fact]
    public async Task Message_names_both_calls()
    {
        var findings = await Findings("class C { async Task M(string[] xs) { var a = await Api.GetAsync(1); var b = await Api.CountAsync(); Api.Use(a + b); foreach (var x in xs) await Api.TextAsync(x); } }" + Work);
        Assert.Equal(
            [
                "'CountAsync' is started only when 'GetAsync' has completed, though it needs nothing of it, so that their times add up; start both, and await 'Task.WhenAll'",
                "Each 'TextAsync' waits for the one before it, though it needs nothing of it, so that their times add up; start them all, and await 'Task.WhenAll'",
            ],
            findings.Select(finding => finding.GetMessage()));
    }

    [Theory]
    [InlineData("var a = await Api.GetAsync(1); var b = await Api.")]
    [InlineData("var a = await ; var b = await Api.GetAsync(1);")]
    [InlineData("var a = await Api.GetAsync(1) var b = await Api.GetAsync(2)")]
    [InlineData("foreach (var x in ) await Api.TextAsync(x);")]
    [InlineData("foreach (var x in xs) await Api.")]
    public async Task Half_typed_code_throws_nothing(string code) =>
        Assert.DoesNotContain(await Findings($$"""class C { async Task M(string[] xs) { {{code}} } }""" + Work), finding => finding.Id.StartsWith("AD", StringComparison.Ordinal));
}
