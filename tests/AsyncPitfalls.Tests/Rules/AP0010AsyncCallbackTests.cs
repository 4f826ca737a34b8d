using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which asynchronous functions are found where a synchronous callback is expected, in which forms.</summary>
public sealed class AP0010AsyncCallbackTests() : RuleTest(new AP0010AsyncCallbackAnalyzer())
{
    [Fact]
    public Task Async_lambdas_for_members_of_the_framework_are_found() => Reports(
        """
        using System.Threading;
        class C
        {
            static Task F(object? x = null) => Task.Delay(1);

            void M(List<int> list, int[] array, CancellationToken token, SynchronizationContext context, ParallelQuery<int> query)
            {
                list.ForEach([|async x =>|] await F(x));
                Array.ForEach(array, [|async x =>|] await F(x));
                Parallel.For(0, 3, [|async i =>|] await F(i));
                Parallel.ForEach(list, [|async x =>|] await F(x));
                Parallel.ForEach(list, [|async (x, state) =>|] await F(x));
                Parallel.Invoke([|async () =>|] await F(), [|async () =>|] { await F(); });
                query.ForAll([|async x =>|] await F(x));
                token.Register([|async () =>|] await F());
                token.Register([|async state =>|] await F(state), null);
                context.Post([|async _ =>|] await F(), null);
                context.Send([|async state =>|] await F(state), null);
                new Thread([|async () =>|] await F()).Start();
                new Thread([|async state =>|] await F(state)).Start(1);
                using var timer = new Timer([|async _ =>|] await F(), null, 0, 100);
                ThreadPool.QueueUserWorkItem([|async _ =>|] await F());
                ThreadPool.QueueUserWorkItem([|async n =>|] await F(n), 1, preferLocal: false);
            }
        }
        """);

    [Fact]
    public Task Every_place_that_a_delegate_can_go_to_is_found() => Reports(
        """
        delegate void Done(int code);
        class Socket
        {
            public Action<string>? OnMessage;
            public Action<string>? OnError { get; set; }
            public event Action<string>? Received;
            public void Raise() => Received?.Invoke("");
        }

        class C
        {
            static Task F(object? x = null) => Task.Delay(1);
            Action field = [|async () =>|] await F();
            Action Property { get; } = [|async () =>|] await F();
            Action Returned() => [|async () =>|] await F();
            Action Getter => [|async () =>|] await F();
            Action this[int i] { get { return [|async () =>|] await F(i); } }
            static void Out(out Action a) => a = [|async () =>|] await F();
            static void Ref(ref Action a) { a = [|async () =>|] await F(); }
            public C(Action a) { }
            public C() : this([|async () =>|] await F()) { }
            IEnumerable<Action> Yielded() { yield return [|async () =>|] await F(); }

            void M(Socket socket, bool b, int n, Action? other)
            {
                socket.OnMessage = [|async s =>|] await F(s);
                socket.OnMessage += [|async s =>|] await F(s);
                socket.OnError = [|async s =>|] await F(s);
                socket.Received += [|async s =>|] await F(s);
                _ = new Socket { OnMessage = [|async s =>|] await F(s), OnError = [|s =>|] F(s) };
                Action a = b ? [|async () =>|] await F() : [|() =>|] F();
                a = other ?? ([|async () =>|] await F());
                a = n switch { 0 => [|async () =>|] await F(), _ => () => { } };
                other ??= [|async () =>|] await F();
                var cast = (Action)([|async () =>|] await F());
                var created = new Action([|async () =>|] await F());
                Done done = [|async code =>|] await F(code);
                Action[] array = { [|async () =>|] await F(), () => { } };
                var list = new List<Action> { [|async () =>|] await F() };
                var map = new Dictionary<string, Action> { ["a"] = [|async () =>|] await F() };
                (Action, int) tuple = ([|async () =>|] await F(), 1);
                void Local(Action x) => x();
                Local([|async () =>|] await F());
                Generic<int>([|async x =>|] await F(x));
                other!.Invoke();
                ((Action)([|async () =>|] await F()))();
            }

            static void Generic<T>(Action<T> a) { }
        }
        """);

    [Fact]
    public Task Every_form_of_an_async_function_is_found() => Reports(
        """
        class MyAttribute : Attribute { }
        class C
        {
            static Task F(object? x = null) => Task.Delay(1);

            void M(Action<int> take, Action<int, int> two)
            {
                Action<int> a = [|async delegate (int x)|] { await F(x); };
                a = [|async delegate|] { await F(); };
                a = [|static async x =>|] await F(x);
                a = [|async static (x) =>|] { await F(x); };
                a = [|async (int x) =>|] { await F(x); };
                a = [|[My] async (x) =>|] { await F(x); };
                a = [|async void (int x) =>|] { await F(x); };
                a = [|async x =>|] { await foreach (var y in Stream()) { } };
                a = [|async x =>|] { await using var y = new Resource(); };
                two = [|async (_, _) =>|] await F();
                a = [|async x =>|] { if (x > 1) return; await F(x); };
                a = [|async x =>|] _ = await Task.FromResult(await G());
                a = [|/* why */ async x =>|] await F(x);
            }

            static Task<int> G() => Task.Run(() => 1);
            static async IAsyncEnumerable<int> Stream() { await F(); yield return 1; }
            sealed class Resource : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
        }
        """.Replace("[|/* why */ async x =>|]", "/* why */ [|async x =>|]"));

    [NeedsCSharpFact(12)]
    public Task Default_parameters_and_natural_types_are_found() => Reports(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);

            void M()
            {
                var a = [|async void (int x) =>|] await F(x);
                var b = [|async void (int x = 3) =>|] await F(x);
            }
        }
        """);

    [Fact]
    public Task Lambdas_whose_body_is_an_awaitable_are_found() => Reports(
        """
        class C
        {
            C? next;
            Task F(object? x = null) => Task.Delay(1);
            ValueTask V() => new(F());
            Task<int> G() => Task.Run(() => 1);

            void M(List<int> list, C? c, CancellationToken token)
            {
                Action a = [|() =>|] F();
                a = [|() =>|] V();
                a = [|() =>|] G();
                a = [|() =>|] F().ConfigureAwait(false);
                a = [|() =>|] c?.F();
                a = [|() =>|] c?.next?.F().ConfigureAwait(false);
                a = [|() =>|] c!.F();
                a = [|static () =>|] Task.Delay(1);
                a = [|() =>|] Task.WhenAll(F(), F());
                a = [|void () =>|] F();
                list.ForEach([|x =>|] F(x));
                list.ForEach([|(x) =>|] F(x));
                token.Register([|() =>|] F());
                new Thread([|() =>|] F()).Start();
                Parallel.Invoke([|() =>|] F(), () => { });
            }
        }
        """);

    [Fact]
    public Task Awaitables_of_a_library_count() => Reports(
        """
        using System.Runtime.CompilerServices;
        struct Own { public TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
        struct Extended { }
        static class Extensions { public static TaskAwaiter GetAwaiter(this Extended e) => Task.CompletedTask.GetAwaiter(); }
        class C
        {
            static Own Begin() => default;
            static Extended Start() => default;
            Action a = [|() =>|] Begin();
            Action b = [|() =>|] Start();
        }
        """);

    [Fact]
    public Task Async_void_methods_made_delegates_are_found() => Reports(
        """
        using System.Threading;
        partial class C
        {
            static Task F() => Task.Delay(1);
            async void ReconnectLoop() { while (true) await F(); }
            static async void OnTick(object? state) => await F();
            async void Generic<T>(T x) => await F();
            protected internal virtual async void Virtual() => await F();
            partial void Part();
            async partial void Part() => await F();

            void M(List<int> list, C other)
            {
                Task.Run([|ReconnectLoop|]);
                Task.Run([|this.ReconnectLoop|]);
                Task.Run([|other.ReconnectLoop|]);
                new Thread([|ReconnectLoop|]).Start();
                _ = new Timer([|OnTick|], null, 0, 1);
                _ = new Timer([|C.OnTick|]);
                list.ForEach([|Generic|]);
                list.ForEach([|Generic<int>|]);
                Action a = [|Virtual|];
                a = (Action)[|Virtual|];
                a = new Action([|Virtual|]);
                a += [|Part|];
                a = [|Local|];
                async void Local() => await F();
            }
        }
        """);

    [Fact]
    public Task Tasks_that_become_plain_objects_are_found() => Reports(
        """
        class C
        {
            delegate object Maker();
            static Task F() => Task.Delay(1);
            static Task<int> G(int x) => Task.Run(() => x);

            void M(bool b, C? c)
            {
                Func<object?> f = [|() =>|] F();
                f = [|() =>|] b ? F() : G(1);
                f = [|() =>|] c?.Own();
                f = [|F|];
                Func<int, object> g = [|x =>|] G(x);
                g = [|G|];
                Maker maker = [|() =>|] F();
                var lazy = new Lazy<object>([|() =>|] F());
                Delegate d = [|async () =>|] await F();
                d = [|() =>|] F();
                d = [|F|];
                d = (Func<Task>)([|async () =>|] await F());
                d = new Func<Task>([|async () =>|] await F());
                MulticastDelegate m = [|async () =>|] await F();
                object o = [|async () =>|] await F();
                Take([|async () =>|] await F());
                Take([|async (int x) =>|] { await F(); });
            }

            Task Own() => F();
            static object? Take(Delegate d) => d.DynamicInvoke();
        }
        """);

    [Fact]
    public Task Async_lambdas_for_a_plain_delegate_of_a_dispatcher_are_found() => Reports(
        """
        class C
        {
            static Task F() => Task.Delay(1);

            void M(System.Windows.Threading.Dispatcher dispatcher, System.Windows.Forms.Control control)
            {
                dispatcher.BeginInvoke(new Action([|async () =>|] await F()));
                dispatcher.BeginInvoke((Func<Task>)([|async () =>|] await F()));
                control.Invoke((Action)([|async () =>|] await F()));
                control.BeginInvoke((Action)([|() =>|] F()));
                control.BeginInvoke(new MethodInvokerLike([|F2|]));
            }

            delegate void MethodInvokerLike();
            async void F2() => await F();
        }
        """, Setup.Desktop);

    [Fact]
    public Task Delegates_of_tasks_that_are_started_are_found() => Reports(
        """
        class C
        {
            void M()
            {
                var task = new Task([|async () =>|] await Task.Delay(1));
                task.Start();
                task.Wait();
            }
        }
        """);

    [Fact]
    public Task Half_caught_bodies_are_found() => Reports(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            Action a = [|async () =>|] { try { await F(); } finally { } };
            Action b = [|async () =>|] { try { await F(); } catch (InvalidOperationException) { } };
            Action c = [|async () =>|] { try { await F(); } catch (Exception) { throw; } };
            Action d = [|async () =>|] { try { await F(); } catch (Exception e) when (e.Message == "") { } };
            Action e = [|async () =>|] { await F(); try { await F(); } catch { } };
            async void Loop() { await F(); try { await F(); } catch { } }
            void M() => Task.Run([|Loop|]);
        }
        """);

    [Fact]
    public Task Nested_callbacks_are_found_each() => Reports(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            Action a = [|async () =>|]
            {
                await F();
                Action b = [|() =>|] F();
                Func<Task> c = async () =>
                {
                    await F();
                    Action d = [|async () =>|] await F();
                };
            };
        }
        """);

    [Fact]
    public Task Top_level_statements_are_found() => Reports(
        """
        var list = new List<int>();
        list.ForEach([|async x =>|] await Task.Delay(x));
        list.ForEach([|x =>|] Task.Delay(x));
        """);

    [Fact]
    public async Task The_message_names_the_delegate_and_what_is_lost()
    {
        var findings = await Findings(
            """
            class C
            {
                static Task F(object? x = null) => Task.Delay(1);
                static async void V() => await F();
                Action<string> a = async s => await F(s);
                Action b = V;
                Action c = () => F();
                Func<object> d = () => F();
                Delegate e = async () => await F();
            }
            """);
        Assert.Equal(
            [
                "'Action<string>' returns nothing, so whoever calls this async lambda goes on at its first await and never learns how it ends; its exception can end the process: use what takes a task, or catch every exception inside",
                "'Action' returns nothing, so whoever calls 'async void V' through it goes on at the first await and never learns how it ends; its exception can end the process: return a task, and use what takes one",
                "'Action' returns nothing, so the task of 'F' is dropped each time it is called: nobody waits for it, and its exception is lost; use what takes a task, or await it inside and catch every exception",
                "The task of 'F' is handed back as a plain object that nobody awaits, and its exception is lost; use a delegate that returns a task",
                "The task of this async lambda is handed back as a plain object that nobody awaits, and its exception is lost; use a delegate that returns a task",
            ],
            findings.Select(finding => finding.GetMessage()));
    }
}
