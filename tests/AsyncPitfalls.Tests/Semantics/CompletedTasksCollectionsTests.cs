using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Known completed as elements of collections that were awaited as a whole; lazy queries make their tasks anew.</summary>
public sealed class CompletedTasksCollectionsTests() : RuleTest(new AP0002BlockingWaitAnalyzer())
{
    [Theory]
    [InlineData("await Task.WhenAll(ts); Use(ts[0].Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts[^1].Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts[n + 1].Result);")]
    [InlineData("await Task.WhenAll(ts); foreach (var x in ts) Use(x.Result);")]
    [InlineData("await Task.WhenAll(ts); for (var i = 0; i < ts.Length; i++) Use(ts[i].Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Select(x => x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Select((x, i) => x.Result + i));")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Where(x => !x.IsFaulted).Sum(x => x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Skip(1).Reverse().ToList().Max(x => x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(from x in ts select x.Result);")]
    [InlineData("await Task.WhenAll(ts); Use(from x in ts where x.Result > 3 orderby x.Result select x.Result + 1);")]
    [InlineData("await Task.WhenAll(ts); Use(from x in ts let r = x.Result select r);")]
    [InlineData("await Task.WhenAll(ts); Use(ts.First().Result + ts.Last(x => true).Result + ts.ElementAt(2).Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Aggregate(0, (sum, x) => sum + x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(ts.ToDictionary(x => x.Id, x => x.Result));")]
    [InlineData("await Task.WhenAll(ts); Array.ForEach(ts, x => Use(x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(ts.OrderBy(x => x.Result).ThenBy(x => x.Id).Select(x => x.Result));")]
    [InlineData("await Task.WhenAll(list); list.ForEach(x => Use(x.Result));")]
    [InlineData("await Task.WhenAll(list); Use(list.FindAll(x => x.Result > 3).ConvertAll(x => x.Result));")]
    [InlineData("await Task.WhenAll(list); Use(list[0].Result + list[list.Count - 1].Result);")]
    [InlineData("await Task.WhenAll(list); var copy = list.ToArray(); Use(copy[0].Result);")]
    [InlineData("await Task.WhenAll(list.ToArray()); Use(list[0].Result);")]
    [InlineData("var copy = list.ToArray(); await Task.WhenAll(copy); Use(list[0].Result);")]
    [InlineData("await Task.WhenAll(list.OfType<Task>().Concat(list)); Use(list[0].Result);")]
    [InlineData("await Task.WhenAll(list.Append(t)); Use(list[0].Result + t.Result);")]
    [InlineData("await Task.WhenAll(list.Cast<Task>()); Use(list[0].Result);")]
    [InlineData("Task.[|WaitAll|](ts); Use(ts.Select(x => x.Result));", true)]
    [InlineData("try { await Task.WhenAll(ts); } catch { } Use(ts.Select(x => x.Result));")]
    [InlineData("var all = Task.WhenAll(ts); await all; Use(ts.Select(x => x.Result));")]
    [InlineData("var made = Enumerable.Range(0, 3).Select(i => F()).ToArray(); await Task.WhenAll(made); Use(made.Select(x => x.Result));")]
    [InlineData("var made = Enumerable.Range(0, 3).Select(i => F()).ToList(); await Task.WhenAll(made); foreach (var x in made) Use(x.Result);")]
    [InlineData("IEnumerable<Task<int>> made = new[] { F(), F() }; await Task.WhenAll(made); foreach (var x in made) Use(x.Result);")]
    [InlineData("var made = new List<Task<int>>(); for (var i = 0; i < n; i++) made.Add(F()); await Task.WhenAll(made); Use(made.Select(x => x.Result));")]
    [InlineData("var made = new List<Task<int>>(); var a = F(); made.Add(a); await Task.WhenAll(made); Use(a.Result);")]
    [InlineData("var made = new List<Task<int>> { t, u }; await Task.WhenAll(made); Use(t.Result + made[1].Result);")]
    [InlineData("var made = new Task<int>[n]; for (var i = 0; i < n; i++) made[i] = F(); await Task.WhenAll(made); for (var i = 0; i < n; i++) Use(made[i].Result);")]
    [InlineData("await Task.WhenAll(map.Values); Use(map[1].Result); foreach (var x in map.Values) Use(x.Result);")]
    [InlineData("await Task.WhenAll(map.Values); foreach (var pair in map) Use(pair.Value.Result);")]
    [InlineData("await Task.WhenAll(map.Values); foreach (var (key, x) in map) Use(x.Result + key);")]
    [InlineData("await Task.WhenAll(map.Values); Use(map.ToDictionary(pair => pair.Key, pair => pair.Value.Result));")]
    [InlineData("await Task.WhenAll(map.Values); if (map.TryGetValue(3, out var x)) Use(x.Result);")]
    [InlineData("await Task.WhenAll(map.Select(pair => pair.Value)); Use(map[1].Result);")]
    [InlineData("var pairs = ts.Select(x => (Id: 1, Task: F())).ToList(); await Task.WhenAll(pairs.Select(p => p.Task)); Use(pairs.Select(p => p.Task.Result));")]
    [InlineData("var pairs = ts.Select(x => (Id: 1, Task: F())).ToList(); await Task.WhenAll(pairs.Select(p => p.Task)); foreach (var (id, x) in pairs) Use(x.Result);")]
    [InlineData("var pairs = ts.Select(x => new { Id = 1, Task = F() }).ToArray(); await Task.WhenAll(pairs.Select(p => p.Task)); foreach (var p in pairs) Use(p.Task.Result);")]
    [InlineData("foreach (var x in ts) await x; Use(ts.Select(x => x.Result));")]
    [InlineData("foreach (var x in ts) { try { await x; } catch { } } foreach (var x in ts) Use(x.Result);")]
    [InlineData("foreach (var x in ts.Where(x => x.IsCompleted)) Use(x.Result);")]
    [InlineData("Use(ts.Where(x => x.IsCompletedSuccessfully).Select(x => x.Result));")]
    [InlineData("Use(ts.Where(x => x.Status == TaskStatus.RanToCompletion).Select(x => x.Result).ToList());")]
    [InlineData("Use(from x in ts where x.IsCompletedSuccessfully select x.Result);")]
    [InlineData("var done = ts.Where(x => x.IsCompleted).ToList(); Use(done.Select(x => x.Result)); foreach (var x in done) Use(x.Result);")]
    [InlineData("var done = ts.FirstOrDefault(x => x.IsCompleted); Use(done?.Result);")]
    [InlineData("if (ts.All(x => x.IsCompleted)) Use(ts.Select(x => x.Result));")]
    [InlineData("if (!Array.TrueForAll(ts, x => x.IsCompleted)) return; Use(ts.Select(x => x.Result));")]
    [InlineData("if (ts.Any(x => !x.IsCompleted)) return; Use(ts.Select(x => x.Result));")]
    [InlineData("Use(ts.Select(x => Task.FromResult(1)).Select(x => x.Result));")]
    [InlineData("Use(new[] { Task.FromResult(1) }[0].Result);")]
    [InlineData("var fixedOnes = new[] { Task.FromResult(1), Task.FromResult(2) }; Use(fixedOnes.Sum(x => x.Result));")]
    [InlineData("await Task.WhenAll(ts); Parallel.ForEach(ts, x => Use(x.Result));")]
    [InlineData("await Task.WhenAll(ts); Use(ts?.Select(x => x.Result));")]
    [InlineData("await Task.WhenAll(sequence); Use(sequence.Select(x => x.Result));")]
    [InlineData("await Task.WhenAll(pending); Use(pending.Select(x => x.Result)); foreach (var x in pending) Use(x.Result);")]
    [InlineData("await Task.WhenAll(ts); Action a = () => Use(ts[0].Result + ts.Sum(x => x.Result)); a();")]
    [InlineData("await Task.WhenAll(ts); var (a, b) = (ts[0], ts[1]); Use(a.Result + b.Result);")]
    [InlineData("await Task.WhenAll(ts); var x = ts[n]; Use(x.Result);")]
    [InlineData("await Task.WhenAll(jagged[0]); Use(jagged[0][1].Result);")]
    [InlineData("var queue = new Queue<Task<int>>(ts); await Task.WhenAll(queue); while (queue.Count > 0) Use(queue.Dequeue().Result);")]
    [InlineData("await Task.WhenAll(ts.Select(async x => await x)); Use(ts[0].Result);")]
    [InlineData("if (await Task.WhenAny(Task.WhenAll(ts), delay) == delay) return; Use(1);")]
    [InlineData("var all = Task.WhenAll(ts); if (await Task.WhenAny(all, delay) != all) return; Use(ts[0].Result);")]
    public Task Elements_of_a_collection_that_was_awaited_are_silent(string body, bool marked = false) => marked ? Reports(In(body)) : Silent(In(body));

    [Theory]
    [InlineData("var lazy = ts.Select(x => F()); await Task.WhenAll(lazy); foreach (var x in lazy) Use(x.[|Result|]);")]
    [InlineData("var lazy = ts.Select(x => F()); await Task.WhenAll(lazy); Use(lazy.Select(x => x.[|Result|]));")]
    [InlineData("var lazy = from x in ts select F(); await Task.WhenAll(lazy); Use(lazy.First().[|Result|]);")]
    [InlineData("var lazy = ts.Select(x => F()); await Task.WhenAll(lazy.ToList()); Use(lazy.Sum(x => x.[|Result|]));")]
    [InlineData("IEnumerable<Task<int>> lazy = Many(); await Task.WhenAll(lazy); Use(lazy.Sum(x => x.[|Result|]));")]
    [InlineData("sequence = sequence.Select(x => F()); await Task.WhenAll(sequence); Use(sequence.Sum(x => x.[|Result|]));")]
    [InlineData("Use(ts.Select(x => x.[|Result|])); await Task.WhenAll(ts);")]
    [InlineData("await Task.WhenAny(ts); Use(ts.Select(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(ts); ts[0] = F(); Use(ts[0].[|Result|]);")]
    [InlineData("await Task.WhenAll(list); list.Add(F()); Use(list.Sum(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(list); list = new() { F() }; Use(list[0].[|Result|]);")]
    [InlineData("await Task.WhenAll(ts.Skip(1)); Use(ts[0].[|Result|]);")]
    [InlineData("await Task.WhenAll(ts.Where(x => flag)); Use(ts[0].[|Result|]);")]
    [InlineData("foreach (var x in ts) { if (flag) await x; } Use(ts.Sum(x => x.[|Result|]));")]
    [InlineData("foreach (var x in ts) { await x; break; } Use(ts.Sum(x => x.[|Result|]));")]
    [InlineData("foreach (var x in ts) Use(x.[|Result|]);")]
    [InlineData("Use(ts.Where(x => !x.IsCompleted).Select(x => x.[|Result|]));")]
    [InlineData("Use(ts.Where(x => x.IsCompleted || flag).Select(x => x.[|Result|]));")]
    [InlineData("var made = new List<Task<int>> { Task.FromResult(1) }; made.Add(t); Use(made[0].[|Result|]);")]
    [InlineData("var made = new List<Task<int>> { t }; made.Add(u); await t; Use(made[1].[|Result|]);")]
    [InlineData("if (ts.Any(x => x.IsCompleted)) Use(ts.Sum(x => x.[|Result|]));")]
    [InlineData("if (ts.All(x => x.IsCompleted)) return; Use(ts.Sum(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(ts.Take(2)); Use(ts.Select(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(map.Values); map[3] = F(); Use(map[3].[|Result|]);")]
    [InlineData("var pairs = ts.Select(x => (Id: 1, Task: F(), Other: F())).ToList(); await Task.WhenAll(pairs.Select(p => p.Task)); Use(pairs.Select(p => p.Other.[|Result|]));")]
    [InlineData("var pairs = ts.Select(x => (Id: 1, Task: F())); await Task.WhenAll(pairs.Select(p => p.Task)); Use(pairs.Select(p => p.Task.[|Result|]));")]
    [InlineData("await Task.WhenAll(ts); Use(list.Select(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(jagged[0]); Use(jagged[1][0].[|Result|]);")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Select(x => F()).Select(x => x.[|Result|]));")]
    public Task Lazy_queries_and_others_are_found(string body) => Reports(In(body));

    [Theory]
    [InlineData("await Task.WhenAll(list); list.Insert(0, F()); Use(list.Sum(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(list); list.AddRange(ts); Use(list.Sum(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(list); list.InsertRange(0, ts); Use(list.Sum(x => x.[|Result|]));")]
    [InlineData("var made = new Queue<Task<int>>(ts); await Task.WhenAll(made); made.Enqueue(F()); Use(made.Sum(x => x.[|Result|]));")]
    [InlineData("var made = new Stack<Task<int>>(ts); await Task.WhenAll(made); made.Push(F()); Use(made.Sum(x => x.[|Result|]));")]
    [InlineData("var made = new LinkedList<Task<int>>(ts); await Task.WhenAll(made); made.AddLast(F()); Use(made.Sum(x => x.[|Result|]));")]
    [InlineData("var made = new LinkedList<Task<int>>(ts); await Task.WhenAll(made); made.AddFirst(F()); Use(made.Sum(x => x.[|Result|]));")]
    [InlineData("await Task.WhenAll(map.Values); map.TryAdd(3, F()); Use(map[3].[|Result|]);")]
    [InlineData("await Task.WhenAll(shared.Values); shared.GetOrAdd(3, F()); Use(shared[3].[|Result|]);")]
    [InlineData("await Task.WhenAll(shared.Values); shared.AddOrUpdate(3, F(), (_, x) => x); Use(shared[3].[|Result|]);")]
    public Task Elements_that_came_later_are_found(string body) => Reports(In(body));

    [Theory]
    [InlineData("await list[0]; list.Remove(t); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.RemoveAt(0); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.RemoveRange(0, 1); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.RemoveAll(x => flag); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.Reverse(); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.Sort((x, y) => 1); Use(list[0].[|Result|]);")]
    [InlineData("await list[0]; list.Clear(); Use(list[0].[|Result|]);")]
    public Task An_element_may_be_another_once_they_move(string body) => Reports(In(body));

    [Theory]
    [InlineData("await list[0]; list.Contains(t); Use(list[0].Result);")]
    [InlineData("await Task.WhenAll(list); list.RemoveAt(0); Use(list[0].Result);")]
    [InlineData("await Task.WhenAll(list); list.Add(Task.FromResult(1)); Use(list.Sum(x => x.Result));")]
    [InlineData("await Task.WhenAll(list); await Task.WhenAll(ts); list.AddRange(ts); Use(list.Sum(x => x.Result));")]
    public Task A_change_that_brings_nothing_unfinished_is_silent(string body) => Silent(In(body));

    [NeedsCSharpFact(12)]
    public Task Collection_expressions_are_materialized() => Silent(In(
        """
        List<Task<int>> made = [t, .. ts]; await Task.WhenAll(made); Use(made.Sum(x => x.Result));
        await Task.WhenAll([t, u]); Use(t.Result + u.Result);
        await Task.WhenAll([.. list]); Use(list[0].Result);
        """));

    private static string In(string body) =>
        $$"""
        class C
        {
            private readonly List<Task<int>> pending = new();
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Task<int>> shared = new();

            public async Task M(Task<int> t, Task<int> u, Task<int>[] ts, List<Task<int>> list, Dictionary<int, Task<int>> map, IEnumerable<Task<int>> sequence, Task<int>[][] jagged, Task delay, bool flag, int n)
            {
                await Task.Yield();
                {{body}}
            }

            static Task<int> F() => Task.Run(() => 1);
            static IEnumerable<Task<int>> Many() { yield return F(); }
            static void Use(object? o) { }
        }
        """;
}
