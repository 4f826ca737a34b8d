using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Queries and collections of tasks that nobody awaits.</summary>
public sealed class AP0007TaskBatchTests() : RuleTest(new AP0007UnobservedTaskAnalyzer())
{
    private const string Work =
        """

        === Test/Work.cs
        class Work
        {
            public static async Task FAsync() => await Task.Delay(1);
            public static async Task<int> GAsync(int n) { await Task.Delay(n); return n; }
            public static async ValueTask<int> VAsync(int n) { await Task.Delay(n); return n; }
        }
        """;

    [Fact]
    public Task Queries_that_nobody_enumerates_are_found() => Reports(
        """
        using static Work;

        class C
        {
            void M(int[] xs)
            {
                var a = [|xs.Select(x => GAsync(x))|];
                var b = [|xs.Select(GAsync)|];
                var c = [|xs.Select(async x => await GAsync(x))|];
                var d = [|xs.Select(x => { Console.WriteLine(); return GAsync(x); })|];
                var e = [|from x in xs select GAsync(x)|];
                var f = [|from x in xs where x > 1 orderby x select VAsync(x)|];
                var g = [|from x in xs from y in xs select GAsync(x + y)|];
                IEnumerable<Task> h = [|xs.Select(x => GAsync(x))|];
                var i = [|xs.Select(x => GAsync(x))|].Where(t => t.IsCompleted).Take(2);
                var j = [|xs.AsParallel().Select(x => GAsync(x))|];
                [|xs.Select(GAsync)|];
            }
        }
        """ + Work);

    [Fact]
    public Task Collections_that_nobody_awaits_are_found() => Reports(
        """
        using static Work;

        class C
        {
            void M(int[] xs, bool b)
            {
                var a = [|xs.Select(GAsync)|].ToList();
                var c = [|xs.Select(GAsync)|].Where(t => b).ToArray();
                [|xs.Select(GAsync)|].ToList();
                [|xs?.Select(GAsync)|].ToList();
                var d = [|new List<Task> { FAsync(), FAsync() }|];
                var e = [|new[] { FAsync(), GAsync(1) }|];
                Task[] f = [|{ FAsync() }|];
                var g = [|new Task[] { FAsync() }|];
                List<Task> h = [|new() { FAsync() }|];
                [|new List<Task> { FAsync() }|];
                var i = ([|from x in xs select GAsync(x)|]).ToList();
            }
        }
        """ + Work);

    [NeedsCSharpFact(12)]
    public Task Collection_expressions_that_nobody_awaits_are_found() => Reports(
        """
        using static Work;
        class C { void M() { Task[] a = [|[FAsync(), GAsync(1)]|]; List<Task> b = [|[FAsync()]|]; List<Task> c = [|[FAsync(), .. new[] { Task.CompletedTask }]|]; } }
        """ + Work);

    [Fact]
    public Task A_collection_that_is_only_filled_is_found() => Reports(
        """
        using static Work;

        class C
        {
            void M(int[] xs)
            {
                var tasks = new List<Task>();
                foreach (var x in xs)
                    tasks.Add([|GAsync(x)|]);
                tasks.AddRange([|xs.Select(GAsync)|]);
                Console.WriteLine(tasks.Count);

                var array = new Task[3];
                for (var i = 0; i < array.Length; i++)
                    array[i] = [|FAsync()|];
                var map = new Dictionary<int, Task>();
                map[1] = [|FAsync()|];
                map.Add(2, [|FAsync()|]);
                List<Task<int>> others = new();
                Array.ForEach(xs, x => others.Add([|GAsync(x)|]));
            }
        }
        """ + Work);

    [Fact]
    public Task Observed_collections_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            readonly List<Task> field = new();

            async Task M(int[] xs, IEnumerable<Task> given)
            {
                var a = xs.Select(GAsync);
                await Task.WhenAll(a);
                foreach (var t in xs.Select(GAsync)) await t;
                var b = xs.Select(GAsync).ToList();
                while (b.Count > 0) b.Remove(await Task.WhenAny(b));
                var c = given.Where(t => !t.IsCompleted);
                var d = new List<Task>();
                d.Add(FAsync());
                await Task.WhenAll(d);
                var e = field;
                e.Add(FAsync());
                var f = new List<Task>();
                Use(f);
                f.Add(FAsync());
                var g = new Own();
                g.Add(FAsync());
                var filled = new Task[2];
                filled[0] = filled[1] = FAsync();
                await Task.WhenAll(filled);
                var byName = new Dictionary<string, Task> { ["a"] = FAsync() };
                byName["b"] = FAsync();
                await byName["b"];
                given = new Task[1];
                ((Task[])given)[0] = FAsync();
                var h = new[] { FAsync() }[0];
                await h;
                var i = xs.Select(x => x + 1);
                var j = new[] { Task.CompletedTask };
                var k = xs.Select(async x => await GAsync(x)).Select(t => t.Result);
                var l = xs.Select(x => field[x]);
            }

            IEnumerable<Task> N(int[] xs) => xs.Select(GAsync);
            static void Use(List<Task> tasks) { }
            class Own : List<Task> { public new void Add(Task t) => t.Wait(); }
        }
        """ + Work);
}
