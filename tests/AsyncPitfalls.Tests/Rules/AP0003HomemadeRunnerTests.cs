using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0003HomemadeRunnerTests() : RuleTest(new AP0003NestedLoopAnalyzer())
{
    private const string Work = "\n=== Test/W.cs\nstatic class Work { public static Task F() => Task.Delay(1); public static Task<int> G() => Task.FromResult(1); public static ValueTask<int> V() => default; }\n";

    [Theory]
    [InlineData("static class H { public static void RunSync(this Func<Task> f) => f().GetAwaiter().GetResult(); }", "((Func<Task>)Work.F).[|RunSync|]();")]
    [InlineData("static class H { public static T Wait<T>(ValueTask<T> t) => t.AsTask().GetAwaiter().GetResult(); }", "var x = H.[|Wait|](Work.V());")]
    [InlineData("static class H { public static T Wait<T>(this ValueTask<T> t) => t.IsCompleted ? t.Result : t.AsTask().Result; }", "var x = Work.V().[|Wait|]();")]
    [InlineData("static class H { private static readonly TaskFactory f = new(CancellationToken.None, TaskCreationOptions.None, TaskContinuationOptions.None, TaskScheduler.Default); public static void RunSync(Func<Task> func) => H.f.StartNew<Task>(func).Unwrap().GetAwaiter().GetResult(); }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { private static readonly TaskFactory f = new(); public static T RunSync<T>(Func<Task<T>> func) { var c = System.Globalization.CultureInfo.CurrentCulture; return f.StartNew(() => { System.Globalization.CultureInfo.CurrentCulture = c; return func(); }).Unwrap().GetAwaiter().GetResult(); } }", "var x = H.[|RunSync|](() => Work.G());")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { var old = SynchronizationContext.Current; try { SynchronizationContext.SetSynchronizationContext(null); f().GetAwaiter().GetResult(); } finally { SynchronizationContext.SetSynchronizationContext(old); } } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { using var done = new ManualResetEventSlim(); Exception? e = null; _ = Task.Run(async () => { try { await f(); } catch (Exception x) { e = x; } finally { done.Set(); } }); done.Wait(); } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { var t = Task.Run(f); while (!t.IsCompleted) { Thread.Sleep(1); } } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { var t = new Thread(() => f().GetAwaiter().GetResult()); t.Start(); t.Join(); } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) => Task.WaitAll(f()); }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { Task.WaitAll(new[] { Task.Run(f) }); } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static bool RunSync(Func<Task> f, int ms) => f().Wait(ms); }", "H.[|RunSync|](Work.F, 100);")]
    [InlineData("interface I { void RunSync(Func<Task> f); } class Impl : I { public void RunSync(Func<Task> f) => f().Wait(); } static class H { public static I i = new Impl(); }", "H.i.[|RunSync|](Work.F);")]
    [InlineData("abstract class B { public abstract void RunSync(Func<Task> f); } class Impl : B { public override void RunSync(Func<Task> f) => f().Wait(); } static class H { public static Impl i = new Impl(); }", "H.i.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Task t) { if (t is null) throw new ArgumentNullException(nameof(t)); t.Wait(); } }", "H.[|RunSync|](Work.F());")]
    [InlineData("static class H { public static void RunSync(Task t) { try { t.Wait(); } catch (AggregateException e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException!).Throw(); } } }", "H.[|RunSync|](Work.F());")]
    [InlineData("static class H { public static T RunSync<T>(Func<CancellationToken, Task<T>> f, CancellationToken t) => f(t).GetAwaiter().GetResult(); }", "var x = H.[|RunSync|](_ => Work.G(), default);")]
    [InlineData("delegate Task Job(); static class H { public static void RunSync(Job f) => f().Wait(); }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task>? f) => f?.Invoke().Wait(); }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { Func<Task> g = f; g().Wait(); } }", "H.[|RunSync|](Work.F);")]
    [InlineData("static class H { public static void RunSync(Func<Task> f) { Func<Task> g = async () => await f(); g().Wait(); } }", "H.[|RunSync|](Work.F);")]
    [InlineData("class H { readonly Func<Task> w = Work.F; public void RunSync(Func<Task> f) { lock (this) { f().Wait(); } w(); } public static H I = null!; }", "H.I.[|RunSync|](Work.F);")]
    public Task What_blocks_on_the_work_it_is_given_is_a_runner(string declaration, string statement) => Reports(declaration + "\nclass C { async Task M() { await Task.Yield(); " + statement + " } }" + Work);

    [Theory]
    [InlineData("static class H { public static void Register(Func<Task> f) { var t = Connect(); t.Wait(); handlers.Add(f); } static List<Func<Task>> handlers = new(); static Task Connect() => Work.F(); }", "H.Register(Work.F);")]
    [InlineData("static class H { public static Task RunSync(Func<Task> f) { f().Wait(); return Task.CompletedTask; } }", "await H.RunSync(Work.F);")]
    [InlineData("static class H { public static void Start(Func<Task> f) { var t = f(); t.ContinueWith(x => { }); } }", "H.Start(Work.F);")]
    [InlineData("static class H { public static void OnDone(Func<Task> f) { _ = Task.Run(async () => { await f(); }); Work.F().Wait(); } }", "H.OnDone(Work.F);")]
    [InlineData("static class H { public static void Check(Task t) { if (t.IsCompleted) Console.WriteLine(t.Status); } }", "H.Check(Work.F());")]
    [InlineData("static class H { public static int Of(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : -1; }", "var x = H.Of(Work.G());")]
    [InlineData("static class H { public static void Apply(Func<int> f) { Task.Run(f).Wait(); } }", "H.Apply(() => 1);")]
    [InlineData("static class H { public static void Save(Func<Task> f, Task other) { other.Wait(); _ = f(); } }", "H.Save(Work.F, Work.F());")]
    public Task What_does_not_block_on_it_is_none(string declaration, string statement) => Silent(declaration + "\nclass C { async Task M() { await Task.Yield(); " + statement + " } }" + Work);

    [NeedsCSharpTheory(14)]
    [InlineData("static class H { extension(Task t) { public void RunSync() => t.GetAwaiter().GetResult(); } }", "Work.F().[|RunSync|]();")]
    [InlineData("static class H { extension<T>(Task<T> t) { public T RunSync() => t.GetAwaiter().GetResult(); } }", "var x = Work.G().[|RunSync|]();")]
    [InlineData("static class H { extension(Func<Task> f) { public void RunSync() => f().GetAwaiter().GetResult(); } }", "((Func<Task>)Work.F).[|RunSync|]();")]
    public Task Members_of_extension_blocks(string declaration, string statement) => Reports(declaration + "\nclass C { async Task M() { await Task.Yield(); " + statement + " } }" + Work);
}
