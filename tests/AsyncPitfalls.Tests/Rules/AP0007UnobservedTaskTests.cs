using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks nobody observes: dropped by a statement, or in a local that nobody reads.</summary>
public sealed class AP0007UnobservedTaskTests() : RuleTest(new AP0007UnobservedTaskAnalyzer())
{
    private const string Work =
        """

        === Test/Work.cs
        using System.Runtime.CompilerServices;
        class Work
        {
            public static Work? Next => null;
            public Work? Other;
            public static async Task FAsync() => await Task.Delay(1);
            public static async Task<int> GAsync(int n = 0) { await Task.Delay(n); return n; }
            public static async ValueTask VAsync() => await Task.Delay(1);
            public static async ValueTask<int> WAsync() { await Task.Delay(1); return 1; }
            public async Task Run() => await Task.Delay(1);
            public Work Self => this;
            public Work this[int n] => this;
        }

        class Own
        {
            public TaskAwaiter GetAwaiter() => default;
            public static Own Start() => new();
        }

        class Extended { public static Extended Start() => new(); }
        static class Extensions { public static TaskAwaiter GetAwaiter(this Extended own) => default; }
        """;

    [Fact]
    public Task Every_function_that_drops_a_task_is_found() => Reports(
        """
        using static Work;

        class C
        {
            static C() { [|FAsync()|]; }
            C() => [|FAsync()|];
            C(int n) { [|FAsync()|]; }
            ~C() => [|FAsync()|];
            int P { get { [|FAsync()|]; return 1; } set => [|FAsync()|]; }
            int Q { init { [|FAsync()|]; } }
            int this[int n] { get { [|FAsync()|]; return n; } }
            event Action E { add => [|FAsync()|]; remove { [|FAsync()|]; } }
            public static C operator +(C a, C b) { [|FAsync()|]; return a; }
            public static implicit operator C(int n) { [|FAsync()|]; return new C(n); }
            void M() => [|FAsync()|];
            void N() { [|FAsync()|]; }
            async Task O() { [|FAsync()|]; await FAsync(); }
            async void V() { [|FAsync()|]; await FAsync(); }
            IEnumerable<int> I() { [|FAsync()|]; yield return 1; }
            async IAsyncEnumerable<int> A() { [|FAsync()|]; yield return await GAsync(); }
            Task T() { [|FAsync()|]; return FAsync(); }
            void L()
            {
                Action a = () => { [|FAsync()|]; };
                Action b = delegate { [|FAsync()|]; };
                Func<Task> c = async () => { [|FAsync()|]; await FAsync(); };
                Func<Task> d = async () => [|FAsync()|];
                void Local() => [|FAsync()|];
                static void Other() { [|FAsync()|]; }
                a(); b(); c().Wait(); d().Wait(); Local(); Other();
            }

            readonly Action field = () => { [|FAsync()|]; };
        }

        partial class D<T>
        {
            partial void M();
            partial void M() => [|FAsync()|];
        }

        interface IFace { void M() => [|FAsync()|]; }
        struct S { void M() => [|FAsync()|]; }
        """ + Work);

    [Fact]
    public Task Every_form_of_a_dropped_call_is_found() => Reports(
        """
        using static Work;

        class C
        {
            Func<Task> work = () => FAsync();
            event Func<Task>? Changed;
            static Task Generic<T>() => Task.Delay(1);

            void M(Work w, Work? maybe, Func<Task<int>> f, bool b)
            {
                [|w.Run()|];
                [|w.Self.Run()|];
                [|w[0].Run()|];
                [|maybe?.Run()|];
                [|maybe?.Other?.Run()|];
                [|maybe?.Self[0].Run()|];
                [|maybe?.Run()|].ConfigureAwait(false);
                [|maybe!.Run()|];
                [|(w).Run()|];
                [|((Work)w).Run()|];
                [|Next!.Run()|];
                [|GAsync()|];
                [|VAsync()|];
                [|WAsync()|];
                [|FAsync()|].ConfigureAwait(false);
                [|VAsync()|].ConfigureAwait(false);
                [|VAsync()|].AsTask();
                [|FAsync()|]!.ConfigureAwait(false);
                [|f()|];
                [|f.Invoke()|];
                [|work()|];
                [|Changed?.Invoke()|];
                [|Generic<int>()|];
                [|Own.Start()|];
                [|Extended.Start()|];
                [|new Func<Task>(FAsync)()|];
                for (var i = 0; i < 3; [|FAsync()|]) { i++; }
                if (b) [|FAsync()|]; else [|w.Run()|];
                checked { [|GAsync(1 + 1)|]; }
                switch (b) { case true: [|FAsync()|]; break; }
                try { [|FAsync()|]; } catch { [|FAsync()|]; } finally { [|FAsync()|]; }
                foreach (var x in new[] { 1 }) [|GAsync(x)|];
                lock (w) { [|FAsync()|]; }
                using (var s = new MemoryStream()) { [|FAsync()|]; }
                new ValueTask([|FAsync()|]);
            }
        }
        """ + Work);

    [Fact]
    public Task The_framework_s_own_tasks_are_found() => Reports(
        """
        using System.Threading.Channels;

        class C
        {
            void M(Stream stream, SemaphoreSlim gate, Channel<int> channel, CancellationTokenSource source, HttpClient http, IAsyncDisposable disposable, Task task)
            {
                [|Task.Delay(1)|];
                [|Task.Yield()|];
                [|Task.Run(() => { })|];
                [|Task.Run(async () => await Task.Delay(1))|];
                [|Task.Factory.StartNew(() => { })|];
                [|Task.WhenAll(task, task)|];
                [|Task.WhenAny(task, task)|];
                [|stream.FlushAsync()|];
                [|gate.WaitAsync()|];
                [|channel.Writer.WriteAsync(1)|];
                [|source.CancelAsync()|];
                [|http.GetAsync("x")|];
                [|disposable.DisposeAsync()|];
                [|File.WriteAllTextAsync("a", "b")|];
                [|Task.Factory.StartNew(() => Task.Delay(1)).Unwrap()|];
                [|Task.Delay(1).ContinueWith(_ => Console.WriteLine())|];
            }
        }
        """);

    [Fact]
    public Task A_call_that_gives_back_what_a_delegate_makes_is_found() => Reports(
        """
        class C
        {
            static T Call<T>(Func<T> f) => f();
            static T Call<T>(Func<CancellationToken, T> f, CancellationToken token) => f(token);
            void M()
            {
                [|Call(() => Task.Delay(1))|];
                [|Call(async () => await Task.Delay(1))|];
                [|Call(token => Task.Delay(1, token), CancellationToken.None)|];
            }
        }
        """);

    [Fact]
    public Task Locals_that_nobody_reads_are_found() => Reports(
        """
        using static Work;

        class C
        {
            void M(bool b, Work? w, Task parameter)
            {
                var t = [|FAsync()|];
                Task<int> u = [|GAsync()|];
                ValueTask v = [|VAsync()|];
                Task later;
                later = [|FAsync()|];
                object boxed = [|FAsync()|];
                IAsyncResult result = [|FAsync()|];
                var configured = [|FAsync()|].ConfigureAwait(false);
                var choice = b ? [|FAsync()|] : [|GAsync()|];
                var chosen = b switch { true => [|FAsync()|], false => [|GAsync()|] };
                var maybe = [|w?.Run()|];
                Task first = [|FAsync()|], second = [|GAsync()|];
                var own = [|Own.Start()|];
                parameter = [|FAsync()|];
                var (x, y) = ([|FAsync()|], [|GAsync()|]);
                for (var i = [|FAsync()|]; b; ) { }
                if (b)
                {
                    var inner = [|FAsync()|];
                }

                var named = [|FAsync()|];
                Console.WriteLine(nameof(named));
            }

            void N()
            {
                var t = [|FAsync()|];
                while (true) { }
            }
        }
        """ + Work);

    [Fact]
    public Task A_task_that_is_overwritten_before_anybody_reads_it_is_found() => Reports(
        """
        using static Work;

        class C
        {
            async Task M()
            {
                var t = [|FAsync()|];
                t = FAsync();
                await t;
            }
        }
        """ + Work);

    [Fact]
    public Task Ends_of_other_rules_are_theirs() => Silent(
        """
        class Program
        {
            static async Task Main()
            {
                Work.FAsync();
                var unread = Work.FAsync();
                await Task.Yield();
            }
        }
        """ + Work);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            void M()
            {
                {|CS0103:Unknown|}();
                Work.{|CS0117:Nothing|}();
                var t = {|CS0103:Unknown|}();
                Work.FAsync({|CS0103:unknown|});
                Work.FAsync({|CS1026:;|}
            }
        }
        """ + Work);

    [Fact]
    public async Task Messages_name_what_goes_wrong()
    {
        var findings = await Findings(
            """
            using static Work;
            class C
            {
                void M(int[] xs)
                {
                    FAsync();
                    var unread = FAsync();
                    var all = xs.Select(GAsync).ToList();
                    xs.Select(GAsync);
                    new List<Task> { FAsync() };
                    Console.WriteLine(GAsync() == null);
                    Console.WriteLine($"{GAsync()}");
                    Console.WriteLine(GAsync() is IFormattable);
                    using (GAsync()) { }
                }
            }
            """ + Work);
        Assert.Equal(
            [
                "Nothing observes the task of 'FAsync': the code goes on before it is done, and its failure is never seen; await it, or assign it to '_' if that is meant",
                "Nobody reads 'unread', so nothing observes the task of 'FAsync', and its failure is never seen; await it, or assign it to '_' if that is meant",
                "Nothing awaits the tasks in 'all', so the code goes on before they are done, and their failures are never seen; await 'Task.WhenAll' of them",
                "Nothing enumerates this query, so that none of its tasks is ever started; await 'Task.WhenAll' of it",
                "Nothing awaits the tasks in this collection, so the code goes on before they are done, and their failures are never seen; await 'Task.WhenAll' of them",
                "'GAsync' returns a task, which is not null whatever its result is; await it and compare the result",
                "'GAsync' returns a task, so that the text gets the name of a type in place of the result; await it",
                "'GAsync' returns a task, so that this test never finds its result; await it and test the result",
                "'GAsync' returns a task, so that 'using' disposes the task and not its result; await it",
            ],
            findings.Select(finding => finding.GetMessage()));
    }
}
