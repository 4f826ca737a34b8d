using System.Globalization;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which loops stay where they have been installed.</summary>
public sealed class AP0025LoopNotRestoredTests() : RuleTest(new AP0025LoopNotRestoredAnalyzer(), new AP0025LoopNotRestoredCodeFix())
{
    private const string Own =
        """

        sealed class Own : SynchronizationContext { public Own(SynchronizationContext? inner = null) { } }
        """;

    [Fact]
    public Task A_context_that_stays_is_found() => Reports(
        """
        using static System.Threading.SynchronizationContext;

        class C
        {
            int ready;

            void Forgotten(Action work)
            {
                [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                work();
            }

            void Installed(SynchronizationContext given) => [|SetSynchronizationContext(given)|];

            void NotWhereItFails(Action work)
            {
                var previous = SynchronizationContext.Current;
                [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                work();
                SynchronizationContext.SetSynchronizationContext(previous);
            }

            void NotOnThisPath(Func<bool> work)
            {
                var previous = SynchronizationContext.Current;
                [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                if (work())
                    return;
                SynchronizationContext.SetSynchronizationContext(previous);
            }

            void OnlyCaught(Action work)
            {
                var previous = SynchronizationContext.Current;
                [|SynchronizationContext.SetSynchronizationContext(new Own(SynchronizationContext.Current))|];
                try
                {
                    work();
                }
                catch (InvalidOperationException)
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }

            void Between(Action work)
            {
                var previous = SynchronizationContext.Current;
                [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                work();
                try
                {
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }

            async Task Async(Func<Task> work)
            {
                [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                await work();
            }

            int Property
            {
                get
                {
                    [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                    return ready;
                }
            }

            void OnThePool(Action work)
            {
                Task.Run(() =>
                {
                    [|SynchronizationContext.SetSynchronizationContext(new Own())|];
                    work();
                });
                Local();

                void Local() => [|SynchronizationContext.SetSynchronizationContext(new Own())|];
            }

            void Good(Action work)
            {
                var previous = SynchronizationContext.Current;
                try
                {
                    SynchronizationContext.SetSynchronizationContext(new Own());
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }
        }
        """ + Own);

    [Fact]
    public Task A_context_that_is_restored_is_silent() => Silent(
        """
        class C
        {
            private SynchronizationContext? saved;

            void Before(Action work)
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
                try
                {
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }

            async Task<int> Inside(Func<Task<int>> work)
            {
                SynchronizationContext? previous;
                previous = SynchronizationContext.Current;
                try
                {
                    SynchronizationContext.SetSynchronizationContext(new Own());
                    return await work();
                }
                catch (InvalidOperationException)
                {
                    return 0;
                }
                finally
                {
                    if (work != null)
                        Console.WriteLine();
                    SynchronizationContext.SetSynchronizationContext(previous);
                }
            }

            void ToNone(Action work)
            {
                SynchronizationContext.SetSynchronizationContext(new Own());
                try
                {
                    work();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            }

            void WithoutOne() => SynchronizationContext.SetSynchronizationContext(null);

            void Helped(Action work)
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
                try { work(); }
                finally { Restore(previous); }
            }

            static void Restore(SynchronizationContext? context) => SynchronizationContext.SetSynchronizationContext(context);

            void Enter()
            {
                saved = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
            }

            void Exit() => SynchronizationContext.SetSynchronizationContext(saved);

            IDisposable Returned()
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
                return new Restorer(previous);
            }

            Action Closure()
            {
                var previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
                return () => SynchronizationContext.SetSynchronizationContext(previous);
            }
        }

        sealed class Restorer : IDisposable
        {
            private readonly SynchronizationContext? previous;
            public Restorer(SynchronizationContext? previous) => this.previous = previous;
            public void Dispose() => SynchronizationContext.SetSynchronizationContext(previous);
        }

        readonly struct Scope : IDisposable
        {
            private readonly SynchronizationContext? previous;

            public Scope(SynchronizationContext context)
            {
                previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(context);
            }

            void IDisposable.Dispose() => SynchronizationContext.SetSynchronizationContext(previous);
        }
        """ + Own);

    [Fact]
    public Task A_thread_that_nobody_else_uses_is_silent() => Silent(
        """
        class C
        {
            void M(Action work)
            {
                new Thread(() => { SynchronizationContext.SetSynchronizationContext(new Own()); work(); }).Start();
                new Thread(Run) { IsBackground = true }.Start();
                Task.Factory.StartNew(Run, TaskCreationOptions.LongRunning);
            }

            void Run()
            {
                Install();
                SynchronizationContext.SetSynchronizationContext(new Own());
                Console.WriteLine();
            }

            private static void Install() => SynchronizationContext.SetSynchronizationContext(new Own());
        }

        static class Program
        {
            static void Main()
            {
                SynchronizationContext.SetSynchronizationContext(new Own());
                Console.WriteLine();
            }
        }
        """ + Own);

    [Fact]
    public Task Tests_that_tear_down_are_silent() => Silent(
        """
        using NUnit.Framework;

        public class Restored
        {
            private SynchronizationContext? previous;

            [SetUp]
            public void SetUp()
            {
                previous = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(new Own());
            }

            [TearDown]
            public void TearDown() => SynchronizationContext.SetSynchronizationContext(previous);
        }

        public class Cleared
        {
            [SetUp]
            public void SetUp() => SynchronizationContext.SetSynchronizationContext(new Own());

            [TearDown]
            public void TearDown() => SynchronizationContext.SetSynchronizationContext(null);
        }

        public sealed class Constructed : IDisposable
        {
            public Constructed() => SynchronizationContext.SetSynchronizationContext(new Own());
            public void Dispose() => SynchronizationContext.SetSynchronizationContext(null);
        }
        """ + Own + NUnit);

    [Fact]
    public Task A_test_set_up_without_tear_down_is_found() => Reports(
        """
        using NUnit.Framework;

        public class Left
        {
            [SetUp]
            public void SetUp() => [|SynchronizationContext.SetSynchronizationContext(new Own())|];
        }
        """ + Own + NUnit);

    private const string NUnit =
        """

        === Test/NUnit.cs
        namespace NUnit.Framework
        {
            public class SetUpAttribute : Attribute { }
            public class TearDownAttribute : Attribute { }
        }
        """;

    [Fact]
    public Task A_dispatchers_thread_that_never_ends_is_found() => Reports(
        """
        using System.Threading;
        using System.Windows.Threading;

        class C
        {
            Thread field;

            void M()
            {
                [|new Thread|](() => { Prepare(); Dispatcher.Run(); }).Start();
                [|new Thread|](Dispatcher.Run).Start();
                var thread = [|new Thread|](Run);
                thread.SetApartmentState(ApartmentState.STA);
                thread.Start();
                var foreground = [|new Thread|](Run) { IsBackground = false, Name = "x" };
                foreground.Start();
                field = [|new Thread|](new ThreadStart(Run));
                field.Start();
            }

            static void Prepare() { }
            static void Run() { Prepare(); Dispatcher.Run(); }
        }
        """, Setup.Desktop);

    [Fact]
    public Task A_dispatchers_thread_that_ends_is_silent() => Silent(
        """
        using System.Threading;
        using System.Windows.Threading;

        class Background
        {
            Thread field;

            void M()
            {
                new Thread(Dispatcher.Run) { IsBackground = true }.Start();
                var thread = new Thread(() => Dispatcher.Run());
                thread.IsBackground = true;
                thread.Start();
                field = new Thread(() => Dispatcher.Run());
                Start();
                new Thread(() => { }).Start();
                Prepare(new Thread(() => Dispatcher.Run()));
                var kept = new Thread(() => Dispatcher.Run());
                Prepare(kept);
            }

            void Start() { field.IsBackground = true; field.Start(); }
            static void Prepare(Thread thread) => thread.IsBackground = true;
        }

        class ItsOwn
        {
            void M() => new Thread(() => { Thread.CurrentThread.IsBackground = true; Dispatcher.Run(); }).Start();
        }

        class ShutDown
        {
            Dispatcher dispatcher;
            void Start() => new Thread(() => { dispatcher = Dispatcher.CurrentDispatcher; Dispatcher.Run(); }).Start();
            void Stop() => dispatcher.InvokeShutdown();
        }

        class Exposed
        {
            public Dispatcher Dispatcher { get; private set; }
            public void Start() => new Thread(() => { Dispatcher = Dispatcher.CurrentDispatcher; Dispatcher.Run(); }).Start();
        }

        class User
        {
            void Stop(Exposed exposed) => exposed.Dispatcher.BeginInvokeShutdown(DispatcherPriority.Normal);
        }
        """, Setup.Desktop);

    [Fact]
    public Task Alikes_and_half_typed_code_are_silent() => Silent(
        """
        class Alike { public static void SetSynchronizationContext(object context) { } }

        class C
        {
            void M()
            {
                Alike.SetSynchronizationContext(this);
                SynchronizationContext.{|CS7036:SetSynchronizationContext|}();
                Console.WriteLine(nameof(SynchronizationContext.SetSynchronizationContext));
            }
        }
        """);

    [Fact]
    public async Task Messages_say_what_stays()
    {
        var found = await Findings(
            """
            using System.Threading;
            using System.Windows.Threading;

            class C
            {
                void M() => SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                void N() => new Thread(Dispatcher.Run).Start();
            }
            """, Setup.Desktop);
        Assert.Equal(
            [
                "'SetSynchronizationContext' changes the thread, not only this function, and some path leaves it so: whatever the thread runs next posts to this context; restore the previous one in a 'finally'",
                "This thread runs a dispatcher that nobody shuts down, and keeps the process alive when everything else has ended; make it a background thread, or shut its dispatcher down",
            ],
            found.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture)));
        Assert.All(found, finding => Assert.Equal(DiagnosticSeverity.Info, finding.Severity));
    }
}
