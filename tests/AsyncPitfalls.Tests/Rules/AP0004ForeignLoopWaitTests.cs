using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0004ForeignLoopWaitTests() : RuleTest(new AP0004ForeignLoopWaitAnalyzer())
{
    private const string Wpf =
        """
        using System.Windows;
        using System.Windows.Threading;

        """;

    [Theory]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); d.[|Invoke|](() => { }); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); d.[|Invoke|](F, DispatcherPriority.Normal); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); d.[|Invoke|](DispatcherPriority.Normal, new Action(F)); }")]
    [InlineData("async Task<int> M(Dispatcher d) { await Task.Yield(); return d.[|Invoke|](() => 1); }")]
    [InlineData("async Task<int> M(Dispatcher d) { await Task.Yield(); return d.[|Invoke|]<int>(() => 1); }")]
    [InlineData("async Task M(Dispatcher? d) { await Task.Yield(); d?.[|Invoke|](() => { }); }")]
    [InlineData("async Task M() { await Task.Yield(); Application.Current.Dispatcher.[|Invoke|](F); }")]
    [InlineData("async Task M(Window w) { await Task.Yield(); w.Dispatcher.[|Invoke|](F); }")]
    [InlineData("async void M(Dispatcher d) { await Task.Yield(); d.[|Invoke|](F); }")]
    [InlineData("void M(Dispatcher d) { Func<Task> f = async () => { await Task.Yield(); d.[|Invoke|](F); }; }")]
    [InlineData("void M(Dispatcher d) { Task.Run(async () => { await Task.Yield(); d.[|Invoke|](F); }); }")]
    [InlineData("void M(Dispatcher d) { async Task L() { await Task.Yield(); d.[|Invoke|](F); } _ = L(); }")]
    [InlineData("async Task<int> M(Dispatcher d) => await Task.FromResult(1) + d.[|Invoke|](() => 1);")]
    [InlineData("async Task M(System.Windows.Forms.Control c) { await Task.Yield(); c.[|Invoke|](new Action(F)); }")]
    [InlineData("async Task M(System.Windows.Forms.Form c) { await Task.Yield(); c.[|Invoke|]((System.Windows.Forms.MethodInvoker)delegate { }); }")]
    [InlineData("async Task M(System.ComponentModel.ISynchronizeInvoke c) { await Task.Yield(); c.[|Invoke|](new Action(F), null); }")]
    [InlineData("async Task M(SynchronizationContext c) { await Task.Yield(); c.[|Send|](_ => F(), null); }")]
    [InlineData("async Task M(DispatcherSynchronizationContext c) { await Task.Yield(); c.[|Send|](_ => F(), null); }")]
    [InlineData("async Task M(SynchronizationContext? c) { await Task.Yield(); c?.[|Send|](_ => F(), null); }")]
    public Task A_synchronous_hand_over_in_an_async_function(string member) => Reports(Wpf + $"class C {{ static void F() {{ }} {member} }}", Setup.Desktop);

    [Theory]
    [InlineData("void M(Dispatcher d) => d.Invoke(F);")]
    [InlineData("void M(Dispatcher d) { Task.Run(() => d.Invoke(F)); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Run(() => d.Invoke(F)); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); void L() => d.Invoke(F); L(); }")]
    [InlineData("int P => System.Windows.Application.Current.Dispatcher.Invoke(() => 1);")]
    [InlineData("void M(SynchronizationContext c) => c.Send(_ => F(), null);")]
    [InlineData("async Task M(SynchronizationContext c) { await Task.Yield(); c.Post(_ => F(), null); }")]
    [InlineData("async Task M(Dispatcher d) { await d.InvokeAsync(F); }")]
    [InlineData("async Task<int> M(Dispatcher d) => await d.InvokeAsync(() => 1);")]
    [InlineData("async Task M(Dispatcher d) { await d.InvokeAsync(F).Task.ConfigureAwait(false); }")]
    [InlineData("async Task M(Dispatcher d) { var o = d.InvokeAsync(F); await o; }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); d.BeginInvoke(new Action(F)); }")]
    [InlineData("async Task M(System.Windows.Forms.Control c) { await Task.Yield(); c.BeginInvoke(new Action(F)); }")]
    [InlineData("async Task M(Other d) { await Task.Yield(); d.Invoke(F); d.Send(F); }")]
    [InlineData("async Task M(Action a) { await Task.Yield(); a.Invoke(); }")]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); _ = nameof(d.Invoke); }")]
    [InlineData("void M() { Task.Run(F).Wait(); }")]
    [InlineData("void M(Dispatcher d) { var t = Task.Run(F); d.InvokeAsync(F); t.Wait(); }")]
    [InlineData("void M(Dispatcher d, Task u) { var t = d.InvokeAsync(F).Task; t = u; t.Wait(); }")]
    [InlineData("void M() { Func<int> f = () => 1; f.EndInvoke(f.BeginInvoke(null, null)); }")]
    [InlineData("void M() { var t = new Thread(F); t.Start(); t.Join(); }")]
    [InlineData("void M() { var t = new Thread(() => Thread.Sleep(1)); t.Start(); t.Join(); }")]
    [InlineData("void M(Thread t) { t.Join(); }")]
    [InlineData("void M() { var t = new Thread(Dispatcher.Run); t.Start(); t.Join(0); }")]
    [InlineData("void M(Dispatcher d) { var t = new Thread(Dispatcher.Run); t.Start(); d.InvokeShutdown(); t.Join(); }")]
    [InlineData("void M() { Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Wait(); }")]
    [InlineData("void M(Task t) { t.ContinueWith(_ => F(), TaskScheduler.Default).Wait(); }")]
    [InlineData("void M(Dispatcher d) { d.InvokeAsync(F).Wait(TimeSpan.Zero); }")]
    public Task Other_hand_overs_and_look_alikes_are_silent(string member) => Silent(
        Wpf + $$"""
        class C { static void F() { } {{member}} }
        class Other { public void Invoke(Action a) { } public void Send(Action a) { } }
        """, Setup.Desktop);

    [Theory]
    [InlineData("if (d.CheckAccess()) F(); else d.Invoke(F);")]
    [InlineData("if (!d.CheckAccess()) { d.Invoke(F); }")]
    [InlineData("if (!d.CheckAccess()) { d.Invoke(F); return; } F();")]
    [InlineData("if (d.CheckAccess()) { F(); return; } d.Invoke(F);")]
    [InlineData("if (d.CheckAccess()) throw new InvalidOperationException(); d.Invoke(F);")]
    [InlineData("var x = d.CheckAccess() ? 1 : d.Invoke(() => 1);")]
    [InlineData("var x = d.CheckAccess() || d.Invoke(() => true);")]
    [InlineData("var onLoop = d.CheckAccess(); if (!onLoop) d.Invoke(F);")]
    [InlineData("switch (d.CheckAccess()) { case false: d.Invoke(F); break; }")]
    [InlineData("var x = d.CheckAccess() switch { true => 1, false => d.Invoke(() => 1) };")]
    [InlineData("if (c.InvokeRequired) { c.Invoke(new Action(F)); } else { F(); }")]
    [InlineData("if (!c.InvokeRequired) { F(); return; } c.Invoke(new Action(F));")]
    [InlineData("if (c.IsHandleCreated && c.InvokeRequired) c.Invoke(new Action(F));")]
    [InlineData("if (SynchronizationContext.Current == s) F(); else s.Send(_ => F(), null);")]
    [InlineData("while (true) { if (d.CheckAccess()) continue; d.Invoke(F); }")]
    [InlineData("if (!d.CheckAccess()) { try { d.InvokeAsync(F).Wait(); } finally { } }")]
    public Task Guarded_branches_are_silent(string statement) => Silent(
        Wpf + $$"""
        class C { static void F() { } async Task M(Dispatcher d, System.Windows.Forms.Control c, SynchronizationContext s) { await Task.Yield(); {{statement}} } }
        """, Setup.Desktop);

    [Theory]
    [InlineData("if (d.CheckAccess()) F(); d.[|Invoke|](F);")]
    [InlineData("if (d.HasShutdownStarted) return; d.[|Invoke|](F);")]
    [InlineData("if (SynchronizationContext.Current == null) return; s.[|Send|](_ => F(), null);")]
    public Task What_no_question_guards_is_found(string statement) => Reports(
        Wpf + $$"""
        class C { static void F() { } async Task M(Dispatcher d, SynchronizationContext s) { await Task.Yield(); {{statement}} } }
        """, Setup.Desktop);

    [Theory]
    [InlineData("d.InvokeAsync(F).[|Wait|]();")]
    [InlineData("d.InvokeAsync(F)?.[|Wait|]();")]
    [InlineData("d.InvokeAsync(F).[|Wait|](TimeSpan.FromSeconds(1));")]
    [InlineData("var x = d.InvokeAsync(() => 1).[|Result|];")]
    [InlineData("d.InvokeAsync(F).Task.[|Wait|]();")]
    [InlineData("var x = d.InvokeAsync(() => 1).Task.[|Result|];")]
    [InlineData("d.InvokeAsync(F).GetAwaiter().[|GetResult|]();")]
    [InlineData("d.InvokeAsync(F).Task.GetAwaiter().[|GetResult|]();")]
    [InlineData("d.InvokeAsync(F).Task.ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("var o = d.InvokeAsync(F); o.[|Wait|]();")]
    [InlineData("var t = d.InvokeAsync(F).Task; t.[|Wait|]();")]
    [InlineData("var o = d.InvokeAsync(() => 1); var t = o.Task; var u = t; var x = u.[|Result|];")]
    [InlineData("Task t; t = d.InvokeAsync(F).Task; t.[|Wait|]();")]
    [InlineData("Task? t = null; if (d != null) t = d.InvokeAsync(F).Task; t!.[|Wait|]();")]
    [InlineData("var t = d.InvokeAsync(async () => await Task.Yield()).Task.Unwrap(); t.[|Wait|]();")]
    [InlineData("Task.[|WaitAll|](Task.CompletedTask, d.InvokeAsync(F).Task);")]
    [InlineData("Task.WhenAll(d.InvokeAsync(F).Task).[|Wait|]();")]
    [InlineData("d.BeginInvoke(new Action(F)).[|Wait|]();")]
    [InlineData("c.[|EndInvoke|](c.BeginInvoke(new Action(F)));")]
    [InlineData("var r = c.BeginInvoke(new Action(F)); c.[|EndInvoke|](r);")]
    [InlineData("c.BeginInvoke(new Action(F)).AsyncWaitHandle.[|WaitOne|]();")]
    [InlineData("var ui = TaskScheduler.FromCurrentSynchronizationContext(); Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, ui).[|Wait|]();")]
    [InlineData("Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, ui1).[|Wait|]();")]
    [InlineData("var x = Task.Run(() => 1).ContinueWith(t => t.Result, ui2).[|Result|];")]
    [InlineData("new TaskFactory(ui1).StartNew(F).[|Wait|]();")]
    [InlineData("Task.Run(F).ContinueWith(t => F(), Ui3).[|Wait|]();")]
    [InlineData("var t = new Thread(Dispatcher.Run); t.Start(); t.[|Join|]();")]
    [InlineData("var t = new Thread(() => { F(); Dispatcher.Run(); }); t.Start(); t.[|Join|](1000);")]
    [InlineData("var t = new Thread(new ThreadStart(Loop)); t.Start(); t.[|Join|]();")]
    [InlineData("var t = new Thread(() => Loop()); t.Start(); t.[|Join|]();")]
    [InlineData("var t = new Thread(delegate() { new Application().Run(); }); t.Start(); t.[|Join|]();")]
    [InlineData("thread = new Thread(Loop); thread.Start(); thread.[|Join|]();")]
    public Task A_wait_for_what_was_handed_over(string statement) => Reports(
        Wpf + $$"""
        class C
        {
            static void F() { }
            static void Loop() { System.Windows.Forms.Application.Run(); }
            readonly TaskScheduler ui1 = TaskScheduler.FromCurrentSynchronizationContext();
            private TaskScheduler ui2;
            TaskScheduler Ui3 { get; } = TaskScheduler.FromCurrentSynchronizationContext();
            private Thread? thread;
            C() { ui2 = TaskScheduler.FromCurrentSynchronizationContext(); }
            void M(Dispatcher d, System.Windows.Forms.Control c) { {{statement}} }
        }
        """, Setup.Desktop);

    [Theory]
    [InlineData("int P => dispatcher.InvokeAsync(() => 1).[|Result|];")]
    [InlineData("C() { dispatcher.InvokeAsync(F).[|Wait|](); }")]
    [InlineData("int x = dispatcher.InvokeAsync(() => 1).[|Result|];")]
    [InlineData("Action f = () => dispatcher.InvokeAsync(F).[|Wait|]();")]
    [InlineData("async Task M() { await Task.Yield(); dispatcher.InvokeAsync(F).[|Wait|](); }")]
    [InlineData("void M() { int L() => dispatcher.InvokeAsync(() => 1).[|Result|]; L(); }")]
    [InlineData("readonly Task t = dispatcher.InvokeAsync(F).Task; void M() { this.t.[|Wait|](); }")]
    [InlineData("void M() { dispatcher.InvokeAsync(F).[|Wait|](); dispatcher.InvokeAsync(F).[|Wait|](); }")]
    public Task A_wait_in_every_kind_of_function(string member) => Reports(
        Wpf + $$"""
        class C { static readonly Dispatcher dispatcher = null!; static void F() { } {{member}} }
        """, Setup.Desktop);

    [Theory]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); Dispatcher.UIThread.[|Invoke|](F); }")]
    [InlineData("void M() { Dispatcher.UIThread.InvokeAsync(F).[|Wait|](); }")]
    [InlineData("void M() { Dispatcher.UIThread.InvokeAsync(F).GetTask().[|Wait|](); }")]
    [InlineData("int M() => Dispatcher.UIThread.InvokeAsync(() => 1).[|Result|];")]
    [InlineData("void M() { Dispatcher.UIThread.InvokeAsync(async () => await Task.Yield()).[|Wait|](); }")]
    [InlineData("int M() { var t = Dispatcher.UIThread.InvokeAsync(async () => { await Task.Yield(); return 1; }); return t.[|Result|]; }")]
    public Task Avalonia(string member) => Reports(
        $"using Avalonia.Threading;\nclass C {{ static void F() {{ }} {member} }}" + Stubs.Avalonia);

    [Theory]
    [InlineData("MainThread.InvokeOnMainThreadAsync(F).[|Wait|]();")]
    [InlineData("var x = MainThread.InvokeOnMainThreadAsync(() => 1).[|Result|];")]
    public Task Maui(string statement) => Reports(
        $"using Microsoft.Maui.ApplicationModel;\nclass C {{ static void F() {{ }} void M() {{ {statement} }} }}" + Stubs.Maui);

    [Theory]
    [InlineData("queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("var x = queue.EnqueueAsync(() => 1).GetAwaiter().[|GetResult|]();")]
    [InlineData("if (queue.HasThreadAccess) F(); else queue.EnqueueAsync(F).Wait();", false)]
    public Task WinUI(string statement, bool isFound = true)
    {
        var code = $"using CommunityToolkit.WinUI;\nusing Microsoft.UI.Dispatching;\nclass C {{ static void F() {{ }} void M(DispatcherQueue queue) {{ {statement} }} }}" + Stubs.WinUI;
        return isFound ? Reports(code) : Silent(code);
    }

    [Theory]
    [InlineData("thread.Factory.Run(() => Task.Delay(1)).[|Wait|]();")]
    [InlineData("thread.Factory.StartNew(() => { }).[|Wait|]();")]
    [InlineData("var factory = thread.Factory; factory.Run(() => Task.Delay(1)).[|Wait|]();")]
    [InlineData("var t = new Thread(() => AsyncContext.Run(() => Task.Delay(1))); t.Start(); t.[|Join|]();")]
    public Task Nito(string statement) => Reports(
        $"using Nito.AsyncEx;\nclass C {{ void M(AsyncContextThread thread) {{ {statement} }} }}" + Stubs.Nito);

    [Theory]
    [InlineData("async Task M(Control c) { await Task.Yield(); c.[|Invoke|](F); }")]
    [InlineData("async Task<int> M(Form c) { await Task.Yield(); return c.[|Invoke|](() => 1); }")]
    [InlineData("void M(Control c) { c.InvokeAsync(F).[|Wait|](); }")]
    [InlineData("int M(Control c) => c.InvokeAsync(() => 1).[|Result|];")]
    public Task Windows_Forms(string member) => Reports(
        $"using System.Windows.Forms;\nclass C {{ static void F() {{ }} {member} }}" + Stubs.WindowsForms);

    [Fact]
    public async Task The_message_names_the_wait_and_what_handed_the_work_over()
    {
        var findings = await Findings(Wpf + "class C { void M(Dispatcher d) { var o = d.InvokeAsync(() => { }); o.Wait(); } }", Setup.Desktop);
        Assert.Equal(
            "'Wait' blocks this thread until the loop of another thread has run what 'Dispatcher.InvokeAsync' hands over to it; await it",
            findings.Single().GetMessage());
        Assert.Single(findings.Single().AdditionalLocations);
    }
}
