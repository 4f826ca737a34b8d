using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0002BlockingWaitTests() : RuleTest(new AP0002BlockingWaitAnalyzer())
{
    [Theory]
    [InlineData("Use(t.[|Result|]);")]
    [InlineData("Use(F().[|Result|]);")]
    [InlineData("Use((t!).[|Result|]);")]
    [InlineData("Use(((Task<int>)(object)t)!.[|Result|]);")]
    [InlineData("Use(checked(t.[|Result|] + 1));")]
    [InlineData("Use(t?.[|Result|]);")]
    [InlineData("t?.[|Wait|]();")]
    [InlineData("Use(t?.GetAwaiter().[|GetResult|]());")]
    [InlineData("t.[|Wait|]();")]
    [InlineData("t.[|Wait|](100);")]
    [InlineData("t.[|Wait|](Timeout.InfiniteTimeSpan, default(CancellationToken));")]
    [InlineData("Use(t.GetAwaiter().[|GetResult|]());")]
    [InlineData("Use(t.ConfigureAwait(false).GetAwaiter().[|GetResult|]());")]
    [InlineData("Use(v.AsTask().GetAwaiter().[|GetResult|]());")]
    [InlineData("Use(v.Preserve().[|Result|]);")]
    [InlineData("Use(v.ConfigureAwait(false).GetAwaiter().[|GetResult|]());")]
    [InlineData("var a = t.GetAwaiter(); Use(a.[|GetResult|]());")]
    [InlineData("Task.[|WaitAll|](t, t.ContinueWith(_ => { }));")]
    [InlineData("Use(Task.[|WaitAny|](new Task[] { t }, 100));")]
    [InlineData("((IAsyncResult)t).AsyncWaitHandle.[|WaitOne|]();")]
    [InlineData("while (!t.[|IsCompleted|]) { }")]
    [InlineData("while (!t.[|IsCompleted|]) Thread.Sleep(10);")]
    [InlineData("do { Thread.Yield(); } while (!t.[|IsCompleted|]);")]
    [InlineData("while (t?.[|IsCompleted|] == false) { }")]
    [InlineData("while (t is { [|IsCompleted|]: false }) Thread.Sleep(10);")]
    [InlineData("SpinWait.[|SpinUntil|](() => t.IsCompleted);")]
    [InlineData("Action a = t.[|Wait|]; a();")]
    [InlineData("Func<int> f = t.GetAwaiter().[|GetResult|]; Use(f());")]
    [InlineData("Use(new[] { t }.Select(x => x.[|Result|]));")]
    [InlineData("Use(from x in new[] { t } where x.[|Result|] > 3 select x);")]
    [InlineData("Func<Task<int>, int> f = static x => x.[|Result|]; Use(f(t));")]
    [InlineData("Use(t is { [|Result|]: 5 });")]
    [InlineData("Use(t switch { { [|Result|]: > 5 } => 1, _ => 0 });")]
    [InlineData("Task.[|WaitAll|](Task.CompletedTask, t);")]
    [InlineData("Task.[|WaitAll|](Task.Run(() => Console.WriteLine(1)), t);")]
    [InlineData("Action<Task[]> wait = Task.[|WaitAll|]; wait(new Task[0]);")]
    [InlineData("new Thread(() => Task.Run(() => F().[|Wait|]())).Start();")]
    [InlineData("Use(new Derived().[|Result|]);")]
    [InlineData("Task.Run(() => F().[|Result|]);")]
    [InlineData("Use(F().ContinueWith(x => x.Result).[|Result|]);")]
    [InlineData("lock (this) { t.[|Wait|](); }")]
    [InlineData("Use(new Lazy<Task<int>>(F).Value.[|Result|]);")]
    [InlineData("Use(new { A = t.[|Result|] });")]
    [InlineData("Use($\"{t.[|Result|]}\");")]
    [InlineData("foreach (var x in Task.FromResult(new[] { F() }).Result) Use(x.[|Result|]);")]
    [InlineData("try { t.[|Wait|](); } catch (AggregateException) { }")]
    [InlineData("Use(Nested(Nested(1).[|Result|]).[|Result|]);")]
    [InlineData("if (t.[|Result|] is var r && r > 3) Use(r);")]
    [InlineData("int Local() => t.[|Result|]; Use(Local());")]
    [InlineData("1.5.GetAwaiter().[|GetResult|]();")]
    [InlineData("new Custom().GetAwaiter().[|GetResult|]();")]
    [InlineData("WaitHandle.[|WaitAll|](new[] { ((IAsyncResult)t).AsyncWaitHandle });")]
    public Task Every_form_of_waiting_is_found(string body) => Reports(In(body));

    [NeedsCSharpFact(12)]
    public Task Every_kind_of_function_is_looked_at() => Reports(
        """
        using static System.Threading.Tasks.Task;

        class C(Task<int> seed)
        {
            private readonly int field = F().[|Result|];
            private int Initialized { get; } = F().GetAwaiter().[|GetResult|]();
            private readonly int seeded = seed.[|Result|];
            private static readonly Lazy<int> Lazily = new(() => F().[|Result|]);

            C() : this(Run(() => F().[|Result|])) => F().[|Wait|]();
            C(int x) : this(Delay(F().[|Result|]).ContinueWith(_ => 1)) { }
            static C() { F().[|Wait|](); }
            ~C() => F().[|Wait|]();

            public int Arrow => F().[|Result|];
            public int Accessors { get => F().[|Result|]; set => F().[|Wait|](value); }
            public int this[int i] => F().[|Result|];
            public event Action Happened { add { F().[|Wait|](); } remove { } }

            public static C operator +(C a, C b) { F().[|Wait|](); return a; }
            public static explicit operator int(C a) => F().[|Result|];

            async Task Async() { await Yield(); F().[|Wait|](); }
            async IAsyncEnumerable<int> Stream() { await Yield(); yield return F().[|Result|]; }
            IEnumerable<int> Iterator() { yield return F().[|Result|]; }
            T Generic<T>(Task<T> t) => t.[|Result|];
            T Constrained<T, TTask>(TTask t) where TTask : Task<T> => t.[|Result|];
            void Static() => [|WaitAll|](F());

            static Task<int> F() => Run(() => 1);
        }

        partial class P
        {
            partial void M();
            partial void M() => Delay(1).[|Wait|]();
        }

        struct S { public int M(Task<int> t) => t.[|Result|]; }
        record R(Task<int> T) { public int M() => T.[|Result|]; }
        interface I { int M(Task<int> t) => t.[|Result|]; }
        """);

    [Fact]
    public Task Top_level_statements_are_looked_at() => Reports(
        """
        var text = File.ReadAllTextAsync("a").[|Result|];
        Console.WriteLine(text);
        Task.Delay(1).[|Wait|]();
        int Local() => Task.Run(() => 1).[|Result|];
        Local();
        """);

    [Fact]
    public Task Main_is_looked_at() => Reports(
        """
        class Program
        {
            static void Main() => RunAsync().GetAwaiter().[|GetResult|]();
            static async Task RunAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Synchronous_disposal_of_what_disposes_asynchronously_is_found() => Reports(
        """
        class C : IDisposable, IAsyncDisposable
        {
            public void Dispose() => DisposeAsync().AsTask().[|Wait|]();
            public async ValueTask DisposeAsync() => await Task.Delay(1);
        }
        """);

    [NeedsCSharpFact(14)]
    public Task Extension_members_are_looked_at() => Reports(
        """
        static class Extensions
        {
            extension(Task<int> task)
            {
                public int Now => task.[|Result|];
                public void Print() => Console.WriteLine(task.[|Result|]);
            }
        }
        """);

    [Theory]
    [InlineData("Use(new Box().Result);")]
    [InlineData("new Box().Wait();")]
    [InlineData("new Box().GetAwaiter().GetResult();")]
    [InlineData("Use(nameof(t.Result) + nameof(Task.Wait) + nameof(Task<int>.Result));")]
    [InlineData("System.Linq.Expressions.Expression<Func<Task<int>, int>> e = x => x.Result; Use(e);")]
    [InlineData("Use(new[] { t }.AsQueryable().Select(x => x.Result));")]
    [InlineData("t.Wait(0);")]
    [InlineData("t.Wait(TimeSpan.Zero); Task.WaitAll(new Task[] { t }, 0);")]
    [InlineData("Use(Task.WaitAny(new Task[] { t }, TimeSpan.Zero));")]
    [InlineData("new Thread(() => F().Wait()).Start();")]
    [InlineData("var thread = new Thread(delegate () { F().Wait(); }); thread.Start();")]
    [InlineData("new Thread(Work).Start(); void Work() => F().Wait();")]
    [InlineData("new Thread(new ThreadStart(Work)).Start(); void Work() { new List<Task> { F() }.ForEach(x => x.Wait()); }")]
    [InlineData("Task.Factory.StartNew(() => F().Wait(), TaskCreationOptions.LongRunning);")]
    [InlineData("Task.Factory.StartNew(() => F().Wait(), default, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);")]
    [InlineData("new Thread(() => Array.ForEach(new[] { t }, x => x.Wait())).Start();")]
    [InlineData("Task.WaitAny(Task.CompletedTask, t);")]
    [InlineData("if (t.IsCompleted) Use(t.Result);")]
    [InlineData("t.ContinueWith(x => Use(x.Result));")]
    [InlineData("Use(Task.FromResult(1).Result);")]
    public Task What_blocks_nobody_is_silent(string body) => Silent(In(body));

    [Fact]
    public Task Methods_that_are_only_threads_procedures_or_continuations_are_silent() => Reports(
        """
        class C
        {
            void Start(Task<int> t, Task<int>[] ts)
            {
                new Thread(Procedure).Start();
                new Thread(new ParameterizedThreadStart(Given)).Start(t);
                t.ContinueWith(Continue);
                Task.Factory.ContinueWhenAll(ts, ContinueAll);
                Task.Run(Pooled);
            }

            private void Procedure() { F().Wait(); }
            private void Given(object? task) { ((Task)task!).Wait(); }
            private void Continue(Task<int> antecedent) { Console.Write(antecedent.Result); }
            private static int ContinueAll(Task<int>[] all) => all.Sum(one => one.Result);
            private void Pooled() { F().[|Wait|](); }
            static Task<int> F() => Task.Run(() => 1);
        }
        """);

    [NeedsCSharpFact(12)]
    public Task Awaiters_forward_to_the_awaiter_inside() => Silent(
        """
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks.Sources;

        readonly struct Wrapped(Task<int> task)
        {
            public Awaiter GetAwaiter() => new(task);

            public readonly struct Awaiter(Task<int> task) : ICriticalNotifyCompletion
            {
                public bool IsCompleted => task.IsCompleted;
                public int GetResult() => task.GetAwaiter().GetResult();
                public void OnCompleted(Action continuation) => task.GetAwaiter().OnCompleted(continuation);
                public void UnsafeOnCompleted(Action continuation) => task.GetAwaiter().UnsafeOnCompleted(continuation);
            }
        }

        class Source(Task<int> task) : IValueTaskSource<int>
        {
            public int GetResult(short token) => task.Result;
            public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;
            public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) { }
        }
        """);

    [Fact]
    public Task The_one_wait_of_a_loop_runner_is_silent() => Reports(
        """
        static class AsyncHelper
        {
            public static void RunSync(Func<Task> work) => work().GetAwaiter().GetResult();
            public static T RunSync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

            public static void RunBoth(Func<Task> work)
            {
                Task.Delay(1).[|Wait|]();
                work().Wait();
            }
        }
        """);

    [Fact]
    public Task Waits_for_another_threads_loop_are_left_to_their_rule() => Silent(
        """
        class Window : System.Windows.Window
        {
            int Now() => Dispatcher.InvokeAsync(() => 1).Task.Result;
            void Later() => Dispatcher.InvokeAsync(() => { }).Wait();
        }
        """, Setup.Desktop);

    [Fact]
    public Task Waits_for_logging_are_left_to_their_rule() => Silent(
        """
        class C
        {
            void M() => Task.Run(() => Console.WriteLine("saved")).Wait();
        }
        """);

    [Fact]
    public Task Own_extensions_that_only_call_WhenAll_are_seen_through() => Silent(
        """
        static class Extensions
        {
            public static Task<T[]> WhenAll<T>(this IEnumerable<Task<T>> tasks) => Task.WhenAll(tasks);
            public static async Task Done(this Task[] tasks) { await Task.WhenAll(tasks); }
        }

        class C
        {
            async Task<int> M(List<Task<int>> tasks)
            {
                await tasks.WhenAll();
                return tasks.Sum(task => task.Result);
            }
        }
        """);

    [Theory]
    [InlineData("class C { int M(Task<int> t) => t.Result", "")]
    [InlineData("class C { int M(Task<int> t) { t.Wait(; } }", "")]
    [InlineData("class C { int M() => missing.Result; }", "")]
    [InlineData("class C { void M(Missing t) { while (!t.IsCompleted) { } t.Wait(); Task.WaitAll(t, ); } }", "")]
    [InlineData("class C { async Task M() { await missing; if (await Task.WhenAny(x, ) == ) { } Task.WaitAll(); } }", "")]
    [InlineData("class C { void M(Task<int> t) { if (t is { Result: } ) { } t switch { { Result: 5 } => , }; } }", "")]
    public async Task Half_typed_code_makes_it_guess_nothing(string code, string nothing)
    {
        var findings = await Findings(code);
        Assert.All(findings, finding => Assert.NotEqual(nothing, finding.GetMessage()));
    }

    [Theory]
    [InlineData("int M() => F().[|Result|];", "'Result' blocks the calling thread until 'F' has completed; await it instead")]
    [InlineData("async Task M() { await Task.Yield(); F().ConfigureAwait(false).GetAwaiter().[|GetResult|](); }", "'GetResult' blocks a pool thread until 'F' has completed; await it instead")]
    [InlineData("void M(Task a, Task b) => Task.[|WaitAll|](a, b);", "'WaitAll' blocks the calling thread until 'a, b' has completed; await it instead")]
    [InlineData("void M(bool c, Task a, Task b) => (c\n    ? a\n    : b).[|Wait|]();", "'Wait' blocks the calling thread until 'c ? a : b' has completed; await it instead")]
    [InlineData("void M(Task a) => a.[|Wait|](100);", "'Wait' blocks a thread until 'a' has completed or the time is up; await it instead")]
    [InlineData("void M(Task a) { while (!a.[|IsCompleted|]) ; }", "'IsCompleted' is asked again and again and keeps a thread busy until 'a' has completed; await it instead")]
    [InlineData("Action M(Task a) => a.[|Wait|];", "'Wait' as a delegate blocks whoever calls it until 'a' has completed; use a delegate that awaits it")]
    [InlineData("Action<Task[]> M() => Task.[|WaitAll|];", "'WaitAll' as a delegate blocks whoever calls it until 'WaitAll' has completed; use a delegate that awaits it")]
    public async Task The_message_says_who_waits_for_what(string member, string message)
    {
        var findings = await Findings($$"""class C { {{member}} static Task<int> F() => Task.Run(() => 1); }""");
        Assert.Equal(message, Assert.Single(findings).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => F().Result;")]
    [InlineData("class Sender : Microsoft.Extensions.Hosting.IHostedService { public Task StartAsync(CancellationToken token) => Task.CompletedTask; public Task StopAsync(CancellationToken token) { F().Wait(); return Task.CompletedTask; }")]
    public async Task What_a_host_calls_blocks_a_pool_thread(string type)
    {
        var finding = Assert.Single(await Findings($$"""{{type}} static Task<int> F() => Task.Run(() => 1); }""", Setup.AspNet));
        Assert.Contains("blocks a pool thread until 'F' has completed", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_deadlock_is_claimed_only_where_it_is_one()
    {
        var findings = await Findings(
            """
            class Window : System.Windows.Window
            {
                public Window() => Loaded += (sender, e) => { LoadAsync().Wait(); Task.Run(() => { Title = ""; }).Wait(); };
                async Task LoadAsync() => await Task.Delay(1);
                void Other() => LoadAsync().Wait();
            }
            """, Setup.Desktop);
        Assert.Equal(
            [
                "'Wait' blocks the loop on which 'LoadAsync' has to go on, so that neither does: a deadlock; await it instead",
                "'Wait' blocks the calling thread until 'Run' has completed; await it instead",
                "'Wait' blocks the calling thread until 'LoadAsync' has completed; await it instead",
            ],
            findings.Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_message_is_also_in_Chinese()
    {
        var finding = Assert.Single(await Findings("class C { int M(Task<int> t) => t.Result; }"));
        Assert.Equal("“Result”会阻塞调用线程，直到“t”完成；请改为 await", finding.GetMessage(new System.Globalization.CultureInfo("zh-Hans")));
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
    }

    private static string In(string body) =>
        $$"""
        using System.Runtime.CompilerServices;

        class Derived : Task<int> { public Derived() : base(() => 1) { } }

        class Box
        {
            public int Result => 1;
            public void Wait() { }
            public Box GetAwaiter() => this;
            public int GetResult() => 1;
        }

        class Custom
        {
            public TaskAwaiter GetAwaiter() => Task.Delay(1).GetAwaiter();
        }

        static class Extensions
        {
            public static TaskAwaiter GetAwaiter(this double seconds) => Task.Delay(1).GetAwaiter();
        }

        class C
        {
            void M(Task<int> t, ValueTask<int> v)
            {
                {{body}}
            }

            static Task<int> Nested(int x) => F();
            static Task<int> F() => Task.Run(() => 1);
            static void Use(object? o) { }
        }
        """;
}
