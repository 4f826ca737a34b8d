using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How loops are captured where they still are there.</summary>
public sealed class AP0017NoLoopCodeFixTests() : RuleTest(new AP0017NoLoopAnalyzer(), new AP0017NoLoopCodeFix())
{
    [Fact]
    public Task A_loop_is_captured_before_the_hand_over() => Fixes(
        """
        class C
        {
            void M(bool b, string text)
            {
                Console.WriteLine();

                // first
                Task.Run(() => SynchronizationContext.[|Current|]!.Post(_ => Console.WriteLine(text), null)); // one
                if (b)
                    new Thread(() => /* here */ TaskScheduler.[|FromCurrentSynchronizationContext|]() /* there */.ToString()).Start();
            }

            async Task Twice()
            {
                await Task.Run(() =>
                {
                    SynchronizationContext.[|Current|]!.Post(_ => { }, null);
                    SynchronizationContext.[|Current|]!.Send(_ => { }, null);
                });
                await Task.Run(() => SynchronizationContext.[|Current|]!.OperationStarted());
                if (DateTime.Now.Ticks > 3)
                {
                    await Task.Run(() => SynchronizationContext.[|Current|]!.OperationStarted());
                }
            }

            void Nested() => ThreadPool.QueueUserWorkItem(_ => Task.Run(() => TaskScheduler.[|FromCurrentSynchronizationContext|]().ToString()));

            Task<int> Valued(int context) => Task.Run(() => SynchronizationContext.[|Current|]!.GetHashCode() + context); // v

            async Task Configured(Task t)
            {
                Console.WriteLine();
                await t.ConfigureAwait(false);
                SynchronizationContext.[|Current|]!.Post(_ => { }, null);
            }
        }
        """,
        """
        class C
        {
            void M(bool b, string text)
            {
                Console.WriteLine();

                var context = SynchronizationContext.Current;
                // first
                Task.Run(() => context!.Post(_ => Console.WriteLine(text), null)); // one
                if (b)
                {
                    var scheduler = TaskScheduler.FromCurrentSynchronizationContext();
                    new Thread(() => /* here */ scheduler /* there */.ToString()).Start();
                }
            }

            async Task Twice()
            {
                var context = SynchronizationContext.Current;
                await Task.Run(() =>
                {
                    context!.Post(_ => { }, null);
                    context!.Send(_ => { }, null);
                });
                await Task.Run(() => context!.OperationStarted());
                if (DateTime.Now.Ticks > 3)
                {
                    var context1 = SynchronizationContext.Current;
                    await Task.Run(() => context1!.OperationStarted());
                }
            }

            void Nested()
            {
                var scheduler = TaskScheduler.FromCurrentSynchronizationContext();
                ThreadPool.QueueUserWorkItem(_ => Task.Run(() => scheduler.ToString()));
            }

            Task<int> Valued(int context)
            {
                var context1 = SynchronizationContext.Current;
                return Task.Run(() => context1!.GetHashCode() + context);
            } // v

            async Task Configured(Task t)
            {
                Console.WriteLine();
                var context = SynchronizationContext.Current;
                await t.ConfigureAwait(false);
                context!.Post(_ => { }, null);
            }
        }
        """);

    [Fact]
    public Task A_dispatcher_is_captured_too() => Fixes(
        """
        using System;
        using System.Threading.Tasks;
        using System.Windows.Threading;

        class C
        {
            void M()
            {
                Task.Run(() => Dispatcher.[|CurrentDispatcher|].BeginInvoke((Action)(() => { })));
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using System.Windows.Threading;

        class C
        {
            void M()
            {
                var dispatcher = Dispatcher.CurrentDispatcher;
                Task.Run(() => dispatcher.BeginInvoke((Action)(() => { })));
            }
        }
        """, setup: Setup.Desktop);

    [Theory]
    [InlineData("class C { void M() => Task.Run(Work); void Work() => SynchronizationContext.[|Current|]!.Post(_ => { }, null); }")]
    [InlineData("class C { Timer t = new Timer(_ => SynchronizationContext.[|Current|]!.Post(_ => { }, null)); }")]
    [InlineData("class C { void M() { Task.Run(async () => { await Task.Yield(); SynchronizationContext.[|Current|]!.Send(_ => { }, null); }); } }")]
    [InlineData("static class P { static void Main() => SynchronizationContext.[|Current|]!.Post(_ => { }, null); }")]
    [InlineData("static class P { static void Main() { Task.Run(() => SynchronizationContext.[|Current|]!.Post(_ => { }, null)); } }")]
    public Task Where_no_loop_is_in_sight_there_is_no_fix(string code) => OffersNoFix(code);

    [Fact]
    public async Task The_title_says_what_is_done() => Assert.Equal(
        ["Capture 'TaskScheduler.FromCurrentSynchronizationContext' before the hand-over"],
        await Titles("class C { void M() { Task.Run(() => TaskScheduler.FromCurrentSynchronizationContext()); } }"));
}
