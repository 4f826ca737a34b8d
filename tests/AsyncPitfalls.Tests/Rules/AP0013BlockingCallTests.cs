using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which blocking calls in async code are found.</summary>
public sealed class AP0013BlockingCallTests() : RuleTest(new AP0013BlockingCallAnalyzer())
{
    [Fact]
    public Task All_that_always_blocks_is_found() => Reports(
        """
        using System.Collections.Concurrent;
        using System.Diagnostics;

        class C
        {
            readonly BlockingCollection<int> bounded = new(10);
            volatile bool ready;

            async Task M(Thread thread, Mutex mutex, Semaphore semaphore, AutoResetEvent signal, ManualResetEventSlim slim, SemaphoreSlim gate, CountdownEvent count,
                Barrier barrier, Process process, IAsyncEnumerable<int> sequence, Stream stream, byte[] buffer, CancellationToken token)
            {
                await Task.Yield();
                Thread.[|Sleep|](100);
                Thread.[|Sleep|](TimeSpan.FromSeconds(1));
                thread.[|Join|]();
                mutex.[|WaitOne|]();
                semaphore.[|WaitOne|](100);
                signal.[|WaitOne|]();
                WaitHandle.[|WaitAll|](new WaitHandle[] { signal, mutex });
                var index = WaitHandle.[|WaitAny|](new WaitHandle[] { signal, mutex }, 100);
                WaitHandle.[|SignalAndWait|](signal, mutex);
                slim.[|Wait|](token);
                gate.[|Wait|]();
                if (!gate.[|Wait|](100)) return;
                count.[|Wait|]();
                barrier.[|SignalAndWait|]();
                Monitor.[|Wait|](this);
                var taken = bounded.[|Take|]();
                bounded.[|Add|](1);
                foreach (var item in bounded.[|GetConsumingEnumerable|]()) Console.WriteLine(item);
                foreach (var item in sequence.[|ToBlockingEnumerable|]()) Console.WriteLine(item);
                process.[|WaitForExit|]();
                var line = Console.[|ReadLine|]();
                Console.[|ReadKey|]();
                var character = Console.[|Read|]() + Console.In.[|Read|]();
                Parallel.[|For|](0, 10, i => { });
                Parallel.[|ForEach|](new[] { 1 }, i => { });
                Parallel.[|Invoke|](() => { }, () => { });
                new Task(() => { }).[|RunSynchronously|]();
                SpinWait.[|SpinUntil|](() => ready);
                while (!ready) Thread.[|SpinWait|](20);
                var read = stream.[|EndRead|](stream.BeginRead(buffer, 0, 1, null, null));
            }
        }
        """);

    [Fact]
    public Task Functions_of_every_kind_are_asked() => Reports(
        """
        using static System.Threading.Thread;

        Func<Task> lambda = async () => { await Task.Yield(); [|Sleep|](1); };
        Func<Task> expression = async () => Thread.[|Sleep|](1);
        Func<int, ValueTask<int>> method = async delegate (int x) { await Task.Yield(); [|Sleep|](x); return x; };
        Action nobody = async () => { await Task.Yield(); Thread.[|Sleep|](1); };
        await lambda();
        Thread.[|Sleep|](1);

        async Task Local() { Thread.[|Sleep|](1); await Task.Yield(); }

        class C
        {
            async void Void() { await Task.Yield(); Thread.[|Sleep|](1); }
            async ValueTask Value() { await Task.Yield(); Thread.[|Sleep|](1); }
            async IAsyncEnumerable<int> Sequence() { await Task.Yield(); Thread.[|Sleep|](1); yield return 1; }
            async Task<int> Expression(SemaphoreSlim s) => s.[|Wait|](1) ? await F(1) : 2;
            async Task Conditional(SemaphoreSlim? s) { await Task.Yield(); s?.[|Wait|](); (s!).[|Wait|](); checked { s.[|Wait|](); } }
            async Task Handlers() { try { await F(1); } catch (Exception) when (W()) { Thread.[|Sleep|](1); } finally { Thread.[|Sleep|](1); } }
            async Task AfterLock() { await F(1); lock (this) { } Thread.[|Sleep|](1); }
            bool W() => true;
            Task<int> F(int x) => Task.FromResult(x);
        }
        """);

    [Fact]
    public Task Functions_that_return_a_task_without_async_are_asked() => Reports(
        """
        class C
        {
            Func<Task> field = () => { Thread.[|Sleep|](1); return Task.CompletedTask; };
            Task Plain() { Thread.[|Sleep|](1); return Task.CompletedTask; }
            Task<int> Result(SemaphoreSlim s) { s.[|Wait|](); return Task.FromResult(1); }
            ValueTask Value() { Thread.[|Sleep|](1); return default; }
            ValueTask<int> ValueResult() { Thread.[|Sleep|](1); return new(1); }
            Task Property { get { Thread.[|Sleep|](1); return Task.CompletedTask; } }
            Task<bool> this[SemaphoreSlim s] => Task.FromResult(s.[|Wait|](100));
            void M()
            {
                Func<int, Task> parenthesized = (x) => { Thread.[|Sleep|](x); return Task.CompletedTask; };
                Task Local() { Thread.[|Sleep|](1); return Task.CompletedTask; }
                Task.Run(() => { Thread.[|Sleep|](1); return Local(); });
            }
        }
        """);

    [Fact]
    public Task Tests_and_user_interfaces_are_no_exception() => Reports(
        """
        using System.Windows;

        class Window1 : Window
        {
            async void OnClick(object sender, RoutedEventArgs e) { await Task.Yield(); Thread.[|Sleep|](100); }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Entry_point_is_async_code_from_its_first_await_on() => Reports(
        """
        Console.ReadLine();
        Thread.Sleep(1);
        if (args.Length > 3)
            await Task.Yield();
        Console.[|ReadLine|]();
        """);

    [Fact]
    public Task Loop_of_an_entry_point_comes_back_to_what_is_before_its_await() => Reports(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                Thread.Sleep(1);
                while (args.Length > 0)
                {
                    var line = Console.[|ReadLine|]();
                    await Console.Out.WriteLineAsync(line);
                }
            }
        }
        """);

    [Fact]
    public async Task What_options_name_blocks() => await Reports(
        """
        namespace Acme
        {
            class Device
            {
                public Device(string port) { }
                public int Read() => 1;
                public int Read(int count) => count;
                public Task<int> ReadAsync() => Task.FromResult(1);
                public int State => 1;
                public int this[int index] => index;
            }

            static class Legacy
            {
                public static void Flush() { }
                public static Task FlushAsync() => Task.CompletedTask;
                public static int Count => 1;
            }

            class C
            {
                async Task M(Device device)
                {
                    await Legacy.FlushAsync();
                    device.[|Read|]();
                    device.Read(3);
                    Console.WriteLine(device.[|State|] + device?.[|State|] + device![0] + Legacy.Count);
                    Legacy.[|Flush|]();
                    _ = new [|Device|]("COM1");
                    await device.ReadAsync();
                }

                void Synchronous(Device device) => device.Read();
            }
        }
        """, Setup.Default with { EditorConfig = "async_pitfalls.blocking_methods = M:Acme.Device.Read()|P:Acme.Device.State|Acme.Legacy|M:Acme.Device..ctor" });

    [Fact]
    public Task What_options_excuse_blocks_nothing() => Reports(
        """
        class Gate : SemaphoreSlim { public Gate() : base(1) { } }

        class C
        {
            async Task M(SemaphoreSlim gate, Gate own, Thread thread)
            {
                await Task.Yield();
                gate.Wait();
                gate.[|Wait|](100);
                own.Wait(100);
                thread.Join();
                Thread.[|Sleep|](1);
            }
        }
        """, Setup.Default with { EditorConfig = "async_pitfalls.nonblocking_methods = M:System.Threading.SemaphoreSlim.Wait()|M:System.Threading.Thread.Join|Gate" });

    [Fact]
    public Task Half_typed_code_is_read_as_far_as_it_goes() => Reports(
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                Thread.[|Sleep|](1){|CS1002:|}
                Thread.{|CS1501:Sleep|}();
                {|CS0103:Unknown|}.Sleep(1);
            }
        }
        """);

    [Theory]
    [InlineData("Thread.Sleep(1)", "'Thread.Sleep' keeps a pool thread waiting, and nothing else can run there meanwhile; await 'Task.Delay' instead")]
    [InlineData("gate.Wait()", "'SemaphoreSlim.Wait' keeps a pool thread waiting, and nothing else can run there meanwhile; await 'WaitAsync' instead")]
    [InlineData("Parallel.ForEach(xs, x => { })", "'Parallel.ForEach' keeps a pool thread waiting, and nothing else can run there meanwhile; await 'Parallel.ForEachAsync' instead")]
    [InlineData("thread.Join()", "'Thread.Join' keeps a pool thread waiting, and nothing else can run there meanwhile; run the work as tasks and await those")]
    [InlineData("Console.ReadLine()", "'Console.ReadLine' keeps a pool thread waiting, and nothing else can run there meanwhile; do it on a thread of its own")]
    [InlineData("signal.WaitOne()", "'WaitHandle.WaitOne' keeps a pool thread waiting, and nothing else can run there meanwhile; await a 'SemaphoreSlim' or the task of a 'TaskCompletionSource' instead")]
    public async Task Message_names_the_call_and_what_to_await(string call, string message)
    {
        var finding = Assert.Single(await Findings(
            $$"""
            class C
            {
                async Task M(SemaphoreSlim gate, Thread thread, AutoResetEvent signal, int[] xs) { await Task.Yield(); {{call}}; }
            }
            """));
        Assert.Equal(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, finding.Severity);
    }

    [Fact]
    public async Task Message_names_the_thread()
    {
        var findings = await Findings(
            """
            using System.Windows;

            class Window1 : Window
            {
                async void OnClick(object sender, RoutedEventArgs e) { await Task.Yield(); Thread.Sleep(100); }
                Task Plain() { Thread.Sleep(100); return Task.CompletedTask; }
            }
            """, Setup.Desktop);
        Assert.Equal(2, findings.Length);
        Assert.Contains("the thread of the user interface", findings[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("the thread that runs this async code", findings[1].GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
