using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class BlockingWaitsTests
{
    [Theory]
    [InlineData("t.Result", "Result", "t")]
    [InlineData("(t!).Result", "Result", "t")]
    [InlineData("((Task<int>)(object)t).Result", "Result", "(Task<int>)(object)t")]
    [InlineData("t.ConfigureAwait(false).GetAwaiter().GetResult()", "GetResult", "t.ConfigureAwait(false)")]
    [InlineData("vt.Preserve().GetAwaiter().GetResult()", "GetResult", "vt.Preserve()")]
    [InlineData("vt.Result", "Result", "vt")]
    [InlineData("a.GetResult()", "GetResult", "a")]
    [InlineData("3.5.GetAwaiter().GetResult()", "GetResult", "3.5")]
    [InlineData("t.Wait(100)", "Wait", "t")]
    [InlineData("d.Result", "Result", "d")]
    [InlineData("((IAsyncResult)t).AsyncWaitHandle.WaitOne()", "WaitHandle", "t")]
    [InlineData("handle.WaitOne(100)", "WaitHandle", "t")]
    [InlineData("SpinWait.SpinUntil(() => t.IsCompleted, 100)", "SpinUntil", "t")]
    [InlineData("(Action)t.Wait", "Wait", "t")]
    [InlineData("(Func<int>)t.GetAwaiter().GetResult", "GetResult", "t")]
    [InlineData("WaitHandle.WaitAny(new[] { handle })", "WaitHandle", "t")]
    [InlineData("Task.WaitAll(ts, 100)", "WaitAll", "ts")]
    [InlineData("Task.WaitAny(ts)", "WaitAny", "ts")]
    [InlineData("Task.WaitAny(t, u)", "WaitAny", "t u")]
    [InlineData("Task.WaitAny(new[] { t, u }, 100)", "WaitAny", "t u")]
    public async Task Every_form_is_a_wait(string expression, string form, string awaited)
    {
        var wait = await WaitIn(expression);

        Assert.NotNull(wait);
        Assert.Equal(form, wait.Form.ToString());
        Assert.Equal(awaited, string.Join(" ", wait.Tasks.Select(task => task.Syntax.ToString())));
    }

    [Theory]
    [InlineData("new Box().Result")]
    [InlineData("new Box().Wait()")]
    [InlineData("WaitHandle.WaitAny(new[] { new ManualResetEvent(false) })")]
    [InlineData("new ManualResetEvent(false).WaitOne()")]
    [InlineData("Stream.Null.BeginRead(new byte[1], 0, 1, null, null).AsyncWaitHandle.WaitOne()")]
    [InlineData("new Box.Awaiter().GetResult(1)")]
    [InlineData("SpinWait.SpinUntil(() => ts.Length > 3, 100)")]
    [InlineData("t.IsCompleted")]
    public async Task What_waits_for_no_task_is_none(string expression) => Assert.Null(await WaitIn(expression));

    [Theory]
    [InlineData("t.Wait(0)", true)]
    [InlineData("t.Wait(TimeSpan.Zero)", true)]
    [InlineData("t.Wait(TimeSpan.FromSeconds(0))", true)]
    [InlineData("t.Wait(default(TimeSpan))", true)]
    [InlineData("t.Wait(None)", true)]
    [InlineData("Task.WaitAny(ts, 0)", true)]
    [InlineData("t.Wait(1)", false)]
    [InlineData("t.Wait(Timeout.Infinite)", false)]
    [InlineData("t.Wait(TimeSpan.FromSeconds(1))", false)]
    [InlineData("t.Wait(TimeSpan.FromMinutes(0, 5))", false)]
    [InlineData("t.Wait(new TimeSpan(0, 0, 0))", true)]
    [InlineData("t.Wait(new TimeSpan(0, 0, 5))", false)]
    [InlineData("t.Wait(TimeSpan.MaxValue)", false)]
    [InlineData("t.Wait(Box.Zero)", false)]
    [InlineData("t.Result", false)]
    public async Task A_timeout_of_zero_returns_at_once(string expression, bool returnsAtOnce) =>
        Assert.Equal(returnsAtOnce, (await WaitIn(expression))!.ReturnsAtOnce);

    [Fact]
    public async Task Timeout_and_token_are_told()
    {
        var wait = await WaitIn("t.Wait(100, CancellationToken.None)");

        Assert.Equal("100", wait!.Timeout!.Syntax.ToString());
        Assert.Equal("CancellationToken.None", wait.Token!.Syntax.ToString());
    }

    [Theory]
    [InlineData("while (![|t.IsCompleted|]) { }", true)]
    [InlineData("while ([|t.IsCompleted|] == false) Thread.Sleep(10);", true)]
    [InlineData("while ([|t.IsCompleted|] is not true) Thread.Yield();", true)]
    [InlineData("while ([|t.Status|] != TaskStatus.RanToCompletion) Thread.SpinWait(20);", true)]
    [InlineData("while ([|t.Status|] == TaskStatus.Running) ;", true)]
    [InlineData("while ([|t.Status|] < TaskStatus.RanToCompletion) ;", true)]
    [InlineData("while (TaskStatus.RanToCompletion != [|t.Status|]) ;", true)]
    [InlineData("while (false == [|t.IsCompleted|]) ;", true)]
    [InlineData("while (![|t.IsCompletedSuccessfully|]) ;", true)]
    [InlineData("while (![|t.IsFaulted|]) ;", true)]
    [InlineData("while (![|t.IsCanceled|]) ;", true)]
    [InlineData("do { Thread.Sleep(1); } while (![|t.IsCompleted|]);", true)]
    [InlineData("for (; ![|t.IsCompleted|];) Thread.Sleep(1);", true)]
    [InlineData("for (var i = 0; i < 10 && ![|t.IsCompleted|]; i++) Thread.Sleep(1);", true)]
    [InlineData("while (!ts.All(x => [|x.IsCompleted|])) Thread.Sleep(1);", true)]
    [InlineData("while (true) { if ([|t.IsCompleted|]) break; Thread.Sleep(1); }", true)]
    [InlineData("while (![|t.IsCompleted|]) { Console.Write('.'); Thread.Sleep(1); }", true)]
    [InlineData("while (t.Status is not ([|TaskStatus.Faulted|] or TaskStatus.RanToCompletion)) ;", false)]
    [InlineData("while ([|t.Status|] is not (TaskStatus.Faulted or TaskStatus.RanToCompletion)) ;", true)]
    [InlineData("while (!(![|t.IsCompleted|])) ;", false)]
    [InlineData("while ([|t.IsCompleted|]) ;", false)]
    [InlineData("while (![|t.IsCompleted|]) await Task.Delay(1);", false)]
    [InlineData("while (![|t.IsCompleted|]) Work();", false)]
    [InlineData("while (![|t.IsCompleted|]) { Work(); Thread.Sleep(1); }", true)]
    [InlineData("while (![|t.IsCompleted|] && Work()) Thread.Sleep(1);", false)]
    [InlineData("while (![|t.IsCompleted|]) t.Wait(10);", false)]
    [InlineData("if (![|t.IsCompleted|]) Thread.Sleep(1);", false)]
    [InlineData("while (!t.IsCompleted && ![|u.IsCompleted|]) ;", false)]
    [InlineData("for (; [|t.IsCompleted|];) ;", false)]
    [InlineData("while (true) { if ([|t.IsCompleted|]) Thread.Sleep(1); }", false)]
    [InlineData("while (true) { if (![|t.IsCompleted|]) break; }", false)]
    [InlineData("while (true) { if ([|t.IsCompleted|]) { Console.Write('.'); break; } }", true)]
    [InlineData("while (true) { if ([|t.IsCompleted|]) return; }", true)]
    [InlineData("while (!ts.All(x => [|x.IsCompleted|])) ;", true)]
    [InlineData("while (!Array.TrueForAll(ts, x => [|x.IsCompleted|])) ;", true)]
    [InlineData("while ([|t.Status|] is not (TaskStatus.Faulted or TaskStatus.Running)) ;", false)]
    [InlineData("while ([|t.Status|] is < TaskStatus.RanToCompletion) ;", true)]
    [InlineData("while (![|t.IsCompleted|]) { await foreach (var x in Stream()) { } }", false)]
    [InlineData("while (![|t.IsCompleted|]) { Work(); Work(); }", false)]
    [InlineData("while (![|t.IsCompleted|]) { Work(); Thread.MemoryBarrier(); }", false)]
    [InlineData("while (![|t.IsCompleted|]) { Work(); Sleep(); }", false)]
    [InlineData("var spinner = new SpinWait(); while (![|t.IsCompleted|]) { Work(); spinner.SpinOnce(); }", true)]
    [InlineData("var spinner = new SpinWait(); while (![|t.IsCompleted|]) { Work(); spinner.Reset(); }", false)]
    [InlineData("var gate = new AutoResetEvent(false); while (![|t.IsCompleted|]) { Work(); gate.WaitOne(10); }", true)]
    [InlineData("var gate = new AutoResetEvent(false); while (![|t.IsCompleted|]) { Work(); gate.Set(); }", false)]
    public async Task A_loop_that_only_asks_is_a_wait(string statement, bool waits)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            class C
            {
                async Task M(Task<int> t, Task u, Task[] ts) { {{statement}} await u; }
                bool Work() => true;
                void Sleep() { }
                async IAsyncEnumerable<int> Stream() { await Task.Yield(); yield return 1; }
            }
            """);
        Assert.Equal(waits, snippet.Model.BlockingWaits.Of(snippet.Operation)?.Form == BlockingForm.SpinLoop);
    }

    [Fact]
    public async Task A_loop_that_yields_is_none()
    {
        var snippet = await Snippet.CompileAsync(
            "class C { System.Collections.IEnumerator M(Task t) { while (![|t.IsCompleted|]) yield return null; } }");
        Assert.Null(snippet.Model.BlockingWaits.Of(snippet.Operation));
    }

    private static async Task<BlockingWait?> WaitIn(string expression)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            using System.Runtime.CompilerServices;

            class Derived : Task<int> { public Derived() : base(() => 1) { } }

            class Box
            {
                public int Result => 1;
                public int Wait() => 1;
                public static readonly int Zero = 5;

                public struct Awaiter : INotifyCompletion
                {
                    public bool IsCompleted => true;
                    public void OnCompleted(Action continuation) { }
                    public int GetResult() => 1;
                    public int GetResult(int turn) => turn;
                }
            }

            static class Extensions
            {
                public static TaskAwaiter<int> GetAwaiter(this double seconds) => Task.FromResult(1).GetAwaiter();
            }

            class C
            {
                const int None = 0;

                void M(Task<int> t, Task u, ValueTask<int> vt, Task[] ts, Derived d)
                {
                    var a = t.GetAwaiter();
                    IAsyncResult result = t;
                    var handle = result.AsyncWaitHandle;
                    Use({{expression}});
                }

                void Use(params object?[] x) { }
            }
            """);
        return snippet.Root.DescendantNodes()
            .Where(node => node.AncestorsAndSelf().Any(ancestor => ancestor is Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax { Identifier.Text: "M" }))
            .Select(node => snippet.Semantics.GetOperation(node))
            .OfType<Microsoft.CodeAnalysis.IOperation>()
            .Select(snippet.Model.BlockingWaits.Of)
            .FirstOrDefault(wait => wait is not null);
    }
}
