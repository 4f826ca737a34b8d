using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0004CompletedWorkTests() : RuleTest(new AP0004ForeignLoopWaitAnalyzer())
{
    private const string Start = "using System.Windows;\nusing System.Windows.Threading;\nclass C { static void F() { } ";

    [Theory]
    [InlineData("async Task<int> M(Dispatcher d) { var o = d.InvokeAsync(() => 1); await o; return o.Result; }")]
    [InlineData("async Task<int> M(Dispatcher d) { var t = d.InvokeAsync(() => 1).Task; await t; return t.Result; }")]
    [InlineData("async Task<int> M(Dispatcher d) { var t = d.InvokeAsync(() => 1).Task; await Task.WhenAll(t); return t.Result; }")]
    [InlineData("int M(Dispatcher d) { var t = d.InvokeAsync(() => 1).Task; return t.Status == TaskStatus.RanToCompletion ? t.Result : 0; } ")]
    [InlineData("int M(Dispatcher d) { var t = d.InvokeAsync(() => 1).Task; if (!t.IsCompleted) return 0; return t.Result; }")]
    [InlineData("int M(Dispatcher d) { var o = d.InvokeAsync(() => 1); if (o.Status != DispatcherOperationStatus.Completed) return 0; return o.Result; }")]
    [InlineData("void M(Dispatcher d) { var o = d.InvokeAsync(() => 1); o.Completed += (s, e) => Console.WriteLine(o.Result); }")]
    [InlineData("void M(Dispatcher d) { d.InvokeAsync(() => 1).Task.ContinueWith(t => Console.WriteLine(t.Result)); }")]
    [InlineData("void M(System.Windows.Forms.Control c) { var r = c.BeginInvoke(new Action(F)); if (r.IsCompleted) c.EndInvoke(r); }")]
    [InlineData("async Task M(System.Windows.Forms.Control c) { var r = c.BeginInvoke(new Action(F)); while (!r.IsCompleted) await Task.Delay(1); c.EndInvoke(r); }")]
    [InlineData("async Task M(Window w) { await Task.Yield(); if (w.CheckAccess()) F(); else w.Dispatcher.Invoke(F); }")]
    [InlineData("async Task M(Window w) { await Task.Yield(); if (w.Dispatcher.Thread == Thread.CurrentThread) F(); else w.Dispatcher.Invoke(F); }")]
    [InlineData("async Task M() { await Task.Yield(); Dispatcher.CurrentDispatcher.Invoke(F); }")]
    [InlineData("async Task M() { await Task.Yield(); SynchronizationContext.Current?.Send(_ => F(), null); }")]
    [InlineData("static void RunSync(Func<Task> f) => f().Wait(); static void Deep() => RunSync(() => Task.Delay(1)); void M() { var t = new Thread(() => Deep()); t.Start(); t.Join(); }")]
    public Task Work_that_is_done_and_branches_that_asked_are_silent(string member) => Silent(Start + member + " }", Setup.Desktop);

    [Theory]
    [InlineData("async Task M(DispatcherObject o) { await Task.Yield(); o.Dispatcher!.[|Invoke|](F); }")]
    [InlineData("void M(System.Windows.Forms.Control c) { var r = c.BeginInvoke(new Action(F)); if (r.IsCompleted) F(); c.[|EndInvoke|](r); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); (d).[|Invoke|](F); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); foreach (var x in new[] { 1 }) { d.[|Invoke|](() => Console.WriteLine(x)); } }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); try { F(); } finally { d.[|Invoke|](F); } }")]
    [InlineData("async Task M(Dispatcher d) { using (d.DisableProcessing()) { await Task.Yield(); d.[|Invoke|](F, DispatcherPriority.Send, CancellationToken.None); } }")]
    [InlineData("Task t; C(Dispatcher d) { t = d.InvokeAsync(F).Task; } void M() { t.[|Wait|](); }")]
    [InlineData("Task t = null!; void S(Dispatcher d) { t = d.InvokeAsync(F).Task; } void M() { t?.[|Wait|](); }")]
    [InlineData("void M(Dispatcher d) { var t = Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.FromCurrentSynchronizationContext()); t.[|Wait|](); }")]
    [InlineData("void M(Dispatcher d) { Action w = d.InvokeAsync(F).Task.[|Wait|]; w(); }")]
    [InlineData("void M(Dispatcher d, IEnumerable<int> xs) { var ys = xs.Select(x => d.InvokeAsync(() => x).[|Result|]).ToList(); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); var t = (Task)d.InvokeAsync(F).Task; Task.[|WaitAny|](t, Task.Delay(1)); }")]
    [InlineData("bool M(Dispatcher d) { return d.InvokeAsync(() => 1) is { [|Result|]: 1 }; }")]
    public Task Work_that_may_not_be_done_is_found(string member) => Reports(Start + member + " }", Setup.Desktop);
}
