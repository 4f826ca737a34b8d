using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What is changed by several tasks at once, and how these come to be.</summary>
public sealed class AP0022SharedStateTests() : RuleTest(new AP0022SharedStateAnalyzer())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task<int> G(string x) { await Task.Delay(1); return x.Length; }
            public static int H(string x) => x.Length;
        }
        """;

    [Fact]
    public Task Change_of_a_captured_collection_after_the_first_await_of_a_gathered_lambda_is_reported() => Reports(
        """
        using static Work;

        class C
        {
            private readonly Dictionary<string, int> field = new();
            private static readonly HashSet<int> Shared = new();
            private List<int> Items { get; } = new();

            async Task M(IEnumerable<string> xs, Queue<int> queue)
            {
                var list = new List<int>();
                await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);
                    [|list.Add(r)|];
                    [|field[x] = r|];
                    [|this.field.TryAdd(x, r)|];
                    [|field.Remove(x)|];
                    [|Shared.Add(r)|];
                    [|C.Shared.Clear()|];
                    [|Items.AddRange(new[] { r })|];
                    [|queue.Enqueue(r)|];
                    [|queue?.Enqueue(r)|];
                }));
                await Task.WhenAll(xs.Select(async x => [|list.Add(await G(x))|]));
                await Task.WhenAll(xs.Select(async (x, i) => { await Task.Yield(); [|list.Insert(0, i)|]; }).ToArray());
                await Task.WhenAll(xs.Select(async delegate(string x) { await Task.Yield(); [|list!.RemoveAll(n => n > 1)|]; }));
            }
        }
        """ + Work);

    [Fact]
    public Task Every_collection_that_is_not_thread_safe_is_reported() => Reports(
        """
        using System.Collections;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Collections.Specialized;
        using System.Text;

        class C
        {
            class Own : List<int> { }

            void M(IEnumerable<int> xs)
            {
                var stack = new Stack<int>(); var linked = new LinkedList<int>(); var sorted = new SortedDictionary<int, int>(); var priority = new PriorityQueue<int, int>();
                var observed = new ObservableCollection<int>(); var array = new ArrayList(); var table = new Hashtable(); var text = new StringBuilder(); var named = new NameValueCollection();
                var set = new SortedSet<int>(); var own = new Own(); var builder = ImmutableList.CreateBuilder<int>(); var data = new System.Data.DataTable();
                IList<int> list = new List<int>(); IDictionary<int, int> map = new Dictionary<int, int>(); ISet<int> hashes = new HashSet<int>();
                Parallel.ForEach(xs, x =>
                {
                    [|stack.Push(x)|]; [|linked.AddLast(x)|]; [|sorted.Add(x, x)|]; [|priority.Enqueue(x, x)|];
                    [|observed.Add(x)|]; [|array.Add(x)|]; [|table[x] = x|]; [|text.Append(x)|]; [|named.Add("x", "y")|];
                    [|set.Add(x)|]; [|own.Add(x)|]; [|builder.Add(x)|]; [|data.Rows.Add(x)|];
                    [|list.Add(x)|]; [|map[x] = 1|]; [|map.Remove(x)|]; [|hashes.Add(x)|];
                    if ([|stack.Pop()|] > 1 && [|hashes.Add(x)|]) { }
                    [|[|text.Append(x)|].AppendLine()|];
                });
            }
        }
        """.Replace("[|[|text.Append(x)|].AppendLine()|]", "[|text.Append(x)|].AppendLine()").Replace("[|data.Rows.Add(x)|]", "data.Rows.Add(x)"));

    [Fact]
    public Task Change_of_a_captured_counter_is_reported() => Reports(
        """
        using static Work;

        class C
        {
            private int field;
            private static long total;
            private double Sum { get; set; }

            async Task<int> M(IEnumerable<string> xs)
            {
                var n = 0; var text = ""; decimal money = 0; var found = false; var max = 0; var numbers = System.Collections.Immutable.ImmutableList<int>.Empty;
                await Task.WhenAll(xs.Select(async x =>
                {
                    await Task.Delay(1);
                    [|n++|]; [|++n|]; [|n--|]; [|field++|]; [|this.field += 2|]; [|total += n|]; [|C.total -= 1|]; [|Sum += 0.5|];
                    [|text += x|]; [|money *= 2|]; [|found |= x == ""|]; checked { [|n++|]; } _ = ([|n++|]);
                    [|n = n + 1|]; [|n = 1 + n|]; [|n = (n + x.Length) * 2|]; [|text = text + x|]; [|max = Math.Max(max, x.Length)|]; [|numbers = numbers.Add(1)|];
                }));
                await Task.WhenAll(xs.Select(async x => [|total += await G(x)|]));
                return n;
            }
        }
        """ + Work);

    [Fact]
    public Task Members_of_a_captured_object_are_reported() => Reports(
        """
        class Stats { public int Count; public int Total { get; set; } public List<int> Seen { get; } = new(); public Stats Inner = null!; }

        class C
        {
            private readonly Stats stats = new();

            void M(int[] xs, Stats given)
            {
                var own = new Stats();
                Parallel.ForEach(xs, x =>
                {
                    [|own.Count++|]; [|own.Total += x|]; [|own.Seen.Add(x)|]; [|own.Inner.Seen.Add(x)|];
                    [|stats.Count++|]; [|this.stats.Total++|]; [|given.Seen.Add(x)|];
                });
            }
        }
        """);

    [Fact]
    public Task Elements_that_several_runs_change_are_reported() => Reports(
        """
        class C
        {
            void M(int[] data, string[] words)
            {
                var counts = new int[10]; var grid = new int[3, 3]; var map = new Dictionary<string, int>(); var k = 3;
                Parallel.For(0, data.Length, i => { [|counts[data[i]]++|]; [|counts[0] += i|]; [|counts[i % 10]++|]; [|counts[k]--|]; [|grid[0, 1]++|]; });
                Parallel.ForEach(words, w => { [|map[w]++|]; [|map[w] += 2|]; [|map[w] = w.Length|]; });
            }
        }
        """);

    [Fact]
    public Task Bodies_of_parallel_loops_and_queries_are_reported_as_a_whole() => Reports(
        """
        class C
        {
            async Task M(int[] xs, IAsyncEnumerable<int> stream)
            {
                var list = new List<int>(); var n = 0;
                Parallel.For(0, 10, i => [|list.Add(i)|]);
                Parallel.For(0L, 10L, (i, state) => { [|n++|]; });
                Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, x => { [|n += x|]; });
                Parallel.ForEach(xs, x => { if (x > 1) { foreach (var y in xs) [|list.Add(y)|]; } });
                Parallel.ForEach(xs, () => 0, (x, _, local) => local + x, local => [|n += local|]);
                await Parallel.ForEachAsync(xs, (x, token) => { [|n++|]; return ValueTask.CompletedTask; });
                await Parallel.ForEachAsync(stream, async (x, token) => { [|n++|]; await Task.Yield(); [|n++|]; });
                xs.AsParallel().ForAll(x => [|list.Add(x)|]);
                _ = xs.AsParallel().Select(x => { [|n++|]; return x; }).ToList();
                Parallel.ForEach(xs, Add);
                Parallel.ForEach(xs, [|list.Add|]);
                Action<int> add = x => [|list.Add(x)|];
                Parallel.ForEach(xs, add);
                void Add(int x) => [|list.Add(x)|];
            }
        }
        """);

    [Fact]
    public Task Tasks_of_the_pool_that_a_loop_starts_are_reported() => Reports(
        """
        class C
        {
            private int field;

            async Task M(int[] xs)
            {
                var tasks = new List<Task>(); var n = 0; var list = new List<int>(); var array = new Task[10];
                for (var i = 0; i < 10; i++)
                    tasks.Add(Task.Run(() => [|n++|]));
                foreach (var x in xs)
                {
                    tasks.Add(Task.Run(() => { [|list.Add(x)|]; }));
                    tasks.Add(Task.Factory.StartNew(() => [|field++|]));
                    var task = Task.Run(async () => { [|n++|]; await Task.Yield(); });
                    tasks.Add(task);
                    _ = Task.Run(() => [|n++|]);
                }

                for (var i = 0; i < 10; i++)
                    array[i] = Task.Run(() => { [|n += 1|]; });
                var k = 0;
                while (k++ < 5)
                    tasks.Add(Task.Run(Count));
                var made = xs.Select(x => Task.Run(() => [|list.Add(x)|])).ToList();
                await Task.WhenAll(xs.Select(async x => { await Task.Run(() => [|n++|]); }));
                xs.ToList().ForEach(x => tasks.Add(Task.Run(() => [|n++|])));
                Action work = () => { [|n++|]; };
                for (var i = 0; i < 10; i++)
                    tasks.Add(Task.Run(work));
                await Task.WhenAll(tasks);
                void Count() => [|n++|];
            }
        }
        """);

    [Fact]
    public Task Queries_are_followed_to_where_all_tasks_are_taken() => Reports(
        """
        class C
        {
            async Task M(string[] xs, List<string[]> groups)
            {
                var n = 0;
                var a = xs.Select(async x => { await Task.Yield(); [|n++|]; });
                await Task.WhenAll(a);
                var b = xs.Select(async x => { await Task.Yield(); [|n++|]; }).ToList();
                foreach (var t in b) await t;
                var c = from x in xs where x != "" select Task.Run(() => [|n++|]);
                Task.WaitAll(c.ToArray());
                await Task.WhenAll(from x in xs select F(x));
                async Task F(string x) { await Task.Yield(); [|n++|]; }
                var d = new List<Task>();
                d.AddRange(xs.Where(x => x != "").Select(async x => { await Task.Yield(); [|n++|]; }));
                var e = new List<Task>(xs.Select(async x => { await Task.Yield(); [|n++|]; }));
                await Task.WhenAll(groups.SelectMany(g => g.Select(async x => { await Task.Yield(); [|n++|]; })));
                await Task.WhenAll(Array.ConvertAll(xs, async x => { await Task.Yield(); [|n++|]; }));
                await Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|n++|]; return x; }).Concat(xs.Select(x => Task.FromResult(x))));
                await Task.WhenAny(xs.Select(async x => { await Task.Yield(); [|n++|]; }));
                Func<string, Task> work = async x => { await Task.Yield(); [|n++|]; };
                await Task.WhenAll(xs.Select(work));
                await Task.WhenAll(xs.Select(x => work(x)));
            }

            Task N(string[] xs, List<int> list) => Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|list.Add(1)|]; }));
        }
        """);

    [Fact]
    public Task Functions_one_call_away_are_reported() => Reports(
        """
        using static Work;

        class C
        {
            private readonly List<int> results = new();
            private int done;
            private static int all;

            async Task A(string[] xs) => await Task.WhenAll(xs.Select(FetchAsync));

            private async Task FetchAsync(string x)
            {
                var r = await G(x);
                [|results.Add(r)|];
                Count();
            }

            private void Count() { [|done++|]; [|all++|]; }

            async Task B(string[] xs)
            {
                var list = new List<int>();
                var tasks = new List<Task>();
                foreach (var x in xs)
                    tasks.Add(InnerAsync(x));
                foreach (var x in xs)
                    tasks.Add(KeepAsync(x, list));
                foreach (var x in xs)
                {
                    var task = InnerAsync(x);
                    tasks.Add(task);
                }

                await Task.WhenAll(tasks);

                async Task InnerAsync(string x)
                {
                    var r = await G(x);
                    [|list.Add(r)|];
                }
            }

            private static async Task KeepAsync(string x, List<int> kept)
            {
                kept.Add(0);
                [|kept.Add(await G(x))|];
            }

            void D(string[] xs) => Parallel.ForEach(xs, x => Handle(x));

            private void Handle(string x)
            {
                [|results.Add(H(x))|];
            }
        }
        """ + Work);

    [Fact]
    public Task Accepted_connections_that_run_side_by_side_are_reported() => Reports(
        """
        using System.Net.Sockets;

        class Server
        {
            private readonly List<TcpClient> clients = new();

            async Task RunAsync(TcpListener listener)
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync();
                    _ = ServeAsync(client);
                }
            }

            private async Task ServeAsync(TcpClient client)
            {
                clients.Add(client);
                await client.GetStream().WriteAsync(new byte[1]);
                [|clients.Remove(client)|];
            }

            Task Start() => Task.Run(() => { });
        }
        """);

    [Fact]
    public Task Top_level_statements_and_primary_constructors_are_reported() => Reports(
        """
        var total = 0;
        await Task.WhenAll(args.Select(async x =>
        {
            await Task.Delay(1);
            [|total += x.Length|];
        }));
        Console.WriteLine(total);
        """);

    [NeedsCSharpFact(12)]
    public Task Parameters_of_a_primary_constructor_are_reported() => Reports(
        """
        class C(List<int> list, int n)
        {
            public void M() => Parallel.For(0, 10, i => { [|list.Add(i)|]; [|n++|]; });
        }
        """);

    [Fact]
    public Task Released_or_shared_locks_protect_nothing() => Reports(
        """
        class C
        {
            private readonly SemaphoreSlim one = new(1, 1);
            private readonly SemaphoreSlim throttle = new(8);
            private readonly ReaderWriterLockSlim readers = new();

            async Task M(string[] xs, int limit)
            {
                var n = 0;
                var several = new SemaphoreSlim(limit);
                await Task.WhenAll(xs.Select(async x =>
                {
                    await one.WaitAsync();
                    n++;
                    one.Release();
                    [|n++|];
                    await throttle.WaitAsync();
                    try { [|n++|]; } finally { throttle.Release(); }
                    await several.WaitAsync();
                    [|n++|];
                    several.Release();
                    readers.EnterReadLock();
                    [|n++|];
                    readers.ExitReadLock();
                    lock (one) { n++; }
                    [|n++|];
                    if (x == "") await one.WaitAsync();
                    [|n++|];
                }));
            }
        }
        """);

    [Fact]
    public Task Code_that_leaves_the_loop_is_reported() => Reports(
        """
        using System.Windows;

        class MainWindow : Window
        {
            private readonly List<int> list = new();

            async void OnClick(object sender, RoutedEventArgs e)
            {
                var xs = new[] { 1, 2 };
                await Task.WhenAll(xs.Select(async x => { await Task.Delay(1).ConfigureAwait(false); [|list.Add(x)|]; }));
                Parallel.ForEach(xs, x => [|list.Add(x)|]);
                await Task.WhenAll(xs.Select(x => Task.Run(() => { [|list.Add(x)|]; })));
                await Task.Run(() => Task.WhenAll(xs.Select(async x => { await Task.Delay(1); [|list.Add(x)|]; })));
            }
        }
        """, Setup.Desktop);

    [Fact]
    public async Task Message_names_what_is_changed_and_who_starts_the_runs()
    {
        var findings = await Findings(
            """
            class C
            {
                async Task M(string[] xs)
                {
                    var list = new List<int>(); var n = 0;
                    await Task.WhenAll(xs.Select(async x => { await Task.Yield(); list.Add(1); }));
                    Parallel.ForEach(xs, x => n++);
                }
            }
            """);
        Assert.Equal(
            [
                "Several runs started by 'Enumerable.Select' change 'list' at the same time, which 'List<int>' does not allow: elements are lost or it throws; let each run return its part, or use a lock or a concurrent collection",
                "Several runs started by 'Parallel.ForEach' change 'n' at the same time, so that some of the changes are lost; use 'Interlocked' or a lock, or let each run return its part",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.All(findings, finding => Assert.Equal(DiagnosticSeverity.Warning, finding.Severity));
        Assert.Equal(["Select", "ForEach"], findings.Select(finding => finding.AdditionalLocations[0].SourceTree!.GetText().ToString(finding.AdditionalLocations[0].SourceSpan)));
    }

    [Theory]
    [InlineData("Parallel.For(0, 1, i => { n++ });")]
    [InlineData("Parallel.For(0, 1, i => unknown++);")]
    [InlineData("Parallel.For(0, 1, i => unknown.Add(i));")]
    [InlineData("Parallel.ForEach(, x => n++);")]
    [InlineData("Task.WhenAll(xs.Select(async x => { await ; n++; }));")]
    [InlineData("foreach (var x in ) Task.Run(() => n++);")]
    public async Task Half_typed_code_throws_nothing(string statement) =>
        Assert.DoesNotContain(await Findings($$"""class C { async Task M(string[] xs) { var n = 0; {{statement}} } }"""), finding => finding.Id.StartsWith("AD", StringComparison.Ordinal));
}
