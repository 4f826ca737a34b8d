using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where a blocking call has no awaited counterpart, or none in that framework or language.</summary>
public sealed class AP0013NoCounterpartCodeFixTests() : RuleTest(new AP0013BlockingCallAnalyzer(), new AP0013BlockingCallCodeFix())
{
    [Fact]
    public Task Older_frameworks_have_fewer_counterparts() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(SemaphoreSlim s, System.Diagnostics.Process p)
            {
                await Task.Yield();
                s.[|Wait|]();
                Thread.[|Sleep|](1);
                p.[|WaitForExit|]();
                Parallel.[|ForEach|](new[] { 1 }, x => { });
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(SemaphoreSlim s, System.Diagnostics.Process p)
            {
                await Task.Yield();
                await s.WaitAsync();
                await Task.Delay(1);
                p.[|WaitForExit|]();
                Parallel.[|ForEach|](new[] { 1 }, x => { });
            }
        }
        """, setup: Setup.Desktop);

    [Theory]
    [InlineData("Console.[|ReadLine|]();")]
    [InlineData("Console.[|ReadKey|](true);")]
    [InlineData("Console.In.[|ReadLine|]();")]
    [InlineData("thread.[|Join|]();")]
    [InlineData("signal.[|WaitOne|]();")]
    [InlineData("new ManualResetEventSlim().[|Wait|]();")]
    [InlineData("new CountdownEvent(1).[|Wait|]();")]
    [InlineData("new Barrier(1).[|SignalAndWait|]();")]
    [InlineData("Monitor.[|Wait|](this);")]
    [InlineData("queue.[|Take|]();")]
    [InlineData("foreach (var x in queue.[|GetConsumingEnumerable|]()) { }")]
    [InlineData("process.[|WaitForExit|](100);")]
    [InlineData("Parallel.[|Invoke|](() => { });")]
    [InlineData("new Task(() => { }).[|RunSynchronously|]();")]
    [InlineData("SpinWait.[|SpinUntil|](() => queue.Count > 0);")]
    [InlineData("Thread.[|Sleep|](Timeout.Infinite);")]
    [InlineData("Thread.[|Sleep|](Timeout.InfiniteTimeSpan);")]
    [InlineData("stream.[|EndRead|](stream.BeginRead(buffer, 0, 1, r => { }, null));")]
    [InlineData("stream.[|EndRead|](stream.BeginRead(buffer, 0, 1, null, buffer));")]
    [InlineData("Open().[|EndRead|](Open().BeginRead(buffer, 0, 1, null, null));")]
    [InlineData("foreach (var x in xs.[|ToBlockingEnumerable|]().Where(x => x > 1)) { }")]
    [InlineData("for (Thread.[|Sleep|](1); ; ) { break; }")]
    [InlineData("Monitor.Enter(this); Thread.[|Sleep|](1); Monitor.Exit(this);")]
    [InlineData("mutex.[|WaitOne|](); Thread.Sleep(0); mutex.ReleaseMutex();")]
    [InlineData("try { } catch (Exception) when (gate.[|Wait|](100)) { }")]
    public Task What_has_no_counterpart_of_the_same_meaning_has_no_fix(string statement) => OffersNoFix(
        $$"""
        using System.Collections.Concurrent;

        class C
        {
            async Task M(Thread thread, AutoResetEvent signal, Mutex mutex, BlockingCollection<int> queue, System.Diagnostics.Process process, SemaphoreSlim gate,
                Stream stream, byte[] buffer, IAsyncEnumerable<int> xs)
            {
                await Task.Yield();
                {{statement}}
            }

            Stream Open() => Stream.Null;
        }
        """);

    [Fact]
    public Task Property_that_returns_a_task_cannot_be_async() => OffersNoFix(
        """
        class C
        {
            Task P { get { Thread.[|Sleep|](1); return Task.CompletedTask; } }
        }
        """);

    [Fact]
    public Task Older_languages_await_no_foreach() => OffersNoFix(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        class C
        {
            async Task M(IAsyncEnumerable<int> xs)
            {
                await Task.Yield();
                foreach (var x in xs.[|ToBlockingEnumerable|]()) { }
            }
        }
        """, setup: Setup.Default with { Language = LanguageVersion.CSharp7_3 });
}
