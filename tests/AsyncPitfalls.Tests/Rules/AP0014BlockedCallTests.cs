using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0014BlockedCallTests() : RuleTest(new AP0014BlockedCallAnalyzer())
{
    /// <summary>Members that block: a method two calls away from a wait, a property, an indexer, types.</summary>
    private const string Store =
        """

        class Store
        {
            public Store() { }
            public Store(int size) { Size = size; Flush(); }
            public static Store Shared { get; } = new();
            public int Size { get; set; }
            public int Count => LoadAsync().Result;
            public int this[int index] => LoadAsync().Result;
            public void Save() => Flush();
            public Store Chain() { Flush(); return this; }
            public bool TrySave(out int saved) { Flush(); saved = 1; return true; }
            public T Echo<T>(T value) { Flush(); return value; }
            public static void SaveAll() => Shared.Flush();
            private void Flush() { FlushAsync().Wait(); }
            public async Task FlushAsync() => await Task.Delay(1);
            public async Task<int> LoadAsync() { await FlushAsync(); return 1; }
            public void Harmless() { }
            public async Task UseAsync() { await FlushAsync(); [|Save|](); this.[|Save|](); }
        }

        static class Extensions
        {
            public static void SaveTwice(this Store store) { store.Save(); store.Save(); }
        }
        """;

    [Theory]
    [InlineData("var t = Start(); t.Wait();")]
    [InlineData("Task? t = Start(); t?.Wait();")]
    [InlineData("Work t = Start(); t.Wait();")]
    [InlineData("System.Threading.Tasks.Task t = Start(); t.Wait();")]
    [InlineData("var gate = new Gate(); gate.Wait();")]
    [InlineData("new Gate().Wait();")]
    [InlineData("Kept.Wait();")]
    [InlineData("Gate.Shared.Wait();")]
    [InlineData("((Task)state!).Wait();")]
    [InlineData("_ = ((Task<int>)state!).Result;")]
    [InlineData("foreach (var t in new[] { Start() }) t.Wait();")]
    public Task Reports_waits_on_whatever_a_name_holds(string wait) => Reports(
        $$"""
        using Work = System.Threading.Tasks.Task;

        class Gate : SemaphoreSlim { public Gate() : base(1) { } public static readonly SemaphoreSlim Shared = new Gate(); }
        class Holder { protected readonly SemaphoreSlim Kept = new(1); }

        class C : Holder
        {
            object? state;

            Task Start() => Task.Delay(1);
            void Block() { {{wait}} }
            async Task M() { await Start(); [|Block|](); }
        }
        """);

    [Theory]
    [InlineData("s.[|Save|]();")]
    [InlineData("s?.[|Save|]();")]
    [InlineData("s!.[|Save|]();")]
    [InlineData("(s).[|Save|]();")]
    [InlineData("Store.[|SaveAll|]();")]
    [InlineData("global::Store.[|SaveAll|]();")]
    [InlineData("s.[|Chain|]().[|Save|]();")]
    [InlineData("if (s.[|TrySave|](out var saved)) { }")]
    [InlineData("var x = checked(s.[|Echo|](1) + 1);")]
    [InlineData("var x = s.[|Echo|]<long>(1);")]
    [InlineData("var x = (object)s.[|Echo|](1);")]
    [InlineData("s.[|SaveTwice|]();")]
    [InlineData("Extensions.[|SaveTwice|](s);")]
    [InlineData("var x = s.[|Count|];")]
    [InlineData("var x = s?.[|Count|];")]
    [InlineData("if (s is { [|Count|]: > 1 }) { }")]
    [InlineData("var x = [|s[1]|];")]
    [InlineData("var x = new [|Store|](1);")]
    [InlineData("Store x = [|new|](1);")]
    [InlineData("var x = new [|Store|](1) { Size = 2 };")]
    [InlineData("var x = s.[|Count|] switch { 1 => s.[|Echo|](1), _ => 0 };")]
    [InlineData("for (var i = 0; i < s.[|Count|]; i++) { }")]
    [InlineData("while (s.[|Echo|](true)) { await Task.Yield(); }")]
    [InlineData("try { } finally { s.[|Save|](); }")]
    [InlineData("using (new Timer(_ => { })) { s.[|Save|](); }")]
    [InlineData("await Task.Delay(s.[|Count|]);")]
    [InlineData("await foreach (var x in Numbers(s)) { }\n static async IAsyncEnumerable<int> Numbers(Store s) { await Task.Yield(); yield return s.[|Count|]; }")]
    [InlineData("Func<Task> f = async () => { await Task.Yield(); s.[|Save|](); };")]
    [InlineData("Func<Task> f = async delegate { await Task.Yield(); s.[|Save|](); };")]
    [InlineData("async Task Local() { await Task.Yield(); s.[|Save|](); } await Local();")]
    [InlineData("void Local() => Thread.Sleep(5); [|Local|]();")]
    [InlineData("var q = from x in Enumerable.Range(0, s.[|Count|]) select x;")]
    public Task Every_call_read_and_creation_in_an_async_function_is_found(string statement) =>
        Reports($"class C {{ async Task M(Store s) {{ await Task.Yield(); {statement} }} }}{Store}");

    [Theory]
    [InlineData("void Save() => Thread.Sleep(100);")]
    [InlineData("void Save() => Console.ReadLine();")]
    [InlineData("void Save() { using var p = System.Diagnostics.Process.Start(\"x\"); p.WaitForExit(); }")]
    [InlineData("void Save() => Task.WaitAll(Task.Delay(1));")]
    [InlineData("void Save() { lock (this) { Monitor.Wait(this); } }")]
    [InlineData("void Save() => Inner(3); void Inner(int i) { if (i > 0) Inner(i - 1); else Thread.Sleep(1); }")]
    [InlineData("void Save() { try { } catch { Thread.Sleep(1); } }")]
    [InlineData("void Save() { Parallel.For(0, 10, i => { }); }")]
    [InlineData("void Save() { using var e = new ManualResetEventSlim(); e.Wait(); }")]
    [InlineData("void Save() { Task.Run(() => { }).GetAwaiter().GetResult(); }")]
    [InlineData("void Save() => Run(() => Task.Delay(1)); static void Run(Func<Task> f) => Task.Run(f).Wait();")]
    [InlineData("void Save() { foreach (var t in new[] { Task.Delay(1) }) t.Wait(); }")]
    [InlineData("void Save() { new[] { Task.Delay(1) }.ToList().ForEach(t => t.Wait()); }")]
    public Task What_blocks_may_be_a_wait_or_what_always_blocks(string member) =>
        Reports($"class C {{ {member} async Task M() {{ await Task.Yield(); [|Save|](); }} }}");

    [Fact]
    public Task Top_level_statements_that_await_are_an_async_function() => Reports(
        """
        await Task.Yield();
        [|Save|]();

        void Save() => Thread.Sleep(5);
        """);

    [Fact]
    public Task Waiting_for_another_loop_ends_a_chain() => Reports(
        """
        using System.Windows.Threading;

        class C
        {
            private readonly Dispatcher dispatcher = Dispatcher.CurrentDispatcher;

            void Show() => dispatcher.Invoke(() => { });

            void ShowAsked() { if (dispatcher.CheckAccess()) return; else if (!dispatcher.CheckAccess()) dispatcher.Invoke(() => { }); }

            async Task M()
            {
                await Task.Yield();
                [|Show|]();
                ShowAsked();
            }
        }
        """, Setup.Desktop);

    [Theory]
    [InlineData("void M(Store s) { s.Save(); }")]
    [InlineData("Task M(Store s) { s.Save(); return Task.CompletedTask; }")]
    [InlineData("async Task M(Store s) { await Task.Run(() => s.Save()); }")]
    [InlineData("async Task M(Store s) { await Task.Run(s.Save); }")]
    [InlineData("async Task M(Store s) { await Task.Run(async () => { s.Save(); await Task.Yield(); }); }")]
    [InlineData("async Task M(Store s) { await Task.Factory.StartNew(() => s.Save()); }")]
    [InlineData("async Task M(Store s) { await Task.Factory.StartNew(() => s.Save(), default, TaskCreationOptions.LongRunning, TaskScheduler.Default); }")]
    [InlineData("async Task M(Store s) { var t = new Thread(() => s.Save()); t.Start(); await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); ThreadPool.QueueUserWorkItem(_ => s.Save()); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); lock (s) { s.Save(); } }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); Action a = () => s.Save(); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); Action a = s.Save; }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); new List<Store>().ForEach(x => x.Save()); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); System.Linq.Expressions.Expression<Action> e = () => s.Save(); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); var n = nameof(s.Count); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); s.Harmless(); s.Size = 1; }")]
    [InlineData("async Task M(Store s) { await s.FlushAsync(); var x = await s.LoadAsync(); }")]
    [InlineData("static async Task Main() { Store.SaveAll(); await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { await Task.Yield(); s.Unknown(); {|CS0103:Nothing|}.Save(); }", "CS1061")]
    public Task Code_that_may_block_or_does_not_is_silent(string member, string? error = null)
    {
        var code = $"class C {{ {member} }}{Store.Replace("[|", "").Replace("|]", "").Replace("await FlushAsync(); Save(); this.Save();", "await FlushAsync();")}";
        return Silent(error is null ? code : code.Replace("s.Unknown", "s.{|" + error + ":Unknown|}"));
    }

    [Theory]
    [InlineData("static int Read(Task<int> task) { Console.Write(1); return task.Result; } async Task M() { var t = Task.Run(() => 1); await t; Read(t); }")]
    [InlineData("int Read(Task<int> a, Task<int> b) => a.Result + b.Result; async Task M(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); Read(a, b); }")]
    [InlineData("int Read(Task<int> t) => t.Result; async Task M() { await Task.Yield(); Read(Task.FromResult(1)); }")]
    public Task A_method_that_waits_for_completed_tasks_only_is_silent(string members) => Silent($"class C {{ {members} }}");

    [Theory]
    [InlineData("static int Read(Task<int> task) { Console.Write(1); return task.Result; } async Task M() { var t = Task.Run(() => 1); await Task.Yield(); [|Read|](t); await t; }")]
    [InlineData("int Read(Task<int> a, Task<int> b) => a.Result + b.Result; async Task M(Task<int> a, Task<int> b) { await a; [|Read|](b, b); await b; }")]
    public Task A_method_that_waits_for_other_tasks_is_found(string members) => Reports($"class C {{ {members} }}");

    [Theory]
    [InlineData("public interface IStore { void Save(); } class A : IStore { public void Save() => Thread.Sleep(1); } class B : IStore { public void Save() { } }")]
    [InlineData("public interface IStore { void Save(); }")]
    [InlineData("public abstract class IStore { public virtual void Save() => Thread.Sleep(1); } class B : IStore { public override void Save() { } }")]
    [InlineData("public class IStore { public virtual void Save() { } } class B : IStore { public override void Save() => Thread.Sleep(1); }")]
    public Task Virtual_calls_with_a_target_that_does_not_block_are_silent(string types) =>
        Silent($"{types}\nclass C {{ async Task M(IStore s) {{ await Task.Yield(); s.Save(); }} }}");

    [Theory]
    [InlineData("public interface IStore { void Save(); } class A : IStore { public void Save() => Thread.Sleep(1); } class B : IStore { void IStore.Save() => Thread.Sleep(2); }")]
    [InlineData("public abstract class IStore { public abstract void Save(); } class B : IStore { public override void Save() => Thread.Sleep(1); }")]
    [InlineData("public class IStore { public virtual void Save() => Thread.Sleep(2); } class B : IStore { public override void Save() => Thread.Sleep(1); }")]
    public Task Virtual_calls_whose_targets_all_block_are_found(string types) =>
        Reports($"{types}\nclass C {{ async Task M(IStore s) {{ await Task.Yield(); s.[|Save|](); }} }}");

    [Fact]
    public Task Set_ups_of_mocks_are_silent() => Silent(
        """
        using Moq;
        public interface IStore { int Save(); }
        class Store : IStore { public int Save() { Thread.Sleep(1); return 1; } }
        class Tests
        {
            async Task M(Mock<IStore> store)
            {
                await Task.Yield();
                store.Setup(s => s.Save());
                store.Verify(s => s.Save());
            }
        }
        namespace Moq
        {
            public class Mock<T> { public void Setup<R>(Func<T, R> f) { } public void Verify<R>(System.Linq.Expressions.Expression<Func<T, R>> f) { } }
            public class MockRepository { }
        }
        """);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            void Save() { Thread.{|CS0117:Slep|}(1); Task.Run(() => { }).{|CS1061:Wai|}(); }
            async Task M() { await Task.Yield(); this.{|CS1061:Sav|}(); Save(); {|CS0103:Nothing|}(); _ = new {|CS0246:Stor|}(); }
        }
        """);

    [Fact]
    public async Task Message_shows_the_chain_and_says_what_to_do()
    {
        var findings = await Findings(
            """
            class C
            {
                void Save() => Flush();
                void Flush() => Task.Delay(1).Wait();
                int Size => Task.Run(() => 1).Result;
                public C() => Flush();
                async Task M() { await Task.Yield(); Save(); _ = Size; _ = new C(); }
            }
            """);

        Assert.Equal(
            [
                "'Save' keeps the thread of this async code waiting further down (Save → Flush → Task.Wait), and nothing else can run there meanwhile; make the chain async and await it",
                "'Size' keeps the thread of this async code waiting further down (Size → Task.Result), and nothing else can run there meanwhile; move what blocks into an async method, as a property cannot await",
                "'new C' keeps the thread of this async code waiting further down (new C → Flush → Task.Wait), and nothing else can run there meanwhile; move what blocks into an async method, as a constructor cannot await",
            ],
            findings.Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["Flush", "Wait"], findings[0].AdditionalLocations.Select(place => place.SourceTree!.GetText().ToString(place.SourceSpan)));
        Assert.Equal(DiagnosticSeverity.Warning, findings[0].Severity);
    }
}
