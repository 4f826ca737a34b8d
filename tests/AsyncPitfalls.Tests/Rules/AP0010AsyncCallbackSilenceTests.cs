using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where a delegate may hold asynchronous work.</summary>
public sealed class AP0010AsyncCallbackSilenceTests() : RuleTest(new AP0010AsyncCallbackAnalyzer())
{
    [Fact]
    public Task Delegates_that_return_a_task_are_silent() => Silent(
        """
        class C
        {
            static Task F(object? x = null) => Task.Delay(1);
            static async Task Loop() => await F();
            Func<Task> a = async () => await F();
            Func<int, Task> b = x => F(x);
            Func<ValueTask> c = async () => await F();
            Func<Task> d = Loop;

            async Task M(List<int> list)
            {
                await Task.Run(async () => await F());
                await Task.Run(() => F());
                await Task.Run(Loop);
                await Parallel.ForEachAsync(list, async (x, token) => await F(x));
                await Task.WhenAll(list.Select(async x => await F(x)));
                await Task.WhenAll(list.Select(x => F(x)));
                var e = async () => await F();
                var f = Loop;
                await e();
                await f();
            }
        }
        """);

    [Fact]
    public Task Handlers_of_events_are_silent() => Silent(
        """
        class Args : EventArgs { }
        delegate void Handler(object sender, Args args);
        class Source
        {
            public event EventHandler? A;
            public event EventHandler<Args>? B;
            public event Handler? C;
            public event Action<object, EventArgs>? D;
            public event EventHandler<int>? E { add { } remove { } }
            public void Raise() { A?.Invoke(this, EventArgs.Empty); B?.Invoke(this, new()); C?.Invoke(this, new()); D?.Invoke(this, new()); }
        }

        class C
        {
            static Task F() => Task.Delay(1);

            void M(Source source)
            {
                source.A += async (s, e) => await F();
                source.A += async delegate { await F(); };
                source.A += new EventHandler(async (s, e) => await F());
                source.A += (s, e) => F();
                source.B += async (_, _) => { await F(); };
                source.E += async (_, n) => await Task.Delay(n);
                source.C += OnC;
                source.D += async (s, e) => await F();
                source.E += async (s, e) => await F();
                EventHandler handler = async (s, e) => await F();
                source.A += handler;
                Subscribe(async (s, e) => await F());
                source.A += Local;
                async void Local(object? s, EventArgs e) => await F();
            }

            async void OnC(object sender, Args args) => await F();
            void Subscribe(EventHandler handler) { }
        }
        """);

    [Fact]
    public Task Handlers_that_are_taken_away_are_silent() => Silent(
        """
        class C
        {
            event Action? Done;
            Action? field;
            async void OnDone() => await Task.Delay(1);
            void M()
            {
                Done -= OnDone;
                field -= OnDone;
                Done?.Invoke();
            }
        }
        """);

    [Fact]
    public Task Methods_that_are_subscribed_to_any_event_are_silent() => Silent(
        """
        class C
        {
            event Action? Done;
            async void OnDone() => await Task.Delay(1);
            void M()
            {
                Done += OnDone;
                Done += new Action(OnDone);
                Done?.Invoke();
            }
        }
        """);

    [Fact]
    public Task Methods_that_are_added_to_a_member_used_like_an_event_are_silent() => Silent(
        """
        class Source
        {
            public Action? Done;
            public Action<int>? Counted { get; set; }
        }

        class C
        {
            async void OnDone() => await Task.Delay(1);
            async void OnCounted(int n) => await Task.Delay(n);
            void M(Source source)
            {
                source.Done += OnDone;
                source.Counted += OnCounted;
            }
        }
        """);

    [Fact]
    public Task Methods_that_replace_what_such_a_member_holds_are_found() => Reports(
        """
        class Source
        {
            public Action? Done;
        }

        class C
        {
            async void OnDone() => await Task.Delay(1);
            void M(Source source)
            {
                source.Done = [|OnDone|];
                source.Done += [|async () =>|] await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Handlers_of_EventHandler_of_anything_are_silent() => Silent(
        """
        class C
        {
            event EventHandler<string>? Named;
            event EventHandler<int>? Counted;
            void M()
            {
                Named += async (s, name) => await Task.Delay(name.Length);
                Counted += async delegate { await Task.Delay(1); };
                Named?.Invoke(this, "");
                Counted?.Invoke(this, 1);
            }
        }
        """);

    [Fact]
    public Task Handlers_of_a_user_interface_without_EventArgs_are_silent() => Silent(
        """
        namespace Windows.Foundation { public delegate void TypedEventHandler<TSender, TResult>(TSender sender, TResult args); }
        namespace Microsoft.UI.Xaml
        {
            public class RoutedEventArgs { }
            public delegate void RoutedEventHandler(object sender, RoutedEventArgs e);
            public class Window
            {
                public event RoutedEventHandler? Click;
                public event Windows.Foundation.TypedEventHandler<Window, object>? Closed;
                public void Raise() { Click?.Invoke(this, new()); Closed?.Invoke(this, this); }
            }

            class C
            {
                void M(Window window)
                {
                    window.Click += async (s, e) => await Task.Delay(1);
                    window.Closed += async (s, e) => await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Bodies_that_catch_everything_are_silent() => Silent(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            Action a = async () => { try { await F(); } catch (Exception e) { Console.WriteLine(e); } };
            Action<int> b = async x => { try { await F(); } catch { } };
            Action c = async delegate { try { await F(); } catch (OperationCanceledException) { } catch (Exception) { } finally { } };
            Action d = async () => { if (DateTime.Now.Hour > 3) return; try { await F(); } catch { } };
            Action e = async () => { while (true) { try { await F(); } catch (Exception) { } } };
            Delegate f = async () => { try { await F(); } catch { } };
            async void Loop() { try { await F(); } catch (Exception e) { Console.WriteLine(e); } }
            void M()
            {
                Task.Run(Loop);
                Task.Run(Local);
                async void Local() { try { await F(); } catch { } }
            }
        }
        """);

    [Fact]
    public Task Functions_that_never_await_are_silent() => Silent(
        """
        class C
        {
            Action a = async () => Console.WriteLine();
            Action b = async () => { };
            async void Loop() => Console.WriteLine();
            void M() => Task.Run(Loop);
        }
        """);

    [Fact]
    public Task Bodies_that_store_the_task_are_silent() => Silent(
        """
        class C
        {
            Task? task;
            int n;
            static Task F(object? x = null) => Task.Delay(1);

            void M(List<int> list, List<Task> tasks, HashSet<Task> set, TaskCompletionSource source, CancellationToken token)
            {
                Action a = () => task = F();
                a = () => _ = F();
                a = () => task ??= F();
                a = () => tasks.Add(F());
                a = () => set.Add(F());
                a = () => n++;
                a = () => Console.WriteLine(F());
                a = () => throw new InvalidOperationException();
                a = () => F().Wait();
                a = () => F().GetAwaiter().GetResult();
                a = () => new List<Task>();
                list.ForEach(x => tasks.Add(F(x)));
                list.ForEach(x => task = F(x));
                token.Register(() => source.TrySetResult());
            }
        }
        """);

    [Fact]
    public Task Blocks_are_not_the_lambdas_fault() => Silent(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            Action a = () => { F(); };
            Action b = delegate { F(); };
            Action c = () => { Task.Run(async () => await F()); };
        }
        """);

    [Fact]
    public Task Completed_tasks_are_silent() => Silent(
        """
        class C
        {
            Action a = () => Task.FromResult(1);
            Func<object> b = () => Task.CompletedTask;
            Func<object> c = () => Task.FromResult(1);
            Action<string> d = s => Console.Out.WriteLineAsync(s);
        }
        """);

    [Fact]
    public Task Tasks_that_are_meant_to_be_dropped_are_silent() => Silent(
        """
        using System.Linq.Expressions;
        namespace StackExchange.Redis
        {
            [Flags] public enum CommandFlags { None, FireAndForget = 2 }
            public interface IDatabase { Task<bool> StringSetAsync(string key, string value, CommandFlags flags = CommandFlags.None); }
        }

        static class Extensions
        {
            public static Task FireAndForget(this Task task) => task;
            public static void Forget(this Task task) { }
        }

        class C
        {
            static Task F() => Task.Delay(1);

            void M(StackExchange.Redis.IDatabase db)
            {
                Action a = () => F().FireAndForget();
                a = () => F().Forget();
                a = () => F().ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnFaulted);
                a = () => Task.Run(async () => { try { await F(); } catch (Exception e) { Console.WriteLine(e); } });
                a = () => db.StringSetAsync("a", "b", StackExchange.Redis.CommandFlags.FireAndForget);
            }
        }
        """);

    [Fact]
    public Task Expression_trees_and_names_are_silent() => Silent(
        """
        using System.Linq.Expressions;
        class C
        {
            static Task F() => Task.Delay(1);
            static async void V() => await F();
            Expression<Action> a = () => F();
            Expression<Func<object>> b = () => F();
            Expression<Func<Action>> c = () => () => F();
            string d = nameof(V);
            void M() => Verify(x => x.Own());
            static void Verify(Expression<Action<C>> e) { }
            Task Own() => F();
        }
        """);

    [Fact]
    public Task Mocks_that_are_set_up_are_silent() => Silent(
        """
        using System.Linq.Expressions;
        namespace Moq
        {
            public class Mock<T> { public Language.ICallback Setup(Expression<Func<T, Task>> e) => null!; public void Verify(Expression<Action<T>> e) { } }
        }

        namespace Moq.Language { public interface ICallback { void Callback(Action a); } }
        namespace NSubstitute
        {
            public static class SubstituteExtensions { public static Core.WhenCalled<T> When<T>(this T t, Action<T> a) => null!; }
            public static class Received { public static void InOrder(Action a) { } }
        }

        namespace NSubstitute.Core { public class WhenCalled<T> { public void Do(Action<object> a) { } } }

        namespace Tests
        {
            using NSubstitute;
            public interface IService { Task SaveAsync(); }
            class C
            {
                void M(Moq.Mock<IService> mock, IService service)
                {
                    mock.Setup(x => x.SaveAsync()).Callback(async () => await Task.Delay(1));
                    mock.Verify(x => x.SaveAsync());
                    service.When(x => x.SaveAsync()).Do(async _ => await Task.Delay(1));
                    Received.InOrder(() => service.SaveAsync());
                }
            }
        }
        """);

    [Fact]
    public Task A_loop_that_counts_its_operations_is_silent() => Silent(
        """
        using Nito.AsyncEx;
        class C
        {
            static Task F() => Task.Delay(1);
            static async void Start() => await F();
            void M()
            {
                AsyncContext.Run(Start);
                AsyncContext.Run(async () => await F());
                AsyncContext.Run((Action)(async () => await F()));
            }
        }
        """ + Stubs.Nito);

    [Fact]
    public Task Endpoints_of_AspNet_are_silent() => Silent(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        var app = WebApplication.Create(args);
        app.MapGet("/", async () => await Task.Delay(1));
        app.MapGet("/a", async (HttpContext context) => await context.Response.WriteAsync(""));
        app.MapPost("/b", (HttpContext context) => context.Response.WriteAsync(""));
        app.MapMethods("/c", new[] { "PUT" }, F);
        app.MapFallback(async () => await Task.Delay(1));
        app.MapGroup("/g").MapDelete("/", (Delegate)(async () => await Task.Delay(1)));
        app.Run(async context => await context.Response.WriteAsync(""));
        app.Use(async (context, next) => await next(context));
        var made = RequestDelegateFactory.Create(async () => await Task.Delay(1));
        await app.RunAsync();
        static Task F() => Task.Delay(1);
        """, Setup.AspNet);

    [Fact]
    public Task Results_that_are_made_tasks_again_are_silent() => Silent(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            async Task M(System.Windows.Forms.Control control)
            {
                await (Task)control.Invoke((Func<Task>)(async () => await F()));
                await (control.Invoke(new Func<Task>(F)) as Task ?? Task.CompletedTask);
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Objects_that_are_no_task_in_sight_are_silent() => Silent(
        """
        class C
        {
            Task task = Task.Delay(1);
            static Task F() => Task.Delay(1);
            Func<object> a = () => 1;
            Func<dynamic> b = () => F();
            Func<object> c = () => (object)F();
            Func<C, object> d = x => x.task;
            Func<object> e = () => new object();
            static object[] data = { (Func<Task>)(async () => await F()) };
        }
        """);

    [Fact]
    public Task Calls_of_async_void_methods_are_silent() => Silent(
        """
        class C
        {
            static Task F() => Task.Delay(1);
            void M(List<int> list) => list.ForEach(x => { _ = F(); });
            async void Unused() => await F();
            void N() { Unused(); Action a = () => Unused(); }
        }
        """);

    [Fact]
    public Task Delegates_of_tasks_that_are_never_started_are_silent() => Silent(
        """
        class C
        {
            async Task M() => await new Task(async () => await Task.Delay(1));
        }
        """);

    [Fact]
    public Task Generated_code_is_silent() => Silent(
        """
        // <auto-generated/>
        class C
        {
            Action a = async () => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            void M(List<int> list)
            {
                list.ForEach(async x => {|CS0103:G|}(x));
                list.{|CS1061:Each|}(async x => await Task.Delay(x));
                {|CS0246:Missing|} m = async () => await Task.Delay(1);
                Action a = () => {|CS0103:G|}();
                Action b = async () => {|CS1525:;|}
                list.ForEach(async x => await Task.Delay(x{|CS1026:{|CS1026:;|}|}
            }
        }
        """);
}
