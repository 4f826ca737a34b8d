using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class CallChainsTests
{
    private const string Work = "\nstatic class Work { public static Task F() => Task.Delay(1); public static async Task<int> G() { await F(); return 1; } public static ValueTask<int> V() => default; public static SemaphoreSlim Gate = new(1); }\n";

    [Theory]
    [InlineData("void Save() => Work.F().Wait();", "[|Save()|]", "Save → Task.Wait")]
    [InlineData("void Save() { if (Environment.TickCount > 0) { Flush(); } } void Flush() { Work.F().Wait(); }", "[|Save()|]", "Save → Flush → Task.Wait")]
    [InlineData("int Save() => Work.G().Result;", "[|Save()|]", "Save → Task.Result")]
    [InlineData("int Save() => Work.V().GetAwaiter().GetResult();", "[|Save()|]", "Save → ValueTaskAwaiter.GetResult")]
    [InlineData("void Save() => Thread.Sleep(100);", "[|Save()|]", "Save → Thread.Sleep")]
    [InlineData("void Save() { lock (this) { Monitor.Wait(this); } }", "[|Save()|]", "Save → Monitor.Wait")]
    [InlineData("void Save() { Work.Gate.Wait(); }", "[|Save()|]", "Save → SemaphoreSlim.Wait")]
    [InlineData("void Save() { var t = Work.F(); while (!t.IsCompleted) { } }", "[|Save()|]", "Save → Task.IsCompleted")]
    [InlineData("void Save() { string? line = Console.ReadLine(); }", "[|Save()|]", "Save → Console.ReadLine")]
    [InlineData("void Save() { Parallel.ForEach(new[] { 1 }, i => { }); }", "[|Save()|]", "Save → Parallel.ForEach")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int> q = new(5); void Save() { q.Add(1); }", "[|Save()|]", "Save → BlockingCollection.Add")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int> q = new(); int Save() => q.Take();", "[|Save()|]", "Save → BlockingCollection.Take")]
    public Task What_blocks_ends_a_chain(string members, string call, string chain) => Check(members, call, chain);

    [Theory]
    [InlineData("int Size => Work.G().Result;", "_ = [|Size|]", "Size → Task.Result")]
    [InlineData("int Size { get { return Work.G().Result; } }", "_ = [|this.Size|]", "Size → Task.Result")]
    [InlineData("int this[int i] => Work.G().Result;", "_ = [|this[1]|]", "C[] → Task.Result")]
    [InlineData("static int size; static int Size { get => size; set { size = value; Work.F().Wait(); } }", "[|Size|] = 1", "Size → Task.Wait")]
    [InlineData("class Store { public Store() { Work.F().Wait(); } }", "_ = [|new Store()|]", "new Store → Task.Wait")]
    [InlineData("class Store { public Store(int i) : this() { } public Store() { Work.F().Wait(); } }", "_ = [|new Store(1)|]", "new Store → new Store → Task.Wait")]
    [InlineData("class Store { int size = Work.G().Result; }", "_ = [|new Store()|]", "new Store → Task.Result")]
    [InlineData("class Store { int Size { get; } = Work.G().Result; public Store(int i) { } }", "Store s = [|new(1)|]", "new Store → Task.Result")]
    [InlineData("class Base { protected Base() { Work.F().Wait(); } } class Store : Base { }", "_ = [|new Store()|]", "new Store → new Base → Task.Wait")]
    [InlineData("class Base { protected Base(int i) { Work.F().Wait(); } } class Store : Base { public Store() : base(1) { } }", "_ = [|new Store()|]", "new Store → new Base → Task.Wait")]
    [InlineData("class Base { protected Base() { Work.F().Wait(); } } class Store : Base { public Store(int i) { } }", "_ = [|new Store(1)|]", "new Store → new Base → Task.Wait")]
    [InlineData("record Store { public int Size { get; init; } = Work.G().Result; }", "_ = [|new Store()|]", "new Store → Task.Result")]
    [InlineData("record Base(int I) { int size = Work.G().Result; } record Store(int I) : Base(I);", "_ = [|new Store(1)|]", "new Store → new Base → Task.Result")]
    public Task Every_kind_of_member_is_followed(string members, string call, string chain) => Check(members, call, chain);

    [Theory]
    [InlineData("T Save<T>(T x) { Work.F().Wait(); return x; }", "[|Save(1)|]", "Save → Task.Wait")]
    [InlineData("class Box<T> { public T Get(T x) { Work.F().Wait(); return x; } }", "[|new Box<int>().Get(1)|]", "Get → Task.Wait")]
    [InlineData("void Save() { Inner(); void Inner() => Work.F().Wait(); }", "[|Save()|]", "Save → Inner → Task.Wait")]
    [InlineData("void Save() { new List<int> { 1 }.ForEach(i => Work.F().Wait()); }", "[|Save()|]", "Save → Task.Wait")]
    [InlineData("int Save() => new[] { Work.G() }.Select(t => t.Result).Sum();", "[|Save()|]", "Save → Task.Result")]
    [InlineData("void Save() { foreach (var x in new[] { Work.G() }.Select(t => t.Result)) { } }", "[|Save()|]", "Save → Task.Result")]
    [InlineData("List<int> Save() => new List<int>(new[] { Work.G() }.Select(t => t.Result));", "[|Save()|]", "Save → Task.Result")]
    [InlineData("void Save() { Retry(() => Work.F().Wait()); } void Retry(Action a) { a(); }", "[|Save()|]", "Save → Task.Wait")]
    [InlineData("IEnumerable<int> Items() { Work.F().Wait(); yield return 1; } void Save() { foreach (var i in Items()) { } }", "[|Save()|]", "Save → Items → Task.Wait")]
    [InlineData("void Save() { Other?.Save(); Work.F().Wait(); } C? Other;", "Other?[|.Save()|]", "Save → Task.Wait")]
    [InlineData("void Save() => Run(() => Work.F()); static void Run(Func<Task> f) => f().Wait();", "[|Save()|]", "Save → Run → Task.Wait")]
    [InlineData("void Save() { using var s = Work.Gate; s.Wait(); }", "[|this!.Save()|]", "Save → SemaphoreSlim.Wait")]
    [InlineData("void Save() { _ = new Store { Size = 1 }; } class Store { public int Size { set => Work.F().Wait(); } }", "[|Save()|]", "Save → Size → Task.Wait")]
    public Task Calls_in_every_form_are_followed(string members, string call, string chain) => Check(members, call, chain);

    [Theory]
    [InlineData("interface I { void Save(); } class A : I { public void Save() => Work.F().Wait(); } I i = new A();", "[|i.Save()|]", "Save → Task.Wait")]
    [InlineData("interface I { void Save(); } class A : I { void I.Save() => Work.F().Wait(); } I i = new A();", "[|i.Save()|]", "Save → Task.Wait")]
    [InlineData("interface I { void Save(); } class B { public void Save() => Work.F().Wait(); } class A : B, I { } I i = new A();", "[|i.Save()|]", "Save → Task.Wait")]
    [InlineData("interface I { int Size { get; } } class A : I { public int Size => Work.G().Result; } I i = new A();", "_ = [|i.Size|]", "Size → Task.Result")]
    [InlineData("interface I<T> { void Save(T x); } class A : I<int> { public void Save(int x) => Work.F().Wait(); } I<int> i = new A();", "[|i.Save(1)|]", "Save → Task.Wait")]
    [InlineData("abstract class B { public abstract void Save(); } class A : B { public override void Save() => Work.F().Wait(); } class D : B { public override void Save() => Thread.Sleep(1); } B b = new A();", "[|b.Save()|]", "Save → Task.Wait")]
    [InlineData("class B { public virtual void Save() { } } sealed class A : B { public override void Save() => Work.F().Wait(); } A a = new A();", "[|a.Save()|]", "Save → Task.Wait")]
    [InlineData("class B { public virtual void Save() => Work.F().Wait(); } class A : B { public override void Save() { } public void Go() => base.Save(); } A a = new A();", "[|a.Go()|]", "Go → Save → Task.Wait")]
    [InlineData("interface I { void Save() => Work.F().Wait(); } class A : I { } I i = new A();", "[|i.Save()|]", "Save → Task.Wait")]
    public Task Virtual_calls_whose_targets_all_block_are_followed(string members, string call, string chain) => Check(members, call, chain);

    [Theory]
    [InlineData("interface I { void Save(); } class A : I { public void Save() => Work.F().Wait(); } class B : I { public void Save() { } } I i = new A();", "[|i.Save()|]")]
    [InlineData("interface I { void Save(); } static I i = null!;", "[|i.Save()|]")]
    [InlineData("class B { public virtual void Save() { } } class A : B { public override void Save() => Work.F().Wait(); } B b = new A();", "[|b.Save()|]")]
    [InlineData("class B { public virtual void Save() => Work.F().Wait(); } class A : B { public override void Save() { } } B b = new A();", "[|b.Save()|]")]
    [InlineData("class A : IDisposable { public void Dispose() => Work.F().Wait(); } IDisposable d = new A();", "[|d.Dispose()|]")]
    [InlineData("abstract class B { public abstract void Save(); } static B b = null!;", "[|b.Save()|]")]
    public Task Virtual_calls_that_may_not_block_are_none(string members, string call) => Check(members, call, null);

    [Theory]
    [InlineData("void Save() { }", "[|Save()|]")]
    [InlineData("void Save() => Save();", "[|Save()|]")]
    [InlineData("void Save() => Other(); void Other() => Save();", "[|Save()|]")]
    [InlineData("async Task Save() { await Work.F(); Thread.Sleep(1); }", "_ = [|Save()|]")]
    [InlineData("Task Save() { Thread.Sleep(1); return Task.CompletedTask; }", "_ = [|Save()|]")]
    [InlineData("async void Save() { await Work.F(); Thread.Sleep(1); }", "[|Save()|]")]
    [InlineData("void Save() { Work.F().Wait(0); Thread.Sleep(0); }", "[|Save()|]")]
    [InlineData("int Save() => Task.FromResult(1).Result;", "[|Save()|]")]
    [InlineData("void Save() { var t = Work.F(); if (t.IsCompleted) t.Wait(); }", "[|Save()|]")]
    [InlineData("void Save() { Task.Run(() => Work.F().Wait()); }", "[|Save()|]")]
    [InlineData("void Save() { new Thread(() => Thread.Sleep(1)).Start(); }", "[|Save()|]")]
    [InlineData("Action Save() => () => Work.F().Wait();", "[|Save()|]")]
    [InlineData("Action Save() => Work.F().Wait;", "[|Save()|]")]
    [InlineData("IEnumerable<int> Save() => new[] { Work.G() }.Select(t => t.Result);", "[|Save()|]")]
    [InlineData("IEnumerable<int> Save() { Work.F().Wait(); yield return 1; }", "[|Save()|]")]
    [InlineData("string Save() => nameof(Task<int>.Result);", "[|Save()|]")]
    [InlineData("void Save() { System.Linq.Expressions.Expression<Action> e = () => Work.F().Wait(); }", "[|Save()|]")]
    [InlineData("void Save() { Later(() => Work.F().Wait()); } Action? kept; void Later(Action a) { kept = a; }", "[|Save()|]")]
    [InlineData("void Save() { async Task Inner() { await Work.F(); Thread.Sleep(1); } _ = Inner(); }", "[|Save()|]")]
    [InlineData("class Store { static int size = Work.G().Result; }", "_ = [|new Store()|]")]
    [InlineData("List<int> q = new(); void Save() { q.Add(1); var x = string.Join(\",\", q.Take(1)); }", "[|Save()|]")]
    [InlineData("class Box { public int Result => 1; public void Wait() { } } int Save() { new Box().Wait(); return new Box().Result; }", "[|Save()|]")]
    public Task What_does_not_block_is_no_chain(string members, string call) => Check(members, call, null);

    [Theory]
    [InlineData("class S { public void Go() => Work.F().Wait(); } S s = new(); void Save() { s.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } S? s { get; } void Save() { this.s!.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } void Save() { S s = new(); (s).Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } void Save() { var s = new S(); s.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } void Save() { new S().Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } S[] all = new S[1]; void Save() { foreach (var s in all) s.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } class D : S { } D s = new(); void Save() { s.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } class Base { protected S s = new(); } class D : Base { public void Save() { s.Go(); } } void Save() => new D().Save();", "Save → Save → Go → Task.Wait")]
    [InlineData("interface I { void Go(); } class S : I { public void Go() => Work.F().Wait(); } I s = new S(); void Save() { s.Go(); }")]
    [InlineData("interface I { void Go(); } class B { public void Go() => Work.F().Wait(); } class S : B, I { } I s = new S(); void Save() { s.Go(); }")]
    [InlineData("interface I { void Go(); } interface J : I { } class S : J { public void Go() => Work.F().Wait(); } I s = new S(); void Save() { s.Go(); }")]
    [InlineData("interface I { void Go() => Work.F().Wait(); } class S : I { } I s = new S(); void Save() { s.Go(); }")]
    [InlineData("interface I { void Go(); } class S : I { public void Go() => Work.F().Wait(); } void Save<T>(T s) where T : I { s.Go(); } void Save() => Save(new S());", "Save → Save → Go → Task.Wait")]
    [InlineData("class Box<T> where T : S { T s = default!; public void Save() { s.Go(); } } class S { public void Go() => Work.F().Wait(); } void Save() => new Box<S>().Save();", "Save → Save → Go → Task.Wait")]
    [InlineData("class S { public bool Go() { Work.F().Wait(); return true; } } S s = new(); void Save() { _ = new List<int> { 1 }.Where(n => s.Go()).ToList(); }")]
    [InlineData("class S { public int Size { get { Work.F().Wait(); return 1; } } public S Other = null!; } S s = new(); bool Save() => this is { s: { Other.Size: 1 } };", "Save → Size → Task.Wait")]
    [InlineData("class S { public int Size { set { Work.F().Wait(); } } } S Save() => new S { Size = 1 };", "Save → Size → Task.Wait")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } class T { public void Go() { } } void Save() { Action<T> a = s => s.Go(); Action<S> b = s => s.Go(); b(new S()); }", null)]
    [InlineData("class S { public void Go() => Work.F().Wait(); } class T { public void Go() { } } S s = new(); void Save() { Action<int> a = (int s) => Console.WriteLine(s); s.Go(); }")]
    [InlineData("class S { public void Go() => Work.F().Wait(); } T t = new(); class T { public S s = new(); } void Save() { t.s.Go(); }")]
    [InlineData("static class S { public static void Go() => Work.F().Wait(); } void Save() { S.Go(); }")]
    [InlineData("class S { public void Save() { Go(); } } static void Go() => Work.F().Wait(); void Save() => new S().Save();", "Save → Save → Go → Task.Wait")]
    [InlineData("class S { public S() { Work.F().Wait(); } } S s = null!; void Save() { s = new(); }", "Save → new S → Task.Wait")]
    public Task Calls_are_followed_on_whatever_they_are_called(string members, string? chain = "Save → Go → Task.Wait") => Check(members, "[|Save()|]", chain);

    [Fact]
    public async Task Calls_are_followed_where_another_file_declares_what_they_are_called_on()
    {
        var snippet = await Snippet.CompileAsync(
            """
            using Store = Far.Disk;
            using static Far.Helpers;
            partial class C { Store store = new(); Far.Part mine = new(); void M() { [|Save()|]; } void Save() { if (part.Ready()) store.Open(); else Close(); part.Twice(); mine.Twice(); } }
            === Test/Far.cs
            namespace Far { public class Part { public bool Ready() => true; } public class Disk { public void Open() => Thread.Sleep(5); } public static class Helpers { public static void Close() => Thread.Sleep(6); public static void Twice(this Part part) => Thread.Sleep(7); } }
            === Test/Parts.cs
            partial class C { Far.Part part = new(); }
            """);
        var save = snippet.Operation;
        var parts = snippet.Model.CallChains.BlockingPartsOf(((Microsoft.CodeAnalysis.Operations.IInvocationOperation)save).TargetMethod, default);
        Assert.Equal(["store.Open()", "Close()", "part.Twice()", "mine.Twice()"], parts.Select(part => part.Operation.Syntax.ToString()));
    }

    [Fact]
    public async Task Of_two_ways_the_shorter_one_is_told_and_of_equal_ones_the_first()
    {
        await Check("void Save() { Far(); Near(); Next(); } void Far() => Near(); void Near() => Thread.Sleep(1); void Next() => Work.F().Wait();", "[|Save()|]", "Save → Near → Thread.Sleep");
        await Check("void Save() { Near(); Thread.Sleep(1); } void Near() => Work.F().Wait();", "[|Save()|]", "Save → Thread.Sleep");
    }

    [Fact]
    public async Task Recursion_has_the_same_answers_whoever_is_asked_first()
    {
        const string Members = "void A() { B(); } void B() { C1(); A(); } void C1() { D(); A(); B(); } void D() { A(); Work.F().Wait(); } void E() { E(); A(); }";
        string[] names = ["A", "B", "C1", "D", "E"];
        var code = "class C { " + Members + string.Concat(names.Select(name => $" void Call{name}() {{ [|{name}()|]; }}")) + " }" + Work;
        var orders = Enumerable.Range(0, names.Length).Select(shift => names.Select((_, index) => (index + shift) % names.Length).ToArray());
        var answers = new List<string>();
        foreach (var order in orders)
        {
            var snippet = await Snippet.CompileAsync(code);
            var chains = new string?[names.Length];
            foreach (var index in order)
                chains[index] = snippet.Model.CallChains.Of(snippet.Semantics.GetOperation(snippet.Marked[index])!, default)?.Text;
            answers.Add(string.Join("; ", chains));
        }

        Assert.Equal("A → B → C1 → D → Task.Wait; B → C1 → D → Task.Wait; C1 → D → Task.Wait; D → Task.Wait; E → A → B → C1 → D → Task.Wait", Assert.Single(answers.Distinct()));
    }

    [Fact]
    public async Task Places_are_where_each_member_runs_the_next()
    {
        var snippet = await Snippet.CompileAsync("class C { void M() { [|Save()|]; } void Save() { this.Flush(); } void Flush() { Work.F().Wait(); } }" + Work);
        var chain = snippet.Model.CallChains.Of(snippet.Operation, default)!;
        Assert.Equal(["Flush", "Wait"], chain.Places.Select(place => snippet.Root.FindToken(place.SourceSpan.Start).Text));
    }

    [Fact]
    public async Task Members_of_other_files_are_found()
    {
        var snippet = await Snippet.CompileAsync(
            """
            class C { void M(Store s) { [|s.Save()|]; } }
            === Test/Store.cs
            partial class Store { public void Save() => Flush(); }
            === Test/StoreParts.cs
            using static System.Threading.Thread;
            partial class Store { void Flush() => Sleep(5); }
            """);
        Assert.Equal("Save → Flush → Thread.Sleep", snippet.Model.CallChains.Of(snippet.Operation, default)?.Text);
    }

    [Fact]
    public async Task Members_of_other_projects_are_not_followed()
    {
        var snippet = await Snippet.CompileAsync(
            """
            === Library/Store.cs
            public class Store { public void Save() => Thread.Sleep(5); }
            === Test/Test.cs
            class C { void M(Store s) { [|s.Save()|]; } }
            """);
        Assert.Null(snippet.Model.CallChains.Of(snippet.Operation, default));
    }

    private static async Task Check(string members, string call, string? chain)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {members} void M() {{ {call}; }} }}{Work}");
        Assert.Equal(chain, snippet.Model.CallChains.Of(snippet.Operation, default)?.Text);
    }
}
