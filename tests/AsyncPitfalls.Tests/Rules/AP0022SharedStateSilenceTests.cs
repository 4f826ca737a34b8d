using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What is protected, not shared, or changed by one task at a time.</summary>
public sealed class AP0022SharedStateSilenceTests() : RuleTest(new AP0022SharedStateAnalyzer())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task<int> G(string x) { await Task.Delay(1); return x.Length; }
        }
        """;

    [Fact]
    public Task Uses_of_a_method_are_looked_for_in_a_member_of_a_hundred_lines() => Reports(WithMemberOf(lines: 100, "[|n++|]"));

    [Fact]
    public Task Uses_of_a_method_are_not_looked_for_in_a_member_of_a_thousand_lines() => Silent(WithMemberOf(lines: 1_000, "n++"));

    [Fact]
    public Task What_runs_before_the_first_await_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly List<int> list = new();

            async Task M(string[] xs)
            {
                var n = 0;
                await Task.WhenAll(xs.Select(async x => { n++; list.Add(n); await G(x); }));
                await Task.WhenAll(xs.Select(x => { n++; return G(x); }));
                await Task.WhenAll(xs.Select(FetchAsync));
                var tasks = new List<Task>();
                foreach (var x in xs)
                {
                    n++;
                    tasks.Add(FetchAsync(x));
                }

                await Task.WhenAll(tasks);
            }

            private async Task FetchAsync(string x)
            {
                list.Add(1);
                await G(x);
            }
        }
        """ + Work);

    [Fact]
    public Task Tasks_that_run_one_after_another_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            private int field;

            async Task M(string[] xs)
            {
                var n = 0; var list = new List<int>();
                foreach (var task in xs.Select(async x => { await Task.Yield(); n++; }))
                    await task;
                foreach (var x in xs)
                {
                    await Task.Run(() => n++);
                    Task.Run(() => list.Add(1)).Wait();
                    var held = Task.Run(() => n++);
                    await held;
                    var one = CountAsync();
                    await Task.WhenAny(one, Task.Delay(1));
                    await CountAsync();
                    n += await G(x);
                }

                await Task.Run(() => n++);
                await Task.WhenAll(G(""), G(""));
                await xs.Aggregate(Task.CompletedTask, async (before, x) => { await before; n++; });
            }

            private async Task CountAsync() { await Task.Yield(); field++; }
        }
        """ + Work);

    [Fact]
    public Task Locks_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            private readonly object gate = new();
            private readonly SemaphoreSlim one = new(1, 1);
            private readonly SemaphoreSlim given;
            private readonly ReaderWriterLockSlim writers = new();
            private readonly Mutex mutex = new();
            private SpinLock spin = new();

            public C(SemaphoreSlim given) => this.given = given;

            async Task M(string[] xs)
            {
                var n = 0; var list = new List<int>();
                await Task.WhenAll(xs.Select(async x =>
                {
                    var r = await G(x);
                    lock (gate) { list.Add(r); n++; }
                    lock (list) list.Add(r);
                    await one.WaitAsync();
                    try { list.Add(await G(x)); } finally { one.Release(); }
                    await given.WaitAsync().ConfigureAwait(false);
                    try { n++; if (n > 3) return; } finally { given.Release(); }
                    Add(r);
                    await LockedAsync(() => n++);
                }));
                Parallel.ForEach(xs, x =>
                {
                    Monitor.Enter(gate);
                    try { n++; } finally { Monitor.Exit(gate); }
                    writers.EnterWriteLock();
                    try { list.Add(1); } finally { writers.ExitWriteLock(); }
                    mutex.WaitOne();
                    n++;
                    mutex.ReleaseMutex();
                    var taken = false;
                    spin.Enter(ref taken);
                    n++;
                    spin.Exit();
                    one.Wait();
                    foreach (var y in xs) { n++; Count(); }
                    one.Release();
                    Monitor.Enter(gate);
                    Monitor.Enter(list);
                    n++;
                    Monitor.Exit(list);
                    n++;
                    Monitor.Exit(gate);
                });

                void Add(int r) { lock (gate) list.Add(r); }
                void Count() => n++;
            }

            private async Task LockedAsync(Action action)
            {
                await one.WaitAsync();
                try { action(); } finally { one.Release(); }
            }

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]
            private void Synchronized() => field++;

            private int field;

            void N(string[] xs) => Parallel.ForEach(xs, _ => Synchronized());
        }
        """ + Work);

    [Fact]
    public Task Scopes_of_locks_are_silent() => Silent(
        """
        namespace Nito.AsyncEx { public class AsyncLock { public Task<IDisposable> LockAsync() => null!; } }

        class Gate { public ValueTask<IDisposable> AcquireAsync() => default; public void Enter() { } public void Exit() { } }

        class C
        {
            private readonly Nito.AsyncEx.AsyncLock mutex = new();
            private readonly Gate gate = new();

            async Task M(string[] xs)
            {
                var n = 0;
                await Task.WhenAll(xs.Select(async x =>
                {
                    using (await mutex.LockAsync()) { n++; }
                    using (await gate.AcquireAsync()) n++;
                    using var held = await mutex.LockAsync();
                    n++;
                }));
                Parallel.ForEach(xs, x => { gate.Enter(); n++; gate.Exit(); });
            }
        }
        """);

    [Fact]
    public Task Atomic_operations_and_concurrent_collections_are_silent() => Silent(
        """
        using System.Collections;
        using System.Collections.Concurrent;
        using System.Collections.Immutable;
        using System.Threading.Channels;

        class C
        {
            private readonly IDictionary<string, int> map = new ConcurrentDictionary<string, int>();
            private readonly ICollection<string> given;

            public C(ICollection<string> given) => this.given = given;

            class Locked : List<int> { public new void Add(int x) { lock (this) base.Add(x); } }
            class Guarded : System.Collections.ObjectModel.Collection<int> { protected override void InsertItem(int index, int item) { lock (this) base.InsertItem(index, item); } }

            async Task M(string[] xs)
            {
                int n = 0, last = 0, started = 0; long total = 0;
                var bag = new ConcurrentBag<int>(); var dictionary = new ConcurrentDictionary<string, int>(); var immutable = ImmutableList<int>.Empty; var channel = Channel.CreateUnbounded<int>();
                var table = Hashtable.Synchronized(new Hashtable()); var locked = new Locked(); var guarded = new Guarded();
                await Task.WhenAll(xs.Select(async x =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref n);
                    Interlocked.Add(ref total, n);
                    bag.Add(1);
                    dictionary[x] = 1;
                    dictionary.AddOrUpdate(x, 1, (_, old) => old + 1);
                    ImmutableInterlocked.Update(ref immutable, list => list.Add(1));
                    map[x] = 1;
                    map.Remove(x);
                    given.Add(x);
                    table[x] = 1;
                    locked.Add(1);
                    guarded.Add(1);
                    last = x.Length;
                    await channel.Writer.WriteAsync(1);
                    if (Interlocked.Exchange(ref started, 1) == 0) last++;
                    if (Interlocked.Decrement(ref n) == 0) { last++; }
                }));
            }
        }
        """);

    [Fact]
    public Task Elements_by_distinct_index_are_silent() => Silent(
        """
        class C
        {
            async Task M(string[] xs, List<int> sizes)
            {
                var results = new int[xs.Length]; var grid = new int[3, 3]; var tasks = new List<Task>();
                await Task.WhenAll(xs.Select(async (x, i) => { await Task.Yield(); results[i] = 1; results[i]++; results[i + 1] += 2; }));
                Parallel.For(0, xs.Length, i => { results[i]++; results[i] += i; sizes[i] = i; grid[i, 0]++; for (var j = 0; j < 3; j++) grid[i, j]++; });
                for (var i = 0; i < 3; i++)
                {
                    var copy = i;
                    tasks.Add(Task.Run(() => { results[copy]++; results[copy] = 3; }));
                }

                foreach (var i in sizes)
                    tasks.Add(Task.Run(() => results[i]++));
                await Task.WhenAll(xs.Select((x, i) => (x, i)).Select(async pair => { await Task.Yield(); results[pair.i] = 1; results[0] = 2; }));
            }
        }
        """);

    [Fact]
    public Task What_each_run_has_of_its_own_is_silent() => Silent(
        """
        class Item { public int Count { get; set; } public List<int> Parts { get; } = new(); public async Task LoadAsync() { await Task.Yield(); Count++; Parts.Add(1); } }

        class C
        {
            [ThreadStatic] private static int perThread;
            private readonly ThreadLocal<List<int>> local = new(() => new());
            private readonly AsyncLocal<List<int>> flow = new();
            private List<int> Fresh => new();

            async Task M(Item[] items)
            {
                var tasks = new List<Task>();
                await Task.WhenAll(items.Select(async item => { var mine = new List<int>(); var n = 0; await Task.Yield(); mine.Add(1); n++; item.Count++; item.Parts.Add(n); }));
                await Task.WhenAll(items.Select(item => item.LoadAsync()));
                Parallel.ForEach(items, () => new List<int>(), (item, _, own) => { own.Add(1); return own; }, own => { own.Clear(); });
                Parallel.ForEach(items, item => { perThread++; local.Value!.Add(1); flow.Value!.Add(1); Fresh.Add(1); });
                foreach (var item in items)
                {
                    var n = 0; var list = new List<int>();
                    tasks.Add(Task.Run(() => { n++; list.Add(1); item.Count++; }));
                    tasks.Add(CountAsync(new List<int>()));
                }

                Parallel.ForEach(items, item => { var list = new List<int>(); foreach (var part in item.Parts) list.Add(part); list.ForEach(x => list.Remove(x)); });
                await Task.WhenAll(items.Select(async item => { var part = new Item(); await Task.Yield(); part.Parts.Add(1); part = new Item { Count = part.Count + 1, Parts = { 1 } }; }));
                _ = nameof(perThread);
            }

            private static async Task CountAsync(List<int> list) { await Task.Yield(); list.Add(1); }
        }
        """);

    [Fact]
    public Task One_at_a_time_by_option_is_silent() => Silent(
        """
        class C
        {
            async Task M(int[] xs)
            {
                var n = 0; var one = new ParallelOptions { MaxDegreeOfParallelism = 1 };
                Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 1 }, x => n++);
                Parallel.ForEach(xs, one, x => n++);
                await Parallel.ForEachAsync(xs, one, async (x, token) => { await Task.Yield(); n++; });
                xs.AsParallel().WithDegreeOfParallelism(1).ForAll(x => n++);
                var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
                foreach (var x in xs)
                    _ = Task.Factory.StartNew(() => n++, default, TaskCreationOptions.None, exclusive);
            }
        }
        """);

    [Fact]
    public Task Loops_of_user_interfaces_are_silent() => Silent(
        """
        using System.Windows;

        class MainWindow : Window
        {
            private readonly List<int> list = new();
            private int n;

            async void OnClick(object sender, RoutedEventArgs e)
            {
                var xs = new[] { 1, 2 };
                await Task.WhenAll(xs.Select(async x => { await Task.Delay(1); list.Add(x); }));
                await Task.WhenAll(xs.Select(LoadAsync));
                var tasks = new List<Task>();
                foreach (var x in xs)
                    tasks.Add(LoadAsync(x));
                await Task.WhenAll(tasks);
                await RefreshAsync();
            }

            private async Task LoadAsync(int x) { await Task.Delay(1); n++; }

            public Task RefreshAsync() => Task.WhenAll(list.Select(async x => { await Task.Yield(); n += x; }));
        }

        class Model
        {
            private int n;

            public Model(Window window) => window.Loaded += async (_, _) => await LoadAllAsync();

            private Task LoadAllAsync() => Task.WhenAll(Enumerable.Range(0, 3).Select(async x => { await Task.Yield(); n++; }));
        }
        """, Setup.Desktop);

    [Fact]
    public Task Loops_of_AsyncContext_are_silent() => Silent(
        """
        namespace Nito.AsyncEx { public static class AsyncContext { public static void Run(Func<Task> f) { } } }

        static class Program
        {
            static int n;

            static void Main(string[] args)
            {
                Nito.AsyncEx.AsyncContext.Run(() => MainAsync(args));
                Nito.AsyncEx.AsyncContext.Run(async () => await Task.WhenAll(args.Select(async x => { await Task.Yield(); n++; })));
                Nito.AsyncEx.AsyncContext.Run(OtherAsync);
            }

            private static async Task MainAsync(string[] args) => await Task.WhenAll(args.Select(async x => { await Task.Yield(); n++; }));

            private static async Task OtherAsync() => await Task.WhenAll(Enumerable.Range(0, 3).Select(async x => { await Task.Yield(); n++; }));
        }
        """);

    [Fact]
    public Task What_somebody_else_runs_is_silent() => Silent(
        """
        class Batch { public Task Run(IEnumerable<Task> tasks) => Task.CompletedTask; public void Post(Action action) { } }

        class C
        {
            async Task M(int[] xs, Batch batch, SynchronizationContext context)
            {
                var n = 0;
                await batch.Run(xs.Select(async x => { await Task.Yield(); n++; }));
                Parallel.ForEach(xs, x => { batch.Post(() => n++); context.Send(_ => n++, null); });
                foreach (var x in xs)
                    await batch.Run(new[] { Task.Run(() => n++) });
                System.Linq.Expressions.Expression<Action<int>> tree = x => xs.ToList().Add(x);
            }
        }
        """);

    [Fact]
    public Task Look_alikes_are_silent() => Silent(
        """
        namespace Mine
        {
            static class Parallel { public static void ForEach<T>(IEnumerable<T> xs, Action<T> action) { foreach (var x in xs) action(x); } }
            class List<T> { public void Add(T item) { } }
            class Task { public static void Run(Action action) => action(); public static System.Threading.Tasks.Task WhenAll(IEnumerable<System.Threading.Tasks.Task> tasks) => null!; }

            class C
            {
                void M(int[] xs)
                {
                    var n = 0; var list = new List<int>();
                    Parallel.ForEach(xs, x => n++);
                    System.Threading.Tasks.Parallel.ForEach(xs, x => list.Add(x));
                    foreach (var x in xs)
                        Task.Run(() => n++);
                    Task.WhenAll(xs.Select(async x => { await System.Threading.Tasks.Task.Yield(); n++; }));
                    xs.ToList().ForEach(list.Add);
                }
            }
        }
        """);

    private static string WithMemberOf(int lines, string counting) =>
        $$"""
        class C
        {
            private int n;

            async Task M(string[] xs)
            {
                var sum = 0;
                {{string.Concat(Enumerable.Repeat("        sum += xs.Length;\n", lines))}}
                await Task.WhenAll(xs.Select(x => CountAsync(x)));
            }

            private async Task CountAsync(string x)
            {
                await Work.G(x);
                {{counting}};
            }
        }
        """ + Work;
}
