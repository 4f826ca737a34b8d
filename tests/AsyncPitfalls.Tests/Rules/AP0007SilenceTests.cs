using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks are observed, or dropped on purpose.</summary>
public sealed class AP0007SilenceTests() : RuleTest(new AP0007UnobservedTaskAnalyzer())
{
    private const string Work =
        """

        === Test/Work.cs
        class Work
        {
            public static async Task FAsync() => await Task.Delay(1);
            public static async Task<int> GAsync(int n = 0) { await Task.Delay(n); return n; }
        }
        """;

    [Fact]
    public Task Observed_tasks_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            Task field = Task.CompletedTask;
            readonly List<Task> tasks = new();
            Task Property { get; set; } = FAsync();

            async Task<int> M(Task? given, bool b)
            {
                await FAsync();
                FAsync().Wait();
                field = FAsync();
                Property = FAsync();
                field ??= FAsync();
                tasks.Add(FAsync());
                var t = FAsync();
                var all = new List<Task> { t };
                await Task.WhenAll(all);
                var polled = FAsync();
                while (!polled.IsCompleted) Thread.Sleep(1);
                var status = FAsync();
                Console.WriteLine(status.Status);
                var passed = FAsync();
                Use(passed);
                var captured = FAsync();
                Action a = () => captured.Wait();
                Task? maybe = b ? FAsync() : null;
                if (maybe != null) await maybe;
                var (x, y) = (FAsync(), GAsync());
                await Task.WhenAll(x, y);
                FAsync().GetAwaiter().OnCompleted(() => { });
                if ((given = FAsync()) != null) await given;
                var list = new[] { 1 }.Select(GAsync).ToList();
                return (await Task.WhenAll(list)).Sum();
            }

            Task N() => FAsync();
            static void Use(Task t) => t.Wait();
        }
        """ + Work);

    [Fact]
    public Task Discards_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            void M(Stream? s)
            {
                _ = FAsync();
                _ = s?.FlushAsync();
                _ = FAsync().ConfigureAwait(false);
                (_, var n) = (FAsync(), 1);
                _ = new[] { 1 }.Select(GAsync).ToList();
            }

            void N()
            {
                var _ = FAsync();
            }
        }
        """ + Work);

    [Fact]
    public Task Tasks_that_somebody_keeps_are_silent() => Silent(
        """
        using System.Collections.Concurrent;

        class C
        {
            Task? task;
            readonly Queue<Task> queue = new();
            readonly ConcurrentDictionary<int, Task> running = new();

            void M(TaskCompletionSource source, Dictionary<int, Task> map)
            {
                queue.Dequeue();
                Interlocked.Exchange(ref task, Work.FAsync());
                running.GetOrAdd(1, _ => Work.FAsync());
                LazyInitializer.EnsureInitialized(ref task, () => Work.FAsync());
                if (map.GetValueOrDefault(1) == null || Volatile.Read(ref task) is null) return;
                var current = source.Task;
                source.Task.ContinueWith(_ => Console.WriteLine());
            }
        }
        """ + Work);

    [Fact]
    public Task Completed_tasks_are_silent() => Silent(
        """
        class C
        {
            void M()
            {
                Task.FromResult(1);
                Console.Out.WriteLineAsync("x");
            }
        }
        """);

    [Fact]
    public Task A_continuation_that_looks_at_the_fault_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            void M()
            {
                FAsync().ContinueWith(t => Console.WriteLine(t.Exception));
                FAsync().ContinueWith(t => { if (t.IsFaulted) Console.WriteLine(); });
                FAsync().ContinueWith(t => Console.WriteLine(), TaskContinuationOptions.OnlyOnFaulted);
                FAsync().ContinueWith((t, s) => Console.WriteLine(), null, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                FAsync().ContinueWith(delegate(Task t) { t.Exception?.Handle(e => true); });
                FAsync().ContinueWith(Log);
                FAsync().ContinueWith(Observe);
                FAsync().ContinueWith(t => Log(t));
                GAsync().ContinueWith(t => { try { Console.WriteLine(t.Result); } catch (Exception e) { Console.WriteLine(e); } });
                GAsync().ContinueWith(t => t.Result + 1).ContinueWith(t => Console.WriteLine(t.Exception));
                GAsync().ContinueWith(t => Console.WriteLine(t.Status)).ConfigureAwait(false);
            }

            static void Log(Task t) => Console.WriteLine(t.Exception);
            static readonly Action<Task> Observe = t => _ = t.Exception;
        }
        """ + Work);

    [Fact]
    public Task A_continuation_that_does_not_look_at_the_fault_is_found() => Reports(
        """
        using static Work;

        class C
        {
            void M()
            {
                [|FAsync().ContinueWith(t => Console.WriteLine("done"))|];
                [|FAsync().ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnRanToCompletion)|];
                [|GAsync().ContinueWith(t => Console.WriteLine(t.Result))|];
                [|FAsync().ContinueWith(delegate { Console.WriteLine(); })|];
                [|FAsync().ContinueWith(Done)|];
                var unread = [|FAsync().ContinueWith(_ => { })|];
            }

            static void Done(Task t) => Console.WriteLine(t.Id);
        }
        """ + Work);

    [Fact]
    public Task Delegates_that_catch_everything_are_silent() => Silent(
        """
        class C
        {
            void M()
            {
                Task.Run(() => { try { Work(); } catch (Exception e) { Console.WriteLine(e); } });
                Task.Run(async () => { try { await Task.Delay(1); } catch { } });
                Task.Run(Safe);
                Task.Run(() => Safe());
                Task.Run(async () => await SafeAsync().ConfigureAwait(false));
                Task.Run(SafeAsync);
                Task.Factory.StartNew(() => { while (true) { try { Work(); } catch (Exception) { } } }, TaskCreationOptions.LongRunning);
            }

            void Work() => Console.WriteLine();
            void Safe() { try { Work(); } catch (Exception e) { Console.WriteLine(e); } }
            async Task SafeAsync() { try { await Task.Delay(1); } catch (Exception e) { Console.WriteLine(e); } }
        }
        """);

    [Fact]
    public Task Delegates_that_let_something_out_are_found() => Reports(
        """
        class C
        {
            void M()
            {
                [|Task.Run(() => { try { Work(); } catch (IOException e) { Console.WriteLine(e); } })|];
                [|Task.Run(() => { try { Work(); } catch (Exception e) { Console.WriteLine(e); throw; } })|];
                [|Task.Run(() => Work())|];
                [|Task.Run(Work)|];
            }

            void Work() => Console.WriteLine();
        }
        """);

    [Fact]
    public Task Mocks_are_silent() => Silent(
        """
        using System.Linq.Expressions;
        using FakeItEasy;
        using Moq;
        using NSubstitute;
        using NSubstitute.ReceivedExtensions;

        class C
        {
            void M(IStore store, Mock<IStore> mock)
            {
                store.Received().SaveAsync();
                store.Received(2).SaveAsync();
                store.DidNotReceive().SaveAsync();
                store.Received(Quantity.Some()).SaveAsync();
                store.Received().Inner.SaveAsync();
                var expected = store.Received();
                expected.SaveAsync();
                store.When(s => { s.SaveAsync(); });
                Received.InOrder(() => { store.SaveAsync(); store.LoadAsync(); });
                mock.Setup(s => s.SaveAsync());
                mock.Verify(s => s.LoadAsync());
                A.CallTo(() => store.SaveAsync());
            }
        }

        interface IStore { Task SaveAsync(); Task<int> LoadAsync(); IStore Inner { get; } }

        namespace NSubstitute
        {
            static class SubstituteExtensions
            {
                public static T Received<T>(this T t, int n = 1) => t;
                public static T DidNotReceive<T>(this T t) => t;
                public static void When<T>(this T t, Action<T> a) { }
            }

            static class Received { public static void InOrder(Action a) { } }
        }

        namespace NSubstitute.ReceivedExtensions
        {
            class Quantity { public static Quantity Some() => new(); }
            static class ReceivedExtensions { public static T Received<T>(this T t, Quantity n) => t; }
        }

        namespace Moq
        {
            class Mock<T>
            {
                public void Setup<R>(Expression<Func<T, R>> e) { }
                public void Verify<R>(Expression<Func<T, R>> e) { }
            }
        }

        namespace FakeItEasy { static class A { public static void CallTo<T>(Expression<Func<T>> e) { } } }
        """);

    [Fact]
    public Task Begun_work_of_a_dispatcher_is_silent() => Silent(
        """
        using System.Windows.Threading;
        class C
        {
            void M(Dispatcher dispatcher)
            {
                dispatcher.BeginInvoke(new Action(() => { }));
                dispatcher.BeginInvoke((Action)(() => { }), DispatcherPriority.Background);
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Invoked_work_of_a_dispatcher_is_found() => Reports(
        """
        using System.Windows.Threading;
        class C
        {
            void M(Dispatcher dispatcher)
            {
                [|dispatcher.InvokeAsync(() => { })|];
                [|Dispatcher.Yield()|];
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Extensions_that_take_the_task_are_silent() => Silent(
        """
        using static Work;

        class C
        {
            void M(C? actor)
            {
                GAsync().PipeTo(this);
                FAsync().FireAndForget();
                FAsync().FireAndForget().ConfigureAwait(false);
                Extensions.FireAndForget(FAsync());
                FAsync().Then(() => { }).Then(() => { });
                new ValueTask(FAsync()).Forget();
            }
        }

        static class Extensions
        {
            public static Task PipeTo<T>(this Task<T> task, C to) => task;
            public static Task FireAndForget(this Task task) => task;
            public static Task Then(this Task task, Action a) => task;
            public static ValueTask Forget(this ValueTask task) => task;
        }
        """ + Work);

    [NeedsCSharpFact(14)]
    public Task Members_of_an_extension_block_that_take_the_task_are_silent() => Silent(
        """
        class C { void M() => Work.FAsync().FireAndForget(); }
        static class Extensions { extension(Task task) { public Task FireAndForget() => task; } }
        """ + Work);

    [Fact]
    public Task Arguments_that_say_so_are_silent() => Silent(
        """
        [Flags] enum CommandFlags { None = 0, DemandMaster = 4, FireAndForget = 2 }

        class Database
        {
            public Task SetAsync(string key, CommandFlags flags = CommandFlags.None) => Task.Delay(1);
            public Task PingAsync(CommandFlags flags = CommandFlags.FireAndForget) => Task.Delay(1);
        }

        class C
        {
            const CommandFlags Constant = CommandFlags.FireAndForget | CommandFlags.DemandMaster;
            static readonly CommandFlags Field = CommandFlags.FireAndForget;

            void M(Database db, bool b, CommandFlags given)
            {
                db.SetAsync("a", CommandFlags.FireAndForget);
                db.SetAsync("a", flags: CommandFlags.DemandMaster | CommandFlags.FireAndForget);
                db.SetAsync("a", Constant);
                db.SetAsync("a", Field);
                var flags = CommandFlags.FireAndForget;
                db.SetAsync("a", flags);
                db.SetAsync("a", flags | CommandFlags.DemandMaster);
                db.SetAsync("a", b ? CommandFlags.FireAndForget : CommandFlags.None);
                db.SetAsync("a", given);
                db.PingAsync();
            }
        }
        """);

    [Fact]
    public Task Other_arguments_do_not_say_so() => Reports(
        """
        [Flags] enum CommandFlags { None = 0, DemandMaster = 4, FireAndForget = 2 }

        class Database
        {
            public Task SetAsync(string key, CommandFlags flags = CommandFlags.None) => Task.Delay(1);
        }

        class C
        {
            void M(Database db)
            {
                [|db.SetAsync("a")|];
                [|db.SetAsync("a", CommandFlags.DemandMaster)|];
                var flags = CommandFlags.DemandMaster;
                [|db.SetAsync("a", flags)|];
                flags = flags | CommandFlags.DemandMaster;
                [|db.SetAsync("a", flags)|];
                CommandFlags swapped = flags, held = swapped;
                swapped = held;
                [|db.SetAsync("a", swapped)|];
                [|Task.Run(() => db.SetAsync("a", CommandFlags.FireAndForget))|];
            }
        }
        """);

    [Fact]
    public Task Fluent_builders_are_silent() => Silent(
        """
        using System.Runtime.CompilerServices;

        class Request
        {
            public Request With(int n) => this;
            public Request Self() { With(1); return this; }
            public TaskAwaiter<int> GetAwaiter() => Task.FromResult(1).GetAwaiter();
        }

        static class Extensions { public static Request WithHeader(this Request request) => request; }

        class C
        {
            async Task<int> M(Request given)
            {
                given.With(1).With(2);
                given.WithHeader();
                var request = new Request();
                request.With(1);
                request?.With(2);
                return await request;
            }
        }
        """);

    [Fact]
    public Task Unexecuted_code_is_silent() => Silent(
        """
        using System.Linq.Expressions;
        class C
        {
            static string Name = nameof(Work.FAsync);
            Expression<Func<Task>> tree = () => Work.FAsync();
            Expression<Func<bool>> test = () => Work.GAsync(0) == null;
        }
        """ + Work);

    [Fact]
    public Task Lambdas_whose_conversion_is_wrong_are_silent() => Silent(
        """
        class C
        {
            event EventHandler? Changed;
            void M(List<int> xs)
            {
                Action a = () => Work.FAsync();
                xs.ForEach(x => Work.GAsync(x));
                Changed += (s, e) => Work.FAsync();
            }
        }
        """ + Work);

    [Fact]
    public Task Before_the_wait_for_the_shutdown_all_is_free_to_run() => Silent(
        """
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.Create(args);
        Work.FAsync();
        var warm = Work.FAsync();
        app.MapGet("/", () => "x").WithName("n");
        app.Run();
        """ + Work, Setup.AspNet);

    [Fact]
    public Task Look_alikes_are_silent() => Silent(
        """
        using System.Diagnostics;
        using System.Runtime.CompilerServices;

        class Task2 { public void GetAwaiter() { } public static Task2 Run() => new(); }

        static class Extensions { public static TaskAwaiter GetAwaiter(this Process p) => default; }

        class C
        {
            void M()
            {
                Task2.Run();
                Process.Start("x");
                "x".ToString();
                new C();
                dynamic d = this;
                d.FAsync();
            }
        }
        """);
}
