using System.Globalization;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where a loop is asked for that is not there.</summary>
public sealed class AP0017NoLoopTests() : RuleTest(new AP0017NoLoopAnalyzer(), new AP0017NoLoopCodeFix())
{
    [Fact]
    public Task Code_on_other_threads_has_no_loop() => Reports(
        """
        using static System.Threading.SynchronizationContext;

        class C
        {
            void M(int[] numbers, WaitHandle handle)
            {
                _ = Task.Run(() => TaskScheduler.[|FromCurrentSynchronizationContext|]());
                _ = Task.Run(() => SynchronizationContext.[|Current|].Post(_ => { }, null));
                _ = Task.Run(async () => { await Task.Delay(1); SynchronizationContext.[|Current|]!.Send(_ => { }, null); });
                _ = Task.Run(delegate { ([|Current|]!).Post(_ => { }, null); });
                _ = Task.Factory.StartNew(() => TaskScheduler.[|FromCurrentSynchronizationContext|]());
                _ = Task.Factory.StartNew(() => TaskScheduler.[|FromCurrentSynchronizationContext|](), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                _ = new TaskFactory().StartNew(Method);
                ThreadPool.QueueUserWorkItem(_ => SynchronizationContext.[|Current|].OperationStarted());
                ThreadPool.UnsafeQueueUserWorkItem(_ => SynchronizationContext.[|Current|].CreateCopy().OperationStarted(), null);
                ThreadPool.RegisterWaitForSingleObject(handle, (_, _) => SynchronizationContext.[|Current|].OperationCompleted(), null, 1, true);
                new Thread(() => SynchronizationContext.[|Current|].OperationStarted()).Start();
                new Thread(new ThreadStart(() => { TaskScheduler.[|FromCurrentSynchronizationContext|](); })) { IsBackground = true }.Start();
                Parallel.For(0, 3, i => SynchronizationContext.[|Current|].OperationStarted());
                Parallel.ForEach(numbers, (int n) => { SynchronizationContext.[|Current|].OperationStarted(); });
                Parallel.Invoke(() => TaskScheduler.[|FromCurrentSynchronizationContext|]());
                _ = Parallel.ForEachAsync(numbers, async (n, token) => { SynchronizationContext.[|Current|].OperationStarted(); await Task.Yield(); });
                var timer = new Timer(_ => SynchronizationContext.[|Current|].Post(_ => { }, null), null, 1, 1);
                var other = new System.Timers.Timer(1);
                other.Elapsed += (s, e) => SynchronizationContext.[|Current|].Post(_ => { }, null);
                _ = Task.Run(() =>
                {
                    var context = SynchronizationContext.[|Current|];
                    context.Post(_ => { }, null);
                    foreach (var n in numbers.Select(n => SynchronizationContext.[|Current|].GetHashCode()).ToList())
                        Console.WriteLine(n);
                    Local();

                    void Local() => SynchronizationContext.[|Current|].OperationStarted();
                });
                _ = Task.Run(() => OnlyThere());
            }

            void Method() => TaskScheduler.[|FromCurrentSynchronizationContext|]();

            private void OnlyThere() => SynchronizationContext.[|Current|].OperationStarted();
        }
        """);

    [Fact]
    public Task After_an_await_that_does_not_come_back_there_is_none() => Reports(
        """
        using System.Runtime.CompilerServices;

        class C
        {
            async Task M(Task t, ValueTask<int> v, bool b, ConfiguredTaskAwaitable configured)
            {
                SynchronizationContext.Current.OperationStarted();
                await t;
                SynchronizationContext.Current.OperationStarted();
                await t.ConfigureAwait(true);
                await t.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
                SynchronizationContext.Current.OperationStarted();
                if (b)
                    await t.ConfigureAwait(false);
                SynchronizationContext.[|Current|].OperationStarted();
                await t;
                TaskScheduler.[|FromCurrentSynchronizationContext|]();
            }

            async Task<int> Value(ValueTask<int> v)
            {
                var n = await v.ConfigureAwait(false) + SynchronizationContext.[|Current|].GetHashCode();
                return n;
            }

            async Task Options(Task t)
            {
                await t.ConfigureAwait(ConfigureAwaitOptions.None);
                TaskScheduler.[|FromCurrentSynchronizationContext|]();
            }

            async Task Loop(Task t)
            {
                while (true)
                {
                    SynchronizationContext.[|Current|].OperationStarted();
                    await t.ConfigureAwait(false);
                }
            }

            async Task Switched(Task t, Ui ui)
            {
                await t.ConfigureAwait(false);
                await ui;
                SynchronizationContext.Current.OperationStarted();
            }

            async Task Stream(IAsyncEnumerable<int> numbers, CancellationToken token)
            {
                await foreach (var n in numbers.WithCancellation(token))
                    SynchronizationContext.Current.OperationStarted();
                await foreach (var n in numbers.ConfigureAwait(true))
                    SynchronizationContext.Current.OperationStarted();
                await foreach (var n in numbers.WithCancellation(token).ConfigureAwait(false))
                    SynchronizationContext.[|Current|].OperationStarted();
                SynchronizationContext.[|Current|].OperationStarted();
            }

            async Task Streams(IAsyncEnumerable<int> numbers, CancellationToken token)
            {
                await foreach (var n in numbers.ConfigureAwait(false).WithCancellation(token))
                {
                    SynchronizationContext.[|Current|].OperationStarted();
                }
            }

            async Task Otherwise(Task t, bool b)
            {
                if (b)
                {
                    await t.ConfigureAwait(false);
                    return;
                }

                SynchronizationContext.Current.OperationStarted();
            }
        }

        class Ui
        {
            public UiAwaiter GetAwaiter() => new UiAwaiter();
        }

        class UiAwaiter : INotifyCompletion
        {
            public bool IsCompleted => false;
            public void OnCompleted(Action continuation) { }
            public void GetResult() { }
        }
        """);

    [Fact]
    public Task The_entry_point_of_a_console_program_has_none() => Reports(
        """
        static class Program
        {
            static async Task Main()
            {
                var scheduler = TaskScheduler.[|FromCurrentSynchronizationContext|]();
                await Task.Delay(1);
                SynchronizationContext.[|Current|]!.Post(_ => { }, null);
                Helper();
            }

            private static void Helper() => SynchronizationContext.[|Current|]!.Post(_ => { }, null);
        }
        """);

    [Fact]
    public Task Top_level_statements_have_none() => Reports(
        """
        SynchronizationContext.[|Current|]!.Post(_ => { }, null);
        """);

    [Fact]
    public Task A_dispatcher_that_nobody_runs_is_found() => Reports(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using System.Windows.Threading;

        class C
        {
            void M()
            {
                Task.Run(() => Dispatcher.[|CurrentDispatcher|].BeginInvoke((System.Action)(() => { })));
                new Thread(() => { var dispatcher = Dispatcher.[|CurrentDispatcher|]; }).Start();
                var timer = new Timer(_ => new DispatcherTimer(System.TimeSpan.Zero, DispatcherPriority.Normal, (s, e) => { }, Dispatcher.[|CurrentDispatcher|]), null, 1, 1);
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Whoever_has_a_loop_or_asks_for_one_is_silent() => Silent(
        """
        class C
        {
            static readonly SynchronizationContext own = new SynchronizationContext();

            void M(TaskScheduler ui, TaskFactory factory)
            {
                var context = SynchronizationContext.Current!;
                context.Post(_ => SynchronizationContext.Current!.OperationStarted(), null);
                var scheduler = TaskScheduler.FromCurrentSynchronizationContext();
                _ = Task.Run(() => context.Post(_ => { }, null));
                _ = Task.Run(() => SynchronizationContext.Current?.Post(_ => { }, null));
                _ = Task.Run(() => Use(SynchronizationContext.Current));
                _ = Task.Run(() => Use(SynchronizationContext.Current ?? own));
                _ = Task.Run(() => (SynchronizationContext.Current ?? own).Post(_ => { }, null));
                _ = Task.Run(() => { if (SynchronizationContext.Current != null) SynchronizationContext.Current.Post(_ => { }, null); });
                _ = Task.Run(() => SynchronizationContext.Current is { } current && Use(current));
                _ = Task.Run(() => SynchronizationContext.Current is null ? TaskScheduler.Default : TaskScheduler.FromCurrentSynchronizationContext());
                _ = Task.Run(() => SynchronizationContext.Current != null && SynchronizationContext.Current.IsWaitNotificationRequired());
                _ = Task.Run(() =>
                {
                    if (SynchronizationContext.Current == null)
                        return;
                    SynchronizationContext.Current.OperationStarted();
                });
                _ = Task.Run(() =>
                {
                    var held = SynchronizationContext.Current;
                    if (held is not null)
                        held.Post(_ => { }, null);
                    held?.OperationStarted();
                });
                _ = Task.Run(() =>
                {
                    try
                    {
                        return TaskScheduler.FromCurrentSynchronizationContext();
                    }
                    catch (InvalidOperationException)
                    {
                        return TaskScheduler.Default;
                    }
                });
                _ = Task.Factory.StartNew(() => SynchronizationContext.Current!.OperationStarted(), CancellationToken.None, TaskCreationOptions.None, ui);
                _ = factory.StartNew(() => SynchronizationContext.Current!.OperationStarted());
                _ = Task.Run(() => context.Post(_ => SynchronizationContext.Current!.OperationStarted(), null));
                Invoke(() => SynchronizationContext.Current!.OperationStarted());
                Console.WriteLine(nameof(TaskScheduler.FromCurrentSynchronizationContext) + nameof(SynchronizationContext.Current));
            }

            void Threads()
            {
                new Thread(() =>
                {
                    SynchronizationContext.SetSynchronizationContext(own);
                    var scheduler = TaskScheduler.FromCurrentSynchronizationContext();
                    SynchronizationContext.Current!.OperationStarted();
                }).Start();
                new Thread(Run).Start();
                _ = Task.Run(() => { using (new Scope()) SynchronizationContext.Current!.OperationStarted(); });
            }

            static void Run()
            {
                Install();
                _ = TaskScheduler.FromCurrentSynchronizationContext();
            }

            static void Install() => SynchronizationContext.SetSynchronizationContext(own);
            static bool Use(SynchronizationContext? context) => context is null;
            static void Invoke(Action action) => action();

            class Scope : IDisposable
            {
                public Scope() => SynchronizationContext.SetSynchronizationContext(own);
                public void Dispose() => SynchronizationContext.SetSynchronizationContext(null);
            }
        }
        """);

    [Fact]
    public Task A_loop_that_is_run_there_is_one() => Silent(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using System.Windows.Threading;

        class C
        {
            Dispatcher dispatcher;

            void M()
            {
                new Thread(() => { dispatcher = Dispatcher.CurrentDispatcher; Dispatcher.Run(); }).Start();
                new Thread(Procedure).Start();
                new Thread(() => { System.Windows.Forms.Application.Run(); SynchronizationContext.Current.Post(_ => { }, null); }).Start();
                Task.Run(() => { if (Dispatcher.FromThread(Thread.CurrentThread) != null) Dispatcher.CurrentDispatcher.Invoke(() => { }); });
                Task.Run(() => dispatcher.Invoke(() => Dispatcher.CurrentDispatcher.Invoke(() => { })));
                var timer = new System.Timers.Timer { SynchronizingObject = null };
                timer.Elapsed += (s, e) => SynchronizationContext.Current.Post(_ => { }, null);
            }

            void Procedure()
            {
                dispatcher = Dispatcher.CurrentDispatcher;
                RunLoop();
            }

            static void RunLoop() => Dispatcher.Run();
        }

        static class Program
        {
            [System.STAThread]
            static void Main()
            {
                var dispatcher = Dispatcher.CurrentDispatcher;
                System.Windows.Forms.Application.Run(new System.Windows.Forms.Form());
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task A_delegate_of_a_loop_runner_has_a_loop() => Silent(
        """
        using Nito.AsyncEx;

        static class Program
        {
            static void Main() => AsyncContext.Run(async () =>
            {
                SynchronizationContext.Current!.OperationStarted();
                await Task.Delay(1);
                _ = TaskScheduler.FromCurrentSynchronizationContext();
            });
        }
        """ + Stubs.Nito);

    [Fact]
    public Task Alikes_and_half_typed_code_are_silent() => Silent(
        """
        class SynchronizationContext2 { public static SynchronizationContext2 Current => null!; public void Post() { } }

        class C
        {
            void M()
            {
                _ = Task.Run(() => SynchronizationContext2.Current.Post());
                _ = Task.Run(() => SynchronizationContext.{|CS0117:Currently|}.Post());
                _ = Task.Run(() => {|CS0103:Dispatcher|}.CurrentDispatcher);
            }
        }
        """);

    [Fact]
    public async Task Messages_say_what_happens_and_why()
    {
        var found = await Findings(
            """
            static class Program
            {
                static void Main() => SynchronizationContext.Current!.Post(_ => { }, null);
                static void M() => Task.Run(() => TaskScheduler.FromCurrentSynchronizationContext());
            }
            """);
        Assert.Equal(
            [
                "'SynchronizationContext.Current' is null here: the entry point of a console program has no loop; start a loop first, or do without one",
                "'TaskScheduler.FromCurrentSynchronizationContext' throws here: 'Task.Run' runs this on a pool thread, which has no loop; get it before, where there is a loop, and use that here",
            ],
            found.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture)));
        Assert.All(found, finding => Assert.Equal(DiagnosticSeverity.Warning, finding.Severity));
    }
}
