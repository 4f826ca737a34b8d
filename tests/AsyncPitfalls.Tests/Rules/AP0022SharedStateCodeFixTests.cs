using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Atomic changes, returned parts, and bags.</summary>
public sealed class AP0022SharedStateCodeFixTests() : RuleTest(new AP0022SharedStateAnalyzer(), new AP0022SharedStateCodeFix())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task<int> G(string x) { await Task.Delay(1); return x.Length; }
        }
        """;

    [Fact]
    public Task Counters_are_changed_atomically() => Fixes(
        """
        using static Work;

        class C
        {
            private int field;
            private static long total;
            private ulong large;

            async Task M(string[] xs)
            {
                var n = 0; var counts = new int[3];
                await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);
                    [|n++|]; // one more
                    [|++this.field|];
                    [|n--|];
                    [|total += r|];
                    [|total -= r + 1|];
                    [|n -= 2|];
                    [|n = n + r|];
                    [|n = r + n|];
                    [|n = n - r|];
                    [|C.total++|];
                    [|large++|];
                    [|counts[r % 3]++|];
                    var old = [|n++|];
                    Console.WriteLine([|n--|] * 2);
                    Console.WriteLine([|n += r|]);
                    [|n /* b */ += /* c */ r|] /* d */; /* e */
                }));
                await Task.WhenAll(xs.Select(async x => [|field += await G(x)|]));
                Parallel.ForEach(xs, x => [|n++|]);
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            private int field;
            private static long total;
            private ulong large;

            async Task M(string[] xs)
            {
                var n = 0; var counts = new int[3];
                await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);
                    Interlocked.Increment(ref n); // one more
                    Interlocked.Increment(ref this.field);
                    Interlocked.Decrement(ref n);
                    Interlocked.Add(ref total, r);
                    Interlocked.Add(ref total, -(r + 1));
                    Interlocked.Add(ref n, -2);
                    Interlocked.Add(ref n, r);
                    Interlocked.Add(ref n, r);
                    Interlocked.Add(ref n, -r);
                    Interlocked.Increment(ref C.total);
                    Interlocked.Increment(ref large);
                    Interlocked.Increment(ref counts[r % 3]);
                    var old = Interlocked.Increment(ref n) - 1;
                    Console.WriteLine((Interlocked.Decrement(ref n) + 1) * 2);
                    Console.WriteLine(Interlocked.Add(ref n, r));
                    Interlocked.Add(ref n, r) /* b */ /* c */ /* d */; /* e */
                }));
                await Task.WhenAll(xs.Select(async x => Interlocked.Add(ref field, await G(x))));
                Parallel.ForEach(xs, x => Interlocked.Increment(ref n));
            }
        }
        """ + Work);

    // The import adder of the oldest Roslyn ends the line with CRLF, whatever the file does.
    [NeedsCSharpFact(12)]
    public Task A_missing_using_is_added() => Fixes(
        """
        using System.Threading.Tasks;

        class C
        {
            void M(int[] xs)
            {
                var n = 0;
                Parallel.ForEach(xs, x => [|n++|]);
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            void M(int[] xs)
            {
                var n = 0;
                Parallel.ForEach(xs, x => Interlocked.Increment(ref n));
            }
        }
        """,
        setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task What_Interlocked_has_no_method_for_gets_no_fix() => OffersNoFix(
        """
        class C
        {
            private int Count { get; set; }

            void M(int[] xs, uint given)
            {
                var money = 0m; var sum = 0.0; var text = ""; short small = 0; var flag = false; var max = 0; int? none = 0; var n = 0; var map = new Dictionary<int, int>();
                Parallel.ForEach(xs, x =>
                {
                    [|money += x|]; [|sum += x|]; [|text += x|]; [|small++|]; [|flag |= x > 1|]; [|max = Math.Max(max, x)|]; [|none++|];
                    [|n *= 2|]; checked { [|n++|]; } [|Count++|]; [|n = n * 2 + 1|]; [|n += (int)(long)x + 0L > 1 ? 1 : 2|]; [|map[x]++|]; [|given -= 1|];
                });
            }
        }
        """.Replace("[|n += (int)(long)x + 0L > 1 ? 1 : 2|]; ", ""));

    [Fact]
    public Task Each_task_returns_its_part() => Fixes(
        """
        using static Work;

        class C
        {
            private readonly List<int> field = new();

            async Task<List<int>> M(string[] xs)
            {
                var list = new List<int>();
                // all of them
                await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);

                    // keep it
                    [|list.Add(r)|]; // kept
                })); // done
                await Task.WhenAll(xs.Select(async x => [|list.Add(await G(x))|]));
                await Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|this.field.Add(x.Length)|]; }).ToList()).ConfigureAwait(false);
                var tasks = xs.Select(async x =>
                {
                    [|list.Add(await G(x))|];
                }).ToArray();
                await Task.WhenAll(tasks);
                var objects = new List<object>();
                await Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|objects.Add(x)|]; }));
                var set = new HashSet<int>();
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); [|set.Add(r)|]; }));
                list.Sort();
                return list;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            private readonly List<int> field = new();

            async Task<List<int>> M(string[] xs)
            {
                var list = new List<int>();
                // all of them
                list.AddRange(await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);

                    // keep it
                    return r; // kept
                }))); // done
                list.AddRange(await Task.WhenAll(xs.Select(async x => await G(x))));
                this.field.AddRange(await Task.WhenAll(xs.Select(async x => { await Task.Yield(); return x.Length; }).ToList()).ConfigureAwait(false));
                var tasks = xs.Select(async x =>
                {
                    return await G(x);
                }).ToArray();
                list.AddRange(await Task.WhenAll(tasks));
                var objects = new List<object>();
                objects.AddRange(await Task.WhenAll(xs.Select(async x => { await Task.Yield(); return x; })));
                var set = new HashSet<int>();
                set.UnionWith(await Task.WhenAll(xs.Select(async x => { var r = await G(x); return r; })));
                list.Sort();
                return list;
            }
        }
        """ + Work,
        "AP0022_Return");

    [Fact]
    public Task Parts_that_cannot_be_returned_are_left() => OffersNoFix(
        """
        using static Work;

        class C
        {
            async Task<List<int>> M(string[] xs)
            {
                var list = new List<int>(); var map = new Dictionary<string, int>(); var longs = new List<long>();
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); if (r > 1) [|list.Add(r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); if (r > 1) return; [|list.Add(r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); [|list.Add(r)|]; [|list.Add(r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); if (!list.Contains(r)) Console.WriteLine(r); [|list.Add(r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); [|map.Add(x, r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); [|longs.Add(r)|]; }));
                await Task.WhenAll(xs.Select(async x => { var r = await G(x); [|list.Add(r)|]; return r; }));
                var all = Task.WhenAll(xs.Select(async x => { var r = await G(x); [|list.Add(r)|]; }));
                await all;
                Parallel.ForEach(xs, x => [|list.Add(1)|]);
                longs.Sort();
                list.Sort();
                return list;
            }
        }
        """ + Work);

    [Fact]
    public Task A_list_that_is_only_filled_and_enumerated_becomes_a_bag() => Fixes(
        """
        class C
        {
            private readonly List<int> kept = new List<int>();
            private List<string> names = new();

            public int Count => kept.Count;

            IEnumerable<int> M(int[] xs)
            {
                var list = new List<int>();
                List<int> sized = new List<int>(10); // sized
                Parallel.ForEach(xs, x => { [|list.Add(x)|]; [|sized.Add(x)|]; [|kept.Add(x)|]; [|names.Add("")|]; });
                foreach (var x in list)
                    Console.WriteLine(x + list.Count + string.Join(", ", list) + sized.Sum() + names.ToArray().Length);
                return list.Where(x => x > 1).ToList();
            }
        }
        """,
        """
        using System.Collections.Concurrent;

        class C
        {
            private readonly ConcurrentBag<int> kept = new ConcurrentBag<int>();
            private ConcurrentBag<string> names = new();

            public int Count => kept.Count;

            IEnumerable<int> M(int[] xs)
            {
                var list = new ConcurrentBag<int>();
                ConcurrentBag<int> sized = new ConcurrentBag<int>(); // sized
                Parallel.ForEach(xs, x => { list.Add(x); sized.Add(x); kept.Add(x); names.Add(""); });
                foreach (var x in list)
                    Console.WriteLine(x + list.Count + string.Join(", ", list) + sized.Sum() + names.ToArray().Length);
                return list.Where(x => x > 1).ToList();
            }
        }
        """,
        "AP0022_Bag");

    [Fact]
    public Task A_list_that_is_used_as_one_stays_one() => OffersNoFix(
        """
        class C
        {
            public readonly List<int> Open = new();
            private readonly List<int> kept = new();

            public List<int> Kept => kept;

            List<int> M(int[] xs)
            {
                var returned = new List<int>(); var indexed = new List<int>(); var sorted = new List<int>(); var first = new List<int>(); var copy = xs.ToList();
                Parallel.ForEach(xs, x => { [|returned.Add(x)|]; [|indexed.Add(x)|]; [|sorted.Add(x)|]; [|first.Add(x)|]; [|copy.Add(x)|]; [|Open.Add(x)|]; [|kept.Add(x)|]; });
                sorted.Sort();
                Console.WriteLine(indexed[0] + first.First());
                return returned;
            }
        }
        """);

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(["Use 'Interlocked.Increment'"], await Titles("class C { void M() { var n = 0; Parallel.For(0, 9, i => { [|n++|]; }); } }"));
        Assert.Equal(
            ["Return the values and add them to 'list' after 'Task.WhenAll'", "Make 'list' a 'ConcurrentBag'"],
            await Titles("class C { async Task M(int[] xs) { var list = new List<int>(); await Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|list.Add(x)|]; })); } }"));
    }
}
