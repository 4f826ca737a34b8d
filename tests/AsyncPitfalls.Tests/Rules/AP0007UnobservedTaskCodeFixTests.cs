using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How unobserved tasks are mended.</summary>
public sealed class AP0007UnobservedTaskCodeFixTests() : RuleTest(new AP0007UnobservedTaskAnalyzer(), new AP0007UnobservedTaskCodeFix())
{
    private const string Await = "AP0007_Await";
    private const string Discard = "AP0007_Discard";

    private const string Work =
        """

        === Test/Work.cs
        class Work
        {
            public Work? Other;
            public static async Task FAsync() => await Task.Delay(1);
            public static async Task<string?> GAsync(int n = 0) { await Task.Delay(n); return null; }
            public static async ValueTask VAsync() => await Task.Delay(1);
            public static async Task<int> NAsync() { await Task.Delay(1); return 1; }
            public static async Task<IDisposable> LockAsync() { await Task.Delay(1); return null!; }
            public async Task Run() => await Task.Delay(1);
            public async ValueTask Value() => await Task.Delay(1);
        }
        """;

    [Fact]
    public Task A_thread_that_only_starts_the_work_is_not_awaited() => Fixes(
        """
        class C
        {
            async Task M()
            {
                [|Task.Run(() => F())|];
                var unread = [|Task.Run(async () => await F())|];
                await Task.Yield();
            }

            static async Task<int> F() { await Task.Delay(1); return 1; }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                await F();
                await F();
                await Task.Yield();
            }

            static async Task<int> F() { await Task.Delay(1); return 1; }
        }
        """);

    [Fact]
    public Task Every_dropped_task_of_an_async_function_is_awaited() => Fixes(
        """
        using static Work;

        class C
        {
            async Task M(Work? w, bool b)
            {
                // first
                [|FAsync()|]; // one
                var unread = [|FAsync()|]; // two
                Task<string?> typed = [|GAsync()|];
                /* a */ [|FAsync()|].ConfigureAwait(false);
                [|VAsync()|];
                [|w?.Run()|];
                [|w?.Other?.Run()|];
                [|w?.Value()|];
                [|FAsync()|]
                    .ConfigureAwait(false);
                if (b)
                    [|FAsync()|];
                for (; b; [|FAsync()|]) { }
                var choice = b ? [|FAsync()|] : [|GAsync()|];
                Task later;
                if (b) later = [|FAsync()|]; else later = [|GAsync()|];
                Action a = async () => { [|FAsync()|]; await FAsync(); };
                Func<Task> d = async () => [|FAsync()|];
                await FAsync();
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task M(Work? w, bool b)
            {
                // first
                await FAsync(); // one
                await FAsync(); // two
                await GAsync();
                /* a */ await FAsync().ConfigureAwait(false);
                await VAsync();
                await (w?.Run() ?? Task.CompletedTask);
                await (w?.Other?.Run() ?? Task.CompletedTask);
                await (w?.Value() ?? default);
                await FAsync()
                    .ConfigureAwait(false);
                if (b)
                    await FAsync();
                for (; b; await FAsync()) { }
                await (b ? FAsync() : GAsync());
                Task later;
                if (b) await FAsync(); else await GAsync();
                Action a = async () => { await FAsync(); await FAsync(); };
                Func<Task> d = async () => await FAsync();
                await FAsync();
            }
        }
        """ + Work, Await);

    [Fact]
    public Task A_synchronous_function_becomes_async_and_its_callers_too() => Fixes(
        """
        class C
        {
            internal void Open() => [|Work.FAsync()|];
            internal int Count(int n)
            {
                Action a = () => { Console.WriteLine(); };
                a();
                [|Work.FAsync()|];
                return n;
            }
        }

        class D
        {
            int M(C c)
            {
                c.Open();
                return c.Count(1) + 1;
            }
        }
        """ + Work,
        """
        class C
        {
            internal async Task Open() => await Work.FAsync();
            internal async Task<int> Count(int n)
            {
                Action a = () => { Console.WriteLine(); };
                a();
                await Work.FAsync();
                return n;
            }
        }

        class D
        {
            async Task<int> M(C c)
            {
                await c.Open();
                return await c.Count(1) + 1;
            }
        }
        """ + Work, Await);

    [Fact]
    public Task What_else_the_function_drops_on_purpose_says_so_then() => Fixes(
        """
        using static Work;

        class C
        {
            void M()
            {
                FAsync().Forget(); // meant
                [|FAsync()|];
                FAsync().ContinueWith(t => Console.WriteLine(t.Exception));
                Action a = () => { FAsync().Forget(); };
            }
        }

        static class Extensions { public static Task Forget(this Task task) => task; }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task M()
            {
                _ = FAsync().Forget(); // meant
                await FAsync();
                _ = FAsync().ContinueWith(t => Console.WriteLine(t.Exception));
                Action a = () => { FAsync().Forget(); };
            }
        }

        static class Extensions { public static Task Forget(this Task task) => task; }
        """ + Work, Await);

    [Fact]
    public Task A_result_that_is_meant_is_awaited_in_place() => Fixes(
        """
        using static Work;

        class C
        {
            async Task<string> M()
            {
                await FAsync();
                if ([|GAsync()|] == null || [|GAsync(1)|] is not null)
                    return $"{[|GAsync()|]} {[|NAsync()|],3}" + [|GAsync()|];
                var formattable = [|LockAsync()|] as IFormattable;
                var text = [|GAsync()|];
                Console.WriteLine($"{text}");
                using var gate = [|LockAsync()|];
                using ([|LockAsync()|]) { }
                return [|NAsync()|].ToString() + formattable;
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task<string> M()
            {
                await FAsync();
                if (await GAsync() == null || await GAsync(1) is not null)
                    return $"{await GAsync()} {await NAsync(),3}" + await GAsync();
                var formattable = await LockAsync() as IFormattable;
                var text = await GAsync();
                Console.WriteLine($"{text}");
                using var gate = await LockAsync();
                using (await LockAsync()) { }
                return (await NAsync()).ToString() + formattable;
            }
        }
        """ + Work, Await);

    [Fact]
    public Task Queries_and_collections_are_awaited_as_a_whole() => Fixes(
        """
        using static Work;

        class C
        {
            async Task M(int[] xs)
            {
                // all
                var a = [|xs.Select(x => GAsync(x))|]; // of them
                var b = [|xs.Select(GAsync)|].ToList();
                [|xs.Select(GAsync)|].ToArray();
                var c = [|from x in xs select GAsync(x)|];
                var d = [|new[] { FAsync(), GAsync() }|];
                Task[] e = [|{ FAsync() }|];
                [|new List<Task> { FAsync(), VAsync().AsTask() }|];
                await FAsync();
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task M(int[] xs)
            {
                // all
                await Task.WhenAll(xs.Select(x => GAsync(x))); // of them
                await Task.WhenAll(xs.Select(GAsync));
                await Task.WhenAll(xs.Select(GAsync));
                await Task.WhenAll(from x in xs select GAsync(x));
                await Task.WhenAll(FAsync(), GAsync());
                await Task.WhenAll(FAsync());
                await Task.WhenAll(FAsync(), VAsync().AsTask());
                await FAsync();
            }
        }
        """ + Work, Await);

    [Fact]
    public Task A_collection_is_awaited_once_it_is_full() => Fixes(
        """
        using static Work;

        class C
        {
            async Task M(int[] xs)
            {
                var tasks = new List<Task>();
                foreach (var x in xs)
                    tasks.Add([|GAsync(x)|]); // started
                tasks.Add([|FAsync()|]);

                // the rest
                var others = new List<Task<string?>>();
                others.AddRange([|xs.Select(GAsync)|]);
                await FAsync();
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            async Task M(int[] xs)
            {
                var tasks = new List<Task>();
                foreach (var x in xs)
                    tasks.Add(GAsync(x)); // started
                tasks.Add(FAsync());
                await Task.WhenAll(tasks);

                // the rest
                var others = new List<Task<string?>>();
                others.AddRange(xs.Select(GAsync));
                await Task.WhenAll(others);
                await FAsync();
            }
        }
        """ + Work, Await);

    [Fact]
    public Task A_collection_that_may_be_left_before_it_is_full_gets_no_await() => OffersNoFix(
        """
        using static Work;

        class C
        {
            void M(int[] xs)
            {
                var tasks = new List<Task>();
                foreach (var x in xs)
                {
                    if (x > 3) return;
                    tasks.Add([|GAsync(x)|]);
                }
            }

            void N(int[] xs)
            {
                var tasks = new List<Task>();
                Array.ForEach(xs, x => tasks.Add([|GAsync(x)|]));
                var values = new List<ValueTask>();
                values.Add([|VAsync()|]);
            }
        }
        """ + Work);

    [Fact]
    public Task A_token_in_scope_is_passed() => Fixes(
        """
        class C
        {
            async Task M(Stream stream, CancellationToken token)
            {
                [|stream.FlushAsync()|];
                await Task.Yield();
            }
        }
        """,
        """
        class C
        {
            async Task M(Stream stream, CancellationToken token)
            {
                await stream.FlushAsync(token);
                await Task.Yield();
            }
        }
        """, Await);

    [Fact]
    public Task What_is_meant_is_assigned_to_a_discard() => Fixes(
        """
        using static Work;

        class C
        {
            C() => [|FAsync()|];
            int P { set => [|FAsync()|]; }

            void M(Work? w, bool b, int[] xs)
            {
                // first
                [|FAsync()|]; // one
                var unread = [|FAsync()|]; // two
                Task later;
                later = [|FAsync()|];
                /* a */ [|FAsync()|].ConfigureAwait(false);
                [|VAsync()|];
                [|w?.Run()|];
                [|w?.Value()|];
                if (b)
                    [|FAsync()|];
                for (; b; [|FAsync()|]) { }
                Action a = () => { [|FAsync()|]; };
                [|xs.Select(GAsync)|].ToList();
                lock (this) { [|FAsync()|]; }
            }
        }
        """ + Work,
        """
        using static Work;

        class C
        {
            C() => _ = FAsync();
            int P { set => _ = FAsync(); }

            void M(Work? w, bool b, int[] xs)
            {
                // first
                _ = FAsync(); // one
                _ = FAsync(); // two
                Task later;
                _ = FAsync();
                /* a */ _ = FAsync().ConfigureAwait(false);
                _ = VAsync();
                _ = w?.Run();
                _ = w?.Value();
                if (b)
                    _ = FAsync();
                for (; b; _ = FAsync()) { }
                Action a = () => { _ = FAsync(); };
                _ = xs.Select(GAsync).ToList();
                lock (this) { _ = FAsync(); }
            }
        }
        """ + Work, Discard);

    [Fact]
    public Task No_await_is_offered_where_none_can_stand() => OffersNoFix(
        """
        using static Work;

        class C
        {
            static C() { [|FAsync()|]; }
            C() => [|FAsync()|];
            ~C() => [|FAsync()|];
            int P { get { [|FAsync()|]; return 1; } set => [|FAsync()|]; }
            IEnumerable<int> I() { [|FAsync()|]; yield return 1; }
            async Task L() { lock (this) { [|FAsync()|]; } await FAsync(); }
            void R(ref int n) => [|FAsync()|];
            void S() { for ([|FAsync()|]; ; ) { break; } }
            object o = $"{[|GAsync()|]}";
        }

        class D : IDisposable { void IDisposable.Dispose() { } int N() { Console.WriteLine([|FAsync()|]); return [|NAsync()|] == null ? 1 : 2; } }
        """ + Work, Await);

    [Fact]
    public Task Nothing_is_offered_for_a_task_in_a_pattern_or_one_of_several() => OffersNoFix(
        """
        using static Work;

        class C
        {
            async Task M()
            {
                if ([|GAsync()|] is { } found) { }
                var (a, b) = ([|FAsync()|], 1);
                Task c = [|FAsync()|], d = [|FAsync()|];
                await FAsync();
            }
        }
        """ + Work);

    [Fact]
    public Task No_discard_is_offered_where_it_would_be_none() => OffersNoFix(
        """
        using static Work;

        class C
        {
            int _;
            void M() => [|FAsync()|];
        }

        class D
        {
            void M(int _) => [|FAsync()|];
            void N() { var _ = 1; [|FAsync()|]; Console.WriteLine(_); }
            void O(int[] xs)
            {
                [|xs.Select(GAsync)|];
                Console.WriteLine([|GAsync()|] == null);
                Console.WriteLine($"{[|GAsync()|]}");
                Task a = [|FAsync()|], b = [|FAsync()|];
                var tasks = new List<Task>();
                tasks.Add([|FAsync()|]);
            }
        }
        """ + Work, Discard);

    [Fact]
    public Task There_are_no_discards_before_CSharp_7() => OffersNoFix(
        """
        using System.Threading.Tasks;
        class C { void M() { [|Task.Delay(1)|]; } }
        """, Discard, Setup.Default with { Language = LanguageVersion.CSharp6, ImplicitUsings = false });

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(
            ["Await 'FAsync' and make 'M' async", "Assign 'FAsync' to '_' to say that it is not awaited on purpose"],
            await Titles("class C { void M() { Work.FAsync(); } }" + Work));
        Assert.Equal(
            ["Await 'FAsync' and make 'M' async (public signature)", "Assign 'FAsync' to '_' to say that it is not awaited on purpose"],
            await Titles("public class C { public void M() { Work.FAsync(); } }" + Work));
        Assert.Equal(
            ["Await 'Task.WhenAll' and make 'M' async"],
            await Titles("class C { void M(int[] xs) { xs.Select(Work.GAsync); } }" + Work));
    }

    [Fact]
    public async Task A_caller_in_a_lambda_behind_a_question_mark_follows() => Assert.NotEmpty(await Titles(
        """
        class Host
        {
            public void Run(Action work) { }
            public void Run(Func<Task> work) { }
        }
        class C
        {
            Task WorkAsync() => Task.Delay(1);
            private void F()
            {
                [|WorkAsync()|];
                Console.WriteLine();
            }
            void G(Host? host) => host?.Run(() => F());
        }
        """));

    [Fact]
    public Task A_runner_that_can_only_block_is_not_made_async() => OffersNoFix(
        """
        class Host
        {
            readonly Func<Task> after = () => Task.Delay(1);

            public void RunSync(Func<Task> work)
            {
                lock (this)
                {
                    work().Wait();
                }

                [|after()|];
            }
        }
        """, "AP0007_Await");

    [Fact]
    public Task A_method_that_never_returns_is_not_awaited_where_a_thread_runs_it() => OffersNoFix(
        """
        class C
        {
            void M()
            {
                [|Task.Run(PollAsync)|];
                Console.WriteLine();
            }

            async Task PollAsync()
            {
                while (true)
                    await Task.Delay(10);
            }
        }
        """, "AP0007_Await");
}
