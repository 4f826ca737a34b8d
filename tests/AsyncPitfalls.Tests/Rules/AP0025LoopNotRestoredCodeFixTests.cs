using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How loops are taken away again.</summary>
public sealed class AP0025LoopNotRestoredCodeFixTests() : RuleTest(new AP0025LoopNotRestoredAnalyzer(), new AP0025LoopNotRestoredCodeFix())
{
    private const string Background = "AP0025_Background";

    [Fact]
    public Task The_previous_context_is_saved_and_restored() => Fixes(
        """
        using static System.Threading.SynchronizationContext;

        class C
        {
            int Forgotten(Func<int> work)
            {
                Console.WriteLine();

                // own
                [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|]; // set

                // work
                var n = work();
                return n; // done
            }

            void NotWhereItFails(Action work)
            {
                var previous = SynchronizationContext.Current;
                [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|];
                work();
                SynchronizationContext.SetSynchronizationContext(previous); // back
                Console.WriteLine();
            }

            void Twice(Action work)
            {
                [|SetSynchronizationContext(new SynchronizationContext())|];
                work();
                [|SetSynchronizationContext(new SynchronizationContext())|];
                work();
            }

            Action Lambda(Action work) => () =>
            {
                [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|];
                work();
            };
        }
        """,
        """
        using static System.Threading.SynchronizationContext;

        class C
        {
            int Forgotten(Func<int> work)
            {
                Console.WriteLine();

                var previous = SynchronizationContext.Current;
                // own
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext()); // set
                try
                {
                    // work
                    var n = work();
                    return n; // done
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }

            void NotWhereItFails(Action work)
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                try
                {
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous); // back
                }
                Console.WriteLine();
            }

            void Twice(Action work)
            {
                var previous = Current;
                SetSynchronizationContext(new SynchronizationContext());
                try
                {
                    work();
                    SetSynchronizationContext(new SynchronizationContext());
                    work();
                }
                finally
                {
                    SetSynchronizationContext(previous);
                }
            }

            Action Lambda(Action work) => () =>
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                try
                {
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            };
        }
        """);

    [Theory]
    [InlineData("void M() => [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|];")]
    [InlineData("void M() { Console.WriteLine(); [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|]; }")]
    [InlineData("void M(bool b) { if (b) { [|SynchronizationContext.SetSynchronizationContext(new SynchronizationContext())|]; Console.WriteLine(); } Console.WriteLine(); }")]
    public Task Where_nothing_follows_that_is_meant_there_is_no_fix(string member) => OffersNoFix($"class C {{ {member} }}");

    [Fact]
    public Task A_dispatchers_thread_becomes_a_background_thread() => Fixes(
        """
        using System.Threading;
        using System.Windows.Threading;

        class C
        {
            void M()
            {
                [|new Thread|](Dispatcher.Run).Start();
                var thread = [|new Thread|](Run); // kept
                thread.Start();
                var named = [|new Thread|](Run) { Name = "a" };
                named.Start();
                var lines = [|new Thread|](Run)
                {
                    Name = "b", // b
                    CurrentCulture = null // c
                };
                lines.Start();
                var foreground = [|new Thread|](Run) { IsBackground = false };
                foreground.Start();
                Thread later = [|new|](Run);
                later.IsBackground = false;
                later.Start();
            }

            static void Run() { Thread.Sleep(1); Dispatcher.Run(); }
        }
        """,
        """
        using System.Threading;
        using System.Windows.Threading;

        class C
        {
            void M()
            {
                new Thread(Dispatcher.Run) { IsBackground = true }.Start();
                var thread = new Thread(Run) { IsBackground = true }; // kept
                thread.Start();
                var named = new Thread(Run) { Name = "a", IsBackground = true };
                named.Start();
                var lines = new Thread(Run)
                {
                    Name = "b", // b
                    CurrentCulture = null, // c
                    IsBackground = true
                };
                lines.Start();
                var foreground = new Thread(Run) { IsBackground = true };
                foreground.Start();
                Thread later = new(Run);
                later.IsBackground = true;
                later.Start();
            }

            static void Run() { Thread.Sleep(1); Dispatcher.Run(); }
        }
        """, Background, Setup.Desktop);

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(
            ["Restore the previous context in a 'finally'"],
            await Titles("class C { void M() { SynchronizationContext.SetSynchronizationContext(new SynchronizationContext()); Console.WriteLine(); } }"));
        Assert.Equal(
            ["Make it a background thread"],
            await Titles("using System.Threading; using System.Windows.Threading; class C { void M() => new Thread(Dispatcher.Run).Start(); }", Setup.Desktop));
    }
}
