using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Whose loop is waited for, followed through variables, threads and toolkits; and what asks first which thread it is on.</summary>
public sealed class ForeignLoopsTests() : RuleTest(new AP0004ForeignLoopWaitAnalyzer())
{
    private const string Toolkits =
        """

        === Test/Toolkits.cs
        namespace Xamarin.Essentials
        {
            public static class MainThread { public static bool IsMainThread => false; public static Task InvokeOnMainThreadAsync(Action f) => null!; }
        }

        namespace Microsoft.Maui.Dispatching
        {
            public interface IDispatcher { bool IsDispatchRequired { get; } }
            public static class DispatcherExtensions { public static Task DispatchAsync(this IDispatcher dispatcher, Action f) => null!; }
        }

        namespace Windows.System
        {
            public class DispatcherQueue { public bool HasThreadAccess => false; }
        }

        namespace CommunityToolkit.WinUI
        {
            public static class DispatcherQueueExtensions
            {
                public static Task EnqueueAsync(this Windows.System.DispatcherQueue queue, Action f) => null!;
                public static Task EnqueueAsync(this Queue<Action> queue, Action f) => null!;
                public static Task EnqueueAsync(Action f) => null!;
            }
        }

        namespace Avalonia
        {
            public class AvaloniaObject { public bool CheckAccess() => false; public bool VerifyAccess() => false; public Threading.Dispatcher Dispatcher => null!; }
        }

        namespace Own
        {
            public class Dispatcher { public bool CheckAccess() => false; public bool InvokeRequired => false; public Task InvokeAsync(Action f) => null!; public Task GetTask() => null!; public Task DispatchAsync(Action f) => null!; public Task EnqueueAsync() => null!; public Task Log(Task t) => t; public void EndInvoke(IAsyncResult r) { } public object Thread => this; public string Status => ""; }
        }
        """;

    [Theory]
    [InlineData("Xamarin.Essentials.MainThread.InvokeOnMainThreadAsync(F).[|Wait|]();")]
    [InlineData("dispatcher.DispatchAsync(F).[|Wait|]();")]
    [InlineData("queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("Task? t = null; t = queue.EnqueueAsync(F); t = dispatcher.DispatchAsync(F); t.[|Wait|]();")]
    [InlineData("Task.WhenAny(Task.Delay(1), queue.EnqueueAsync(F)).[|Wait|]();")]
    [InlineData("queue?.EnqueueAsync(F)?.[|Wait|]();")]
    [InlineData("queue.EnqueueAsync(F).ContinueWith(t => F()).[|Wait|]();")]
    [InlineData("var a = queue.EnqueueAsync(F).GetAwaiter(); a.[|GetResult|]();")]
    [InlineData("Start().[|Wait|](); Avalonia.Threading.DispatcherOperation Start() => null!;")]
    [InlineData("Avalonia.Threading.DispatcherOperation o = null!; o = Given(); o.GetTask().[|Wait|](); Avalonia.Threading.DispatcherOperation Given() => null!;")]
    [InlineData("new TaskFactory(CancellationToken.None, TaskCreationOptions.None, TaskContinuationOptions.None, TaskScheduler.FromCurrentSynchronizationContext()).StartNew(F).[|Wait|]();")]
    [InlineData("if (own.CheckAccess()) F(); else queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("if (!own.InvokeRequired) F(); else queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("if (own.Status == \"\") F(); else queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("if (own.Thread != this) F(); else queue.EnqueueAsync(F).[|Wait|]();")]
    [InlineData("if (factory.StartNew(F).IsCompleted) F(); else Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(F).[|Wait|]();")]
    public Task Other_toolkits(string statement) => Reports(In(statement));

    [Theory]
    [InlineData("if (Xamarin.Essentials.MainThread.IsMainThread) F(); else Xamarin.Essentials.MainThread.InvokeOnMainThreadAsync(F).Wait();")]
    [InlineData("if (dispatcher.IsDispatchRequired) dispatcher.DispatchAsync(F).Wait();")]
    [InlineData("if (!queue.HasThreadAccess) queue.EnqueueAsync(F).Wait();")]
    [InlineData("own.EnqueueAsync().Wait(); own.Log(queue.EnqueueAsync(F)).Wait(); own.EndInvoke(null!);")]
    [InlineData("var t = Task.CompletedTask; t = Task.WhenAll(t, Task.Delay(1)); t.Wait();")]
    [InlineData("var s = TaskScheduler.FromCurrentSynchronizationContext(); if (flag) s = TaskScheduler.Default; Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, s).Wait();")]
    [InlineData("TaskScheduler s = null!, r = null!; s = r; r = s; Task.Factory.StartNew(F, CancellationToken.None, TaskCreationOptions.None, s).Wait();")]
    [InlineData("if (view.CheckAccess()) F(); else view.Dispatcher.InvokeAsync(F).Wait();")]
    [InlineData("var isThere = queue.HasThreadAccess; if (isThere) F(); else queue.EnqueueAsync(F).Wait();")]
    [InlineData("own.InvokeAsync(F).Wait(); own.GetTask().Wait(); own.DispatchAsync(F).Wait();")]
    [InlineData("actions.EnqueueAsync(F).Wait(); CommunityToolkit.WinUI.DispatcherQueueExtensions.EnqueueAsync(F).Wait();")]
    [InlineData("factory.StartNew(F).Wait(); new TaskFactory().StartNew(F).Wait(); new TaskFactory(TaskScheduler.Default).StartNew(F).Wait(); factory.Run(() => Task.Delay(1)).Wait();")]
    [InlineData("var t = flag ? queue.EnqueueAsync(F) : null; t = Task.Run(F); t.Wait();")]
    [InlineData("((IAsyncResult)Task.Run(F)).AsyncWaitHandle.WaitOne(); new ManualResetEvent(false).WaitOne();")]
    [InlineData("Task a = null!, b = null!; a = b; b = a; a.Wait();")]
    public Task Guards_and_look_alikes_of_other_toolkits(string statement) => Silent(In(statement));

    [Theory]
    [InlineData("d.[|Invoke|](F); if (d.CheckAccess()) return;")]
    [InlineData("if (d.CheckAccess()) { Action a = async () => { await Task.Yield(); d.[|Invoke|](F); }; }")]
    [InlineData("if (d.CheckAccess()) { await L(); async Task L() { await Task.Yield(); d.[|Invoke|](F); } }")]
    [InlineData("if (d.CheckAccess()) { F(); F(); } d.[|Invoke|](F);")]
    [InlineData("if (d.CheckAccess()) { } d.[|Invoke|](F);")]
    [InlineData("if (flag) return; d.[|Invoke|](F);")]
    [InlineData("if (d.[|Invoke|](() => d.CheckAccess())) F();")]
    [InlineData("var x = d.[|Invoke|](() => true) && d.CheckAccess();")]
    [InlineData("var x = d.CheckAccess() | d.[|Invoke|](() => true);")]
    [InlineData("switch (d.[|Invoke|](() => d.CheckAccess())) { case true: F(); break; }")]
    [InlineData("var x = d.[|Invoke|](() => d.CheckAccess()) switch { true => 1, false => 2 };")]
    [InlineData("do { d.[|Invoke|](F); } while (!d.CheckAccess());")]
    [InlineData("var known = flag; if (known) d.[|Invoke|](F);")]
    [InlineData("if (d.Thread == null) return; d.[|Invoke|](F);")]
    [InlineData("if (s != null) s.[|Send|](_ => F(), null);")]
    [InlineData("if (null == SynchronizationContext.Current) return; s.[|Send|](_ => F(), null);")]
    [InlineData("Ui.Current.[|Invoke|](F);")]
    [InlineData("var here = SynchronizationContext.Current; here?.[|Send|](_ => F(), null);")]
    [InlineData("var o = d.InvokeAsync(() => 1); o.Aborted += (a, b) => Console.WriteLine(o.[|Result|]);")]
    [InlineData("Action a = () => d.InvokeAsync(F).[|Wait|](); a();")]
    public Task What_is_asked_too_late_or_elsewhere_is_found(string statement) => Reports(InDesktop(statement), Setup.Desktop);

    [Theory]
    [InlineData("while (!d.CheckAccess()) { d.Invoke(F); }")]
    [InlineData("var x = !d.CheckAccess() && d.Invoke(() => true);")]
    [InlineData("if (!d.CheckAccess()) { } else return; d.Invoke(F);")]
    [InlineData("if (d.CheckAccess()) { F(); throw new InvalidOperationException(); } d.Invoke(F);")]
    [InlineData("if (d.CheckAccess()) { F(); return; } try { d.Invoke(F); } finally { }")]
    [InlineData("foreach (var x in new[] { 1 }) { if (d.CheckAccess()) break; d.Invoke(F); }")]
    [InlineData("if ((Thread.CurrentThread == (d.Thread))) F(); else d.Invoke(F);")]
    [InlineData("if (s != SynchronizationContext.Current) s.Send(_ => F(), null);")]
    [InlineData("var o = d.InvokeAsync(() => 1); o.Completed += delegate { Console.WriteLine(o.Result); };")]
    public Task What_is_asked_before_is_silent(string statement) => Silent(InDesktop(statement), Setup.Desktop);

    [Theory]
    [InlineData("void M() { ThreadStart start = Loop; var t = new Thread(start); t.Start(); t.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread((Loop)); t.Start(); (t).[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(() => { if (n > 0) { Loop(); } }); t.Start(); t?.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(() => RunSync(() => Task.Delay(1))); t.Start(); t.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(System.Windows.Forms.Application.DoEvents); t.Start(); t.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(Loop); var u = t; t = u; t.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(() => Deep()); t.Start(); t.[|Join|](); } static void Deep() => Loop();")]
    [InlineData("void M() { var t = new Thread(() => Dispatcher.PushFrame(new DispatcherFrame())); t.Start(); t.[|Join|](); }")]
    [InlineData("void M(Dispatcher d) { var t = new Thread(Loop); t.Start(); t.[|Join|](); d.InvokeShutdown(); }")]
    [InlineData("void M(Dispatcher d) { var t = new Thread(Loop); t.Start(); Action a = () => d.InvokeShutdown(); t.[|Join|](); }")]
    [InlineData("void M() { var t = new Thread(Loop); t.Start(); Exit(); Shutdown(); t.[|Join|](); } void Exit() { } void Shutdown() { }")]
    public Task Threads_that_run_a_loop(string member) => Reports(OfThreads(member), Setup.Desktop);

    [Theory]
    [InlineData("void M() { var t = new Thread(() => { Action a = () => Loop(); }); t.Start(); t.Join(); }")]
    [InlineData("void M() { var t = new Thread(() => Pump()); t.Start(); t.Join(); } static void Pump() => Dispatcher.PushFrame(new DispatcherFrame());")]
    [InlineData("void M() { var t = new Thread(() => A()); t.Start(); t.Join(); } static void A() => B(); static void B() => C(); static void C() => Loop();")]
    [InlineData("void M(Thread other) { var t = flag ? new Thread(Loop) : other; t.Join(); }")]
    [InlineData("void M() { Thread t = null!, u = null!; t = u; u = t; t.Join(); }")]
    [InlineData("void M(Own t) { t.Join(); } class Own { public void Join() { } }")]
    [InlineData("void M(Dispatcher d) { var t = new Thread(Loop); t.Start(); d.BeginInvokeShutdown(DispatcherPriority.Normal); t.Join(); }")]
    [InlineData("void M() { var t = new Thread(Loop); t.Start(); Application.Current.Shutdown(); t.Join(); }")]
    [InlineData("void M() { var t = new Thread(Loop); t.Start(); System.Windows.Forms.Application.Exit(); t.Join(); }")]
    [InlineData("void M() { var t = new Thread(Loop); t.Start(); System.Windows.Forms.Application.ExitThread(); t.Join(); }")]
    public Task Threads_that_run_none_or_are_told_to_end(string member) => Silent(OfThreads(member), Setup.Desktop);

    private static string In(string statement) =>
        $$"""
        using CommunityToolkit.WinUI;
        using Microsoft.Maui.Dispatching;
        using Nito.AsyncEx;
        class C
        {
            static void F() { }
            void M(IDispatcher dispatcher, Windows.System.DispatcherQueue queue, Avalonia.AvaloniaObject view, Own.Dispatcher own, Queue<Action> actions, TaskFactory factory, bool flag) { {{statement}} }
        }
        """ + Toolkits + Stubs.Avalonia + Stubs.Nito;

    private static string InDesktop(string statement) =>
        $$"""
        using System.Windows.Threading;
        static class Ui { public static Dispatcher Current => null!; }
        class C { static void F() { } async Task M(Dispatcher d, SynchronizationContext s, bool flag) { await Task.Yield(); {{statement}} } }
        """;

    private static string OfThreads(string member) =>
        $$"""
        using System.Windows;
        using System.Windows.Threading;
        class Program
        {
            static int n;
            static bool flag;
            static void Loop() { Dispatcher.Run(); }
            static void RunSync(Func<Task> f) => f().Wait();
            {{member}}
        }
        """;
}
