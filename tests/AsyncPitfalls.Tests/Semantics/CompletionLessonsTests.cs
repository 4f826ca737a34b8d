using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Which code is followed at all to find out whether a task has completed: only what runs after a place that may tell.</summary>
public sealed class CompletionLessonsTests
{
    [Theory]
    [InlineData("await t; Use([|t|]);")]
    [InlineData("Use(t.Result); Use([|t|]);")]
    [InlineData("if (null == t) Use([|t|]);")]
    [InlineData("Use(t ?? G([|t|]!));")]
    [InlineData("Use(t is null ? u : u.IsCompleted ? [|u|] : t);")]
    [InlineData("foreach (var x in ts) return; Use([|ts[0]|]);")]
    [InlineData("foreach (var pair in named) return; Use([|named[\"a\"]|]);")]
    [InlineData("var none = new Task<int>[] { }; Use([|none[0]|]);")]
    [InlineData("Local(); void Local(params Task<int>[] none) => Use([|none[0]|]);")]
    [InlineData("source.SetResult(1); Use([|source.Task|]);")]
    [InlineData("SpinWait.SpinUntil(() => t.IsCompleted); Use([|t|]);")]
    [InlineData("t = Task.FromResult(1); Use([|t|]);")]
    [InlineData("v = default; Use([|v|].AsTask());")]
    [InlineData("t = Done; Use([|t|]);")]
    [InlineData("var winner = await Task.WhenAny(t, u); Use([|winner|]);")]
    [InlineData("var winner = Task.WhenAny(t, u); Use(winner.ContinueWith(_ => Use([|winner|])));")]
    [InlineData("Use(ts.Where(x => x.IsFaulted).Select(x => G([|x|])).First());")]
    [InlineData("goto ask; use: Use([|t|]); return; ask: await t; goto use;")]
    [InlineData("switch (n) { default: Use([|t|]); break; case var _ when !t.IsCompleted: return; }")]
    [InlineData("var done = false; while (flag) { if (done) Use([|t|]); await t; done = true; }")]
    [InlineData("void Local() => Use([|t|]); await t; Local();")]
    [InlineData("Use(t.ContinueWith(x => Use([|x|])));")]
    [InlineData("Use(t.ContinueWith(Local)); void Local(Task x) => Use([|x|]);")]
    [InlineData("t.GetAwaiter().OnCompleted(() => Use([|t|]));")]
    [InlineData("t.GetAwaiter().UnsafeOnCompleted(() => Use([|t|]));")]
    [InlineData("Use(Task.Factory.ContinueWhenAny(ts, x => Use([|x|])));")]
    [InlineData("Use(Task.Factory.ContinueWhenAll(ts, xs => Use([|xs[0]|])));")]
    [InlineData("if (t.IsCompleted) Use([|t|]);")]
    [InlineData("if (t.IsCompletedSuccessfully) Use([|t|]);")]
    [InlineData("if (t.IsFaulted) Use([|t|]);")]
    [InlineData("if (t.IsCanceled) Use([|t|]);")]
    [InlineData("if (t.Status == TaskStatus.RanToCompletion) Use([|t|]);")]
    [InlineData("if (t.Exception != null) Use([|t|]);")]
    [InlineData("t.Wait(); Use([|t|]);")]
    [InlineData("Task.WaitAll(t, F()); Use([|t|]);")]
    [InlineData("if (t == null) Use([|t|]);")]
    [InlineData("var any = Task.WhenAny(t, u); Use(G([|await any|]));")]
    [InlineData("await foreach (var done in Task.WhenEach(ts)) Use([|done|]);")]
    [InlineData("foreach (var x in things) return; Use([|(Task<int>)things[0]|]);")]
    [InlineData("Task<int>? none = null; using (none) n++; Use([|none|]);")]
    [InlineData("Task<int>? none = null; { using var other = none; } Use([|none|]);")]
    [InlineData("Task<int>? none = null; using (var other = none) n++; Use([|none|]);")]
    public async Task What_a_place_that_may_run_before_tells_is_known(string body)
    {
        var snippet = await Compile(body);
        Assert.True(snippet.Model.CompletedTasks.IsKnownCompleted(Asked(snippet), default));
    }

    [Theory]
    [InlineData("Use([|t|]); await t;")]
    [InlineData("await [|t|];")]
    [InlineData("[|t|].Wait();")]
    [InlineData("Use([|t|]); goto end; end: ;")]
    [InlineData("await F(); Use(F().Result); F().Wait(); Use([|t|]);")]
    [InlineData("await F().ConfigureAwait(false); F().GetAwaiter().GetResult(); Use([|t|]);")]
    [InlineData("foreach (var x in numbers) return; foreach (var x in \"a\") return; Use([|t|]);")]
    [InlineData("Use(string.Format(\"a\")); Use([|t|]);")]
    [InlineData("if (text == null || text?.Length == 3) text ??= \"\"; Use([|t|]);")]
    [InlineData("using (var stream = new MemoryStream()) Use([|t|]);")]
    [InlineData("while (flag) Use([|t|]);")]
    [InlineData("foreach (var x in numbers.ToList()) return; Use([|t|]);")]
    [InlineData("await t; Use([|F()|]);")]
    [InlineData("while (flag) await [|F()|];")]
    [InlineData("Use(t.ContinueWith(_ => Use([|F()|])));")]
    public async Task Code_is_not_followed_to_what_nothing_before_tells_of(string body)
    {
        var snippet = await Compile(body);
        Assert.False(new CompletionQuestions(snippet.Model).Lessons.MayReach(Asked(snippet), default));
        Assert.False(snippet.Model.CompletedTasks.IsKnownCompleted(Asked(snippet), default));
    }

    [Fact]
    public async Task A_private_method_is_followed_that_only_continues_tasks()
    {
        var snippet = await Snippet.CompileAsync("class C { void M(Task<int> t) => t.ContinueWith(Handle); private static Task Handle(Task<int> x) => [|x|]; }");
        Assert.True(snippet.Model.CompletedTasks.IsKnownCompleted(Asked(snippet), default));
    }

    [Fact]
    public async Task Looking_for_such_places_stops_once_it_is_cancelled()
    {
        var snippet = await Compile("await t; Use([|t|]);");
        var lessons = new CompletionQuestions(snippet.Model).Lessons;
        Assert.Throws<OperationCanceledException>(() => lessons.MayReach(Asked(snippet), new CancellationToken(canceled: true)));
    }

    private static IOperation Asked(Snippet snippet)
    {
        var value = snippet.Operation is IArgumentOperation argument ? argument.Value : snippet.Operation;
        return value is IConversionOperation conversion ? conversion.Operand : value;
    }

    private static Task<Snippet> Compile(string body) => Snippet.CompileAsync($$"""
        class C
        {
            static readonly Task<int> Done = Task.FromResult(1);
            static Task<int> F() => Task.Run(() => 1);
            static Task<int> G(Task t) => Task.Run(() => 1);
            static void Use(object? value) { }
            public async Task M(Task<int> t, Task<int> u, ValueTask<int> v, Task<int>[] ts, Dictionary<string, Task<int>> named, int[] numbers, object[] things, TaskCompletionSource<int> source, string text, bool flag, int n)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """);
}
