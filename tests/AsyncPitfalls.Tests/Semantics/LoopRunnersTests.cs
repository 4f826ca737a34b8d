using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class LoopRunnersTests
{
    private const string Nito =
        """
        namespace Nito.AsyncEx
        {
            public static class AsyncContext { public static void Run(Func<Task> f) { } public static T Run<T>(Func<Task<T>> f) => default!; }
        }

        """;

    private const string Threading =
        """
        namespace Microsoft.VisualStudio.Threading
        {
            public class JoinableTask { public void Join() { } public Task JoinAsync() => null!; }
            public class JoinableTask<T> : JoinableTask { public new T Join() => default!; }
            public class JoinableTaskFactory { public void Run(Func<Task> f) { } public T Run<T>(Func<Task<T>> f) => default!; public JoinableTask RunAsync(Func<Task> f) => null!; }
        }

        """;

    private const string Work =
        """
        static class Work
        {
            public static Task F() => Task.Delay(1);
            public static async Task<int> G() { await F(); return 1; }
        }

        """;

    [Theory]
    [InlineData("static void Run(Func<Task> f) => f().Wait();")]
    [InlineData("static void Run(Func<Task> f) { f.Invoke().Wait(); }")]
    [InlineData("static void Run(Func<Task> f) { var task = f(); task.Wait(); }")]
    [InlineData("static void Run(Func<Task> f) { Task task; try { task = f(); } finally { } task.Wait(); }")]
    [InlineData("static void Run(Func<Task> f) => Task.Run(f).Wait();")]
    [InlineData("static void Run(Func<Task> f) => Task.Run(() => f()).Wait();")]
    [InlineData("static void Run(Func<Task> f) => Task.Run(async () => await f()).Wait();")]
    [InlineData("static void Run(Func<Task> f) => Task.Run(async () => { await f().ConfigureAwait(false); }).Wait();")]
    [InlineData("static void Run(Func<Task> f) => new TaskFactory().StartNew(f).Unwrap().Wait();")]
    [InlineData("static void Run(Func<Task> f) => Task.Factory.StartNew(() => { return f(); }).Unwrap().Wait();")]
    [InlineData("static void Run(Func<Task> f) { async Task Inner() { await f(); } Inner().Wait(); }")]
    [InlineData("static void Run(Func<Task> f) { async Task Inner() { await f(); } Task.Run(Inner).Wait(); }")]
    [InlineData("static void Run(Func<Task> f) => RunCore(f).Wait(); static async Task RunCore(Func<Task> g) { await g(); }")]
    [InlineData("static void Run(Func<Task> f) => RunIt<int>(async () => { await f(); return 1; }); static T RunIt<T>(Func<Task<T>> f) => f().Result;")]
    [InlineData("void Run(Func<Task> f) => f().Wait();")]
    [InlineData("void Run(Func<Task> f) { if (!f().Wait(100)) throw new TimeoutException(); }")]
    [InlineData("void Run(Func<Task> f) { for (var i = 0; i < 3; i++) { try { f().Wait(); return; } catch (AggregateException) { } } }")]
    [InlineData("static void Run(Func<CancellationToken, Task> f) => f(default).Wait();")]
    [InlineData("static void Run(Func<Task> f) => Task.WaitAll(Work.F(), f());")]
    [InlineData("static void Run(Func<Task> f) => RunFor(f, 100); static void RunFor(Func<Task> f, int ms) => f().Wait(ms);")]
    public async Task Acts_as_a_runner(string declaration) => Assert.True(await IsRunnerAsync(
        $$"""
        class C
        {
            {{declaration}}
            void Caller() => [|Run({{(declaration.Contains("<Cancell") ? "_ => Work.F()" : "() => Work.F()")}})|];
        }
        """));

    [Theory]
    [InlineData("static int Run(Func<Task<int>> f) => f().Result;", "() => Work.G()")]
    [InlineData("static T Run<T>(Func<Task<T>> f) => f().Result;", "() => Work.G()")]
    [InlineData("static T Run<T>(Func<ValueTask<T>> f) => f().AsTask().Result;", "async () => await Work.G()")]
    [InlineData("static void Run(Func<ValueTask> f) => f().AsTask().Wait();", "async () => await Work.F()")]
    [InlineData("static T Run<T>(Task<T> task) => task.Result;", "Work.G()")]
    [InlineData("static void Run(Task task) { task.Wait(); }", "Work.F()")]
    [InlineData("static void Run(Task task) { try { task.Wait(); } catch (AggregateException e) { throw e.InnerException!; } }", "Work.F()")]
    [InlineData("static void Run(Task task) { ArgumentNullException.ThrowIfNull(task); task.ConfigureAwait(false); task.Wait(); }", "Work.F()")]
    [InlineData("static void Run(Task task) => Task.Run(() => task).Wait();", "Work.F()")]
    [InlineData("static void Run(Task task) => Task.Run(async () => await task).Wait();", "Work.F()")]
    [InlineData("static void Run(Task task) => Nito.AsyncEx.AsyncContext.Run(() => task);", "Work.F()")]
    [InlineData("static void Run(Func<Task> f) => Nito.AsyncEx.AsyncContext.Run(f);", "Work.F")]
    [InlineData("static void Run(Task task, int ms) => task.Wait(ms);", "Work.F(), 100")]
    [InlineData("static void Run(Task task) { while (!task.IsCompleted) { } }", "Work.F()")]
    public async Task Acts_as_a_runner_with_a_result_or_a_task(string declaration, string argument) => Assert.True(await IsRunnerAsync(
        $$"""
        class C
        {
            {{declaration}}
            void Caller() => [|Run({{argument}})|];
        }

        """ + Nito));

    [Theory]
    [InlineData("static async Task Run(Func<Task> f) { await f(); }")]
    [InlineData("static Task Run(Func<Task> f) { f().Wait(); return Task.CompletedTask; }")]
    [InlineData("static async void Run(Func<Task> f) { await Work.F(); f().Wait(); }")]
    [InlineData("static void Run(Func<Task> f) { _ = f(); }")]
    [InlineData("static void Run(Func<Task> f) { _ = Task.Run(f); }")]
    [InlineData("static void Run(Func<Task> f) { Work.F().Wait(); }")]
    [InlineData("static void Run(Func<Task> f) { On(f).Wait(); } static List<Func<Task>> handlers = new(); static Task On(Func<Task> f) { handlers.Add(f); return Task.CompletedTask; }")]
    [InlineData("static void Run(Func<Task> f) { On(async () => await f()).Wait(); } static List<Func<Task>> handlers = new(); static Task On(Func<Task> f) { handlers.Add(f); return Task.CompletedTask; }")]
    [InlineData("static void Run(Func<Task> f) { Run(f); }")]
    [InlineData("static void Run(Func<Task> f) { Other(f); } static void Other(Func<Task> f) { Run(f); }")]
    [InlineData("static void Run(Func<Task> f);", true)]
    public async Task Acts_not_as_a_runner(string declaration, bool isAbstract = false) => Assert.False(await IsRunnerAsync(
        $$"""
        abstract class C
        {
            {{(isAbstract ? "public abstract void Run(Func<Task> f);" : declaration)}}
            void Caller() { _ = 1; {{(declaration.Contains("Task Run") ? "_ = " : "")}}[|Run(() => Work.F())|]; }
        }
        """));

    [Theory]
    [InlineData("void Run(Task task) { task.Wait(); }")]
    [InlineData("static void Run(Task task) { Console.WriteLine(); task.Wait(); }")]
    [InlineData("static int count; static void Run(Task task) { count = 1; task.Wait(); }")]
    [InlineData("static event Action? Done; static void Run(Task task) { Done += () => { }; task.Wait(); }")]
    [InlineData("static int P { get; set; } static void Run(Task task) { P = 1; task.Wait(); }")]
    [InlineData("static void Run(Task task) { for (var i = 0; i < 3; i++) task.Wait(i); }")]
    [InlineData("static void Run(Task task) { }")]
    public async Task A_task_needs_a_static_method_that_does_nothing_but_wait(string declaration) => Assert.False(await IsRunnerAsync(
        $$"""
        class C
        {
            {{declaration}}
            void Caller() => [|Run(Work.F())|];
        }
        """));

    [Theory]
    [InlineData("class A : I { public void Run(Func<Task> f) => f().Wait(); }", true)]
    [InlineData("class A : I { public void Run(Func<Task> f) => f().Wait(); } class B : I { public void Run(Func<Task> f) { f().Wait(); } }", true)]
    [InlineData("class A : I { public void Run(Func<Task> f) => f().Wait(); } class B : I { public void Run(Func<Task> f) => _ = f(); }", false)]
    [InlineData("", false)]
    public async Task An_interface_acts_as_all_its_implementations_do(string implementations, bool expected) => Assert.Equal(expected, await IsRunnerAsync(
        $"interface I {{ void Run(Func<Task> f); }} {implementations} class C {{ void Caller(I i) => [|i.Run(Work.F)|]; }}"));

    [Theory]
    [InlineData("[|Nito.AsyncEx.AsyncContext.Run(() => Work.F())|]", LoopRunnerKind.Work)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTaskFactory().Run(() => Work.F())|]", LoopRunnerKind.Work)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTaskFactory().Run(() => Work.G())|]", LoopRunnerKind.Work)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTask<int>().Join()|]", LoopRunnerKind.Work)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTask().Join()|]", LoopRunnerKind.Work)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTask().JoinAsync()|]", null)]
    [InlineData("[|new Microsoft.VisualStudio.Threading.JoinableTaskFactory().RunAsync(() => Work.F())|]", null)]
    [InlineData("[|new Other.JoinableTaskFactory().Run(() => Work.F())|]", null)]
    [InlineData("[|new Other.AwaitedFactory().Run(() => Work.F())|]", null)]
    public async Task Known_runners(string call, object? kind)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ void M() {{ {call}; }} }}\n" + Nito + Threading + Work
            + "namespace Other { class JoinableTaskFactory { public void Run(Func<Task> f) { } } class AwaitedFactory : Microsoft.VisualStudio.Threading.JoinableTaskFactory { public new Task Run(Func<Task> f) => f(); } }");
        Assert.Equal((LoopRunnerKind?)kind, snippet.Model.LoopRunners.KindOf((IInvocationOperation)snippet.Operation));
    }

    [Theory]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run([|() => Work.F()|]); }", true)]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run([|async delegate { await Work.F(); }|]); }", true)]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run(Local); [|Task Local() => Work.F();|] }", true)]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run(N); } [|Task N() => Work.F();|]", true)]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run(this.N); } [|Task N() => Work.F();|]", true)]
    [InlineData("void M() { Task.Run(N); } [|Task N() => Work.F();|]", false)]
    [InlineData("void M() { Task.Run([|() => Work.F()|]); }", false)]
    [InlineData("void M() { Nito.AsyncEx.AsyncContext.Run(() => N()); } [|Task N() => Work.F();|]", false)]
    public async Task Delegates_of_runners(string member, bool expected)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {member} }}\n" + Nito + Work);
        Assert.Equal(expected, snippet.Model.LoopRunners.IsRunnerDelegate(snippet.Marked.Single().DescendantNodesAndSelf().First(Functions.IsFunction), snippet.Semantics));
    }

    [Theory]
    [InlineData("static void Run(Func<Task> f) => [|f().Wait()|];", true)]
    [InlineData("static void Run(Func<Task> f) { f().Wait(); [|Work.F().Wait()|]; }", false)]
    [InlineData("static void Run(Func<Task> f) => [|Task.WaitAll(Work.F(), f())|];", true)]
    [InlineData("static void Run(Action f) => [|Work.F().Wait()|];", false)]
    [InlineData("static void Run(Task task) => [|task.Wait()|];", true)]
    [InlineData("void Run(Task task) => [|task.Wait()|];", false)]
    public async Task Waits_of_runners(string member, bool expected)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {member} }}\n" + Work);
        Assert.Equal(expected, snippet.Model.LoopRunners.IsWaitOfRunner(snippet.Model.BlockingWaits.Of(snippet.Operation)!));
    }

    [Fact]
    public async Task Methods_that_all_hand_their_work_to_each_other_are_read_a_few_times_only()
    {
        var ring = string.Concat(Enumerable.Range(0, 40).Select(i =>
            $" static void R{i}(Func<Task> f) {{ if (Environment.TickCount > {i}) {{{string.Concat(Enumerable.Range(0, 40).Select(other => $" R{other}(f);"))} }} }}"));
        Assert.False(await IsRunnerAsync($"class C {{ {ring} void M() {{ [|R0(Work.F)|]; }} }}"));
        Assert.True(await IsRunnerAsync($"class C {{ {ring} static void Last(Func<Task> f) {{ R1(f); f().Wait(); }} void M() {{ [|Last(Work.F)|]; }} }}"));
    }

    private static async Task<bool> IsRunnerAsync(string code)
    {
        var snippet = await Snippet.CompileAsync(code + "\n" + Work);
        return snippet.Model.LoopRunners.IsRunner((IInvocationOperation)snippet.Operation);
    }
}
