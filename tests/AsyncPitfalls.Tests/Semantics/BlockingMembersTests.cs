using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class BlockingMembersTests
{
    [Theory]
    [InlineData("Thread.Sleep(1)", "Sleep", "Sleep")]
    [InlineData("Thread.Sleep(Timeout.Infinite)", "Sleep", "Sleep")]
    [InlineData("Sleep(TimeSpan.FromSeconds(1))", "Sleep", "Sleep")]
    [InlineData("thread!.Join()", "Join", "Thread")]
    [InlineData("thread?.Join(100)", "Join", "Thread")]
    [InlineData("mutex.WaitOne()", "WaitOne", "Handle")]
    [InlineData("new AutoResetEvent(false).WaitOne(100)", "WaitOne", "Handle")]
    [InlineData("WaitHandle.WaitAll(handles)", "WaitAll", "Handle")]
    [InlineData("WaitHandle.WaitAny(handles, 10)", "WaitAny", "Handle")]
    [InlineData("Mutex.WaitAny(handles)", "WaitAny", "Handle")]
    [InlineData("WaitHandle.SignalAndWait(handles[0], handles[1])", "SignalAndWait", "Handle")]
    [InlineData("new ManualResetEventSlim().Wait()", "Wait", "Event")]
    [InlineData("new CountdownEvent(1).Wait(token)", "Wait", "Event")]
    [InlineData("semaphore.Wait()", "Wait", "Semaphore")]
    [InlineData("(semaphore).Wait(100, token)", "Wait", "Semaphore")]
    [InlineData("new Barrier(2).SignalAndWait()", "SignalAndWait", "Barrier")]
    [InlineData("Monitor.Wait(this)", "Wait", "Pulse")]
    [InlineData("open.Take()", "Take", "Collection")]
    [InlineData("open.TryTake(out var item, 100)", "TryTake", "Collection")]
    [InlineData("open.TryTake(out var item, Timeout.Infinite, token)", "TryTake", "Collection")]
    [InlineData("BlockingCollection<int>.TakeFromAny(new[] { open }, out var item)", "TakeFromAny", "Collection")]
    [InlineData("bounded.Add(1)", "Add", "Collection")]
    [InlineData("field.Add(1, token)", "Add", "Collection")]
    [InlineData("new BlockingCollection<int>(new ConcurrentStack<int>(), 5).Add(1)", "Add", "Collection")]
    [InlineData("bounded.TryAdd(1, 100)", "TryAdd", "Collection")]
    [InlineData("open.GetConsumingEnumerable(token)", "GetConsumingEnumerable", "Sequence")]
    [InlineData("sequence.ToBlockingEnumerable()", "ToBlockingEnumerable", "Sequence")]
    [InlineData("process.WaitForExit()", "WaitForExit", "Process")]
    [InlineData("process.WaitForExit(100)", "WaitForExit", "Process")]
    [InlineData("Console.ReadLine()", "ReadLine", "Input")]
    [InlineData("Console.ReadKey(true)", "ReadKey", "Input")]
    [InlineData("Console.Read()", "Read", "Input")]
    [InlineData("Console.In.ReadLine()", "ReadLine", "Input")]
    [InlineData("input.ReadToEnd()", "ReadToEnd", "Input")]
    [InlineData("Parallel.For(0, 10, i => { })", "For", "Parallel")]
    [InlineData("Parallel.ForEach<int>(new[] { 0 }, i => { })", "ForEach<int>", "Parallel")]
    [InlineData("Parallel.Invoke(() => { })", "Invoke", "Parallel")]
    [InlineData("new Task<int>(() => 1).RunSynchronously()", "RunSynchronously", "TaskRun")]
    [InlineData("System.Threading.SpinWait.SpinUntil(() => done)", "SpinUntil", "Spin")]
    [InlineData("stream.EndRead(stream.BeginRead(buffer, 0, 1, null, null))", "EndRead", "Pair")]
    [InlineData("stream.EndRead((stream.BeginRead(buffer, 0, 1, null, null))!)", "EndRead", "Pair")]
    [InlineData("stream.EndWrite(write)", "EndWrite", "Pair")]
    [InlineData("work.EndInvoke(work.BeginInvoke(null, null))", "EndInvoke", "Pair")]
    public async Task Every_form_blocks(string expression, string name, string kind)
    {
        var call = await CallIn(AsStatement(expression));

        Assert.NotNull(call);
        Assert.Equal((name, kind), (call.Name.ToString(), call.Kind.ToString()));
    }

    [Theory]
    [InlineData("Thread.Sleep(0)")]
    [InlineData("Thread.Sleep(TimeSpan.Zero)")]
    [InlineData("thread.Join(0)")]
    [InlineData("mutex.WaitOne(0)")]
    [InlineData("mutex.WaitOne(TimeSpan.Zero, false)")]
    [InlineData("WaitHandle.WaitAny(handles, 0)")]
    [InlineData("WaitHandle.SignalAndWait(handles[0], handles[1], 0, false)")]
    [InlineData("new ManualResetEventSlim().Wait(millisecondsTimeout: 0)")]
    [InlineData("semaphore.Wait(0, token)")]
    [InlineData("semaphore.Wait(default(TimeSpan))")]
    [InlineData("new CountdownEvent(1).Wait(0)")]
    [InlineData("new Barrier(2).SignalAndWait(0)")]
    [InlineData("Monitor.Wait(this, 0)")]
    [InlineData("process.WaitForExit(0)")]
    [InlineData("open.TryTake(out var item, 0)")]
    [InlineData("System.Threading.SpinWait.SpinUntil(() => done, 0)")]
    public async Task Timeout_of_zero_blocks_nothing(string expression) => Assert.Null(await CallIn(AsStatement(expression)));

    [Theory]
    [InlineData("Thread.Yield()")]
    [InlineData("semaphore.WaitAsync()")]
    [InlineData("semaphore.Release()")]
    [InlineData("Monitor.TryEnter(this)")]
    [InlineData("Monitor.Pulse(this)")]
    [InlineData("open.Add(1)")]
    [InlineData("other.Add(1)")]
    [InlineData("unknown.Add(1)")]
    [InlineData("bounded.TryAdd(1)")]
    [InlineData("open.TryTake(out var item)")]
    [InlineData("open.CompleteAdding()")]
    [InlineData("process.Kill()")]
    [InlineData("Console.KeyAvailable")]
    [InlineData("new StringReader(\"\").ReadLine()")]
    [InlineData("new List<int>().ForEach(i => { })")]
    [InlineData("new SpinWait().NextSpinWillYield")]
    [InlineData("Thread.SpinWait(20)")]
    [InlineData("stream.EndRead(begun)")]
    [InlineData("stream.BeginRead(buffer, 0, 1, result => stream.EndRead(result), null)")]
    [InlineData("(Action)semaphore.Wait")]
    [InlineData("new Look().Sleep(100)")]
    [InlineData("new Look().EndRead(new Look().BeginRead())")]
    public async Task What_only_looks_like_it_blocks_nothing(string expression) => Assert.Null(await CallIn(AsStatement(expression)));

    [Theory]
    [InlineData("while (!done) Thread.SpinWait(20);", true)]
    [InlineData("for (var i = 0; i < 10; i++) { if (done) break; Thread.SpinWait(20); }", true)]
    [InlineData("do { Thread.SpinWait(20); } while (!done);", true)]
    [InlineData("if (!done) Thread.SpinWait(20);", false)]
    [InlineData("while (!done) { Thread.SpinWait(20); await Task.Yield(); }", false)]
    [InlineData("while (!done) { Action spin = () => Thread.SpinWait(20); }", false)]
    public async Task Spinning_blocks_in_a_loop_that_awaits_nothing(string statement, bool blocks) =>
        Assert.Equal(blocks, await CallIn(statement) is not null);

    private static string AsStatement(string expression) =>
        expression.EndsWith(')') && !expression.StartsWith("(Action)", StringComparison.Ordinal) ? expression + ";" : $"var value = {expression};";

    private static async Task<BlockingCall?> CallIn(string statement)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            using System.Collections.Concurrent;
            using System.Diagnostics;
            using static System.Threading.Thread;

            class Look
            {
                public int Sleep(int milliseconds) => milliseconds;
                public object BeginRead() => this;
                public int EndRead(object result) => 1;
            }

            class C
            {
                readonly BlockingCollection<int> field = new(5);
                BlockingCollection<int> other = new(5);
                volatile bool done;

                async Task M(Thread thread, Mutex mutex, SemaphoreSlim semaphore, WaitHandle[] handles, CancellationToken token, Process process,
                    IAsyncEnumerable<int> sequence, Stream stream, byte[] buffer, IAsyncResult begun, BlockingCollection<int> unknown, Action work)
                {
                    await Task.Yield();
                    other = new();
                    var open = new BlockingCollection<int>();
                    var bounded = new BlockingCollection<int>(5);
                    var input = Console.In;
                    var write = stream.BeginWrite(buffer, 0, 1, null, null);
                    {{statement}}
                }

            }
            """);
        return snippet.Root.DescendantNodes()
            .Select(node => snippet.Semantics.GetOperation(node))
            .OfType<Microsoft.CodeAnalysis.IOperation>()
            .Select(operation => snippet.Model.BlockingMembers.Of(operation, default))
            .FirstOrDefault(call => call is not null);
    }
}
