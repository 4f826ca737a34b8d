using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Each way to block, called by a member of which the rule knows no more at first than the names that it uses.</summary>
public sealed class AP0014WaysToBlockTests() : RuleTest(new AP0014BlockedCallAnalyzer())
{
    [Theory]
    [InlineData("task.Wait();")]
    [InlineData("_ = result.Result;")]
    [InlineData("_ = value.Result;")]
    [InlineData("Task.WaitAll(task);")]
    [InlineData("Task.WaitAny(task);")]
    [InlineData("task.GetAwaiter().GetResult();")]
    [InlineData("task.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("while (!task.IsCompleted) Thread.Yield();")]
    [InlineData("while (task.Status != TaskStatus.RanToCompletion) { }")]
    [InlineData("SpinWait.SpinUntil(() => task.IsCompleted);")]
    [InlineData("((IAsyncResult)task).AsyncWaitHandle.WaitOne();")]
    [InlineData("Thread.Sleep(1000);")]
    [InlineData("thread.Join();")]
    [InlineData("gate.Wait();")]
    [InlineData("gate.Wait(100);")]
    [InlineData("gate.Wait(TimeSpan.FromSeconds(1), default);")]
    [InlineData("handle.WaitOne();")]
    [InlineData("WaitHandle.WaitAny(new[] { handle });")]
    [InlineData("WaitHandle.SignalAndWait(handle, handle);")]
    [InlineData("slim.Wait();")]
    [InlineData("count.Wait();")]
    [InlineData("barrier.SignalAndWait();")]
    [InlineData("lock (barrier) Monitor.Wait(barrier);")]
    [InlineData("_ = queue.Take();")]
    [InlineData("new BlockingCollection<int>(3).Add(1);")]
    [InlineData("_ = queue.TryTake(out _, 1000);")]
    [InlineData("foreach (var one in queue.GetConsumingEnumerable()) Console.WriteLine(one);")]
    [InlineData("foreach (var one in stream.ToBlockingEnumerable()) Console.WriteLine(one);")]
    [InlineData("process.WaitForExit();")]
    [InlineData("Console.ReadLine();")]
    [InlineData("Console.In.ReadToEnd();")]
    [InlineData("Parallel.For(0, 9, i => { });")]
    [InlineData("Parallel.Invoke(() => { });")]
    [InlineData("task.RunSynchronously();")]
    [InlineData("var begun = file.BeginRead(bytes, 0, 1, null, null); file.EndRead(begun);")]
    public Task Reports_every_way(string way) => ReportsWithin(
        "Task task, Task<int> result, ValueTask<int> value, Thread thread, SemaphoreSlim gate, WaitHandle handle, ManualResetEventSlim slim, CountdownEvent count, "
        + "Barrier barrier, BlockingCollection<int> queue, IAsyncEnumerable<int> stream, Process process, FileStream file, byte[] bytes",
        way,
        "task, result, value, thread, gate, handle, slim, count, barrier, queue, stream, process, file, bytes");

    [Theory]
    [InlineData("dispatcher.Invoke(() => { });")]
    [InlineData("control.Invoke(new Action(() => { }));")]
    [InlineData("dispatcher.InvokeAsync(() => { }).Wait();")]
    [InlineData("_ = dispatcher.InvokeAsync(() => 1).Result;")]
    [InlineData("operation.Wait();")]
    [InlineData("_ = made.Result;")]
    [InlineData("var begun = control.BeginInvoke(new Action(() => { })); control.EndInvoke(begun);")]
    [InlineData("context.Send(_ => { }, null);")]
    public Task Reports_waits_for_other_loops(string way) => ReportsWithin(
        "Dispatcher dispatcher, DispatcherOperation operation, DispatcherOperation<int> made, Control control, SynchronizationContext context",
        way,
        "dispatcher, operation, made, control, context",
        Setup.Desktop,
        "using System.Windows.Forms; using System.Windows.Threading;");

    private Task ReportsWithin(string parameters, string way, string arguments, Setup? setup = null, string imports = "") => Reports(
        $$"""
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.IO;
        {{imports}}

        class C
        {
            void Block({{parameters}}) { {{way}} }

            async Task M({{parameters}})
            {
                await Task.Yield();
                [|Block|]({{arguments}});
            }
        }
        """, setup);
}
