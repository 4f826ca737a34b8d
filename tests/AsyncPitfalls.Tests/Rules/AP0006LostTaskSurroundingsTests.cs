using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where a task is lost: every part a function can play, functions one call away, and what is left to other rules.</summary>
public sealed class AP0006LostTaskSurroundingsTests() : RuleTest(new AP0006LostTaskAnalyzer())
{
    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Request_handlers_lose_tasks() => Reports(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;

        public static class Work
        {
            public static async Task F() => await Task.Delay(1);
            public static void Endpoints(WebApplication app)
            {
                app.MapGet("/a", () => { _ = [|F()|]; });
                app.MapGet("/b", async () => { [|F()|]; await F(); });
                app.MapPost("/c", Post);
                app.Use(async (context, next) => { _ = [|F()|]; await next(context); });
                app.Run(async context => { _ = [|Task.Run(F)|]; await F(); });
                app.MapGet("/d", () => F());
                app.MapGet("/e", async context => await F());
            }

            static IResult Post()
            {
                [|F()|];
                return Results.Ok();
            }
        }

        public class Orders : ControllerBase
        {
            [HttpGet]
            public IActionResult Get()
            {
                _ = [|Work.F()|];
                [|Task.Run(() => Work.F())|];
                return Ok();
            }

            [HttpPost]
            public async Task<IActionResult> Post(int id)
            {
                var load = [|Work.F()|];
                if (id < 0)
                    return BadRequest();
                await load;
                return Ok();
            }

            public void Put() => [|Work.F()|];
            [NonAction] public void Help() => Work.F();
            public static void Shared() => Work.F();
        }

        public class Page : PageModel
        {
            public void OnGet() => _ = [|Work.F()|];
            public void Other() => _ = Work.F();
        }

        public class Chat : Hub
        {
            public async Task Send(string text)
            {
                [|Clients.All.SendAsync("receive", text)|];
                await Clients.Caller.SendAsync("sent");
            }
        }

        public class Middle
        {
            readonly RequestDelegate next;
            public Middle(RequestDelegate next) => this.next = next;

            public async Task InvokeAsync(HttpContext context)
            {
                _ = [|Work.F()|];
                await next(context);
            }
        }
        """);

    [Fact]
    public Task Hosted_services_lose_tasks() => Reports(
        """
        using Microsoft.Extensions.Hosting;

        class Poller : IHostedService
        {
            Task running = Task.CompletedTask;

            public Task StartAsync(CancellationToken token)
            {
                _ = [|PollAsync(token)|];
                running = PollAsync(token);
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken token) => running;
            async Task PollAsync(CancellationToken token) => await Task.Delay(1, token);
        }

        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken token)
            {
                while (true)
                {
                    _ = [|HandleAsync()|];
                    await Task.Delay(1, token);
                }
            }

            async Task HandleAsync()
            {
                [|Task.Delay(1)|];
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Tests_lose_tasks() => Reports(
        """
        namespace Xunit
        {
            class FactAttribute : Attribute { }
            static class Assert
            {
                public static async Task<T> ThrowsAsync<T>(Func<Task> code) where T : Exception { await code(); throw new Exception(); }
                public static void True(bool condition) { }
            }
        }

        namespace Tests
        {
            using Xunit;

            public class Cases
            {
                [Fact]
                public void Throws() => [|Assert.ThrowsAsync<Exception>(F)|];

                [Fact]
                public void Asks()
                {
                    var task = F();
                    Assert.True(task.IsCompleted);
                    var unread = [|F()|];
                }

                static async Task F() => await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Cloud_functions_and_grpc_services_lose_tasks() => Reports(
        """
        class Functions
        {
            [Microsoft.Azure.Functions.Worker.Function("f")]
            public async Task Run() { _ = [|F()|]; await F(); }

            public string Handle(string input, Amazon.Lambda.Core.ILambdaContext context) { [|F()|]; return input; }

            internal static async Task F() => await Task.Delay(1);
        }

        class Greeter : GreeterBase
        {
            public override Task<string> Say(string name, Grpc.Core.ServerCallContext context) { _ = [|Functions.F()|]; return Task.FromResult(name); }
        }

        abstract class GreeterBase
        {
            public virtual Task<string> Say(string name, Grpc.Core.ServerCallContext context) => Task.FromResult(name);
        }

        namespace Microsoft.Azure.Functions.Worker { class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }
        namespace Amazon.Lambda.Core { interface ILambdaContext { } }
        namespace Grpc.Core { class ServerCallContext { } }
        """);

    [Fact]
    public Task Disposal_loses_tasks() => Reports(
        """
        class Connection : IDisposable, IAsyncDisposable
        {
            public void Dispose() => [|CloseAsync()|];

            public ValueTask DisposeAsync()
            {
                _ = [|CloseAsync()|];
                return default;
            }

            public void Close() => CloseAsync();
            async Task CloseAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Delegates_of_loop_runners_lose_tasks() => Reports(
        """
        using Nito.AsyncEx;

        class C
        {
            void M()
            {
                AsyncContext.Run(() => { [|F()|]; });
                AsyncContext.Run(async () => { _ = [|F()|]; await F(); });
                AsyncContext.Run(() => F());
                AsyncContext.Run(Work);
                AsyncHelper.RunSync(async () => { _ = [|F()|]; await F(); });
            }

            async Task Work()
            {
                var lost = [|F()|];
                await F();
            }

            static async Task F() => await Task.Delay(1);
        }

        static class AsyncHelper
        {
            public static void RunSync(Func<Task> work) => work().GetAwaiter().GetResult();
        }

        namespace Nito.AsyncEx
        {
            static class AsyncContext
            {
                public static void Run(Action action) { }
                public static void Run(Func<Task> action) { }
            }
        }
        """);

    [Fact]
    public Task Functions_one_call_away_lose_tasks() => Reports(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public IActionResult Get()
            {
                Notify();
                Local();
                return Ok();
                void Local() => _ = [|F()|];
            }

            public IActionResult Post()
            {
                this.Notify();
                Mixed();
                Passed();
                return Ok();
            }

            public async Task<IActionResult> Put()
            {
                await NotifyAsync();
                return Ok();
            }

            private void Notify() => _ = [|F()|];
            private async Task NotifyAsync() { _ = [|F()|]; await F(); }
            private void Mixed() => _ = F();
            private void Passed() => _ = F();
            private void Unused() => _ = F();
            protected void Shared() => _ = F();
            private void Twice() { Deep(); }
            private void Deep() => _ = F();

            [NonAction]
            public void Other()
            {
                Mixed();
                Action passed = Passed;
                Shared();
                Twice();
            }

            private static async Task F() => await Task.Delay(1);
        }

        static class Program
        {
            static void Main() => MainAsync().GetAwaiter().GetResult();

            static async Task MainAsync()
            {
                [|Task.Delay(1)|];
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task What_says_itself_that_it_is_dropped_is_silent() => Silent(
        """
        using System.Collections.Generic;
        using Microsoft.AspNetCore.Mvc;
        using NSubstitute;

        public class Orders : ControllerBase
        {
            readonly IStore store;
            public Orders(IStore store) => this.store = store;

            public IActionResult Get()
            {
                _ = store.SetAsync(1, CommandFlags.FireAndForget);
                store.SetAsync(2, CommandFlags.Demand | CommandFlags.FireAndForget);
                store.Received().SetAsync(3);
                store.Received(2).SetAsync(4);
                _ = store.SetAsync(5).PipeTo(this);
                store.SetAsync(6).Forget();
                _ = Task.Factory.StartNew(async () => await store.SetAsync(7));
                _ = Task.WhenAny(store.SetAsync(8), store.SetAsync(9));
                new Task(() => { }).Start();
                Task.Run(() => Console.WriteLine());
                Console.Out.WriteLineAsync("x");
                _ = Task.FromResult(1);
                new List<int>().ForEach(x => store.SetAsync(x));
                Action later = () => store.SetAsync(10);
                var name = nameof(store.SetAsync);
                System.Linq.Expressions.Expression<Action<IStore>> tree = s => s.SetAsync(11, CommandFlags.Demand);
                return Ok();
            }
        }

        public enum CommandFlags { Demand, FireAndForget = 2 }

        public interface IStore { Task SetAsync(int value, CommandFlags flags = CommandFlags.Demand); }

        static class Extensions
        {
            public static Task PipeTo(this Task task, object target) => task;
            public static async void Forget(this Task task) => await task;
        }

        namespace NSubstitute
        {
            static class SubstituteExtensions
            {
                public static T Received<T>(this T substitute) => substitute;
                public static T Received<T>(this T substitute, int times) => substitute;
            }
        }
        """);

    [Fact]
    public Task Tasks_whose_input_is_disposed_before_are_left_to_the_rule_that_says_so() => Silent(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public IActionResult Get()
            {
                using var client = new HttpClient();
                _ = client.GetAsync("x");
                using (var stream = new MemoryStream())
                {
                    _ = CopyAsync(stream);
                    _ = Task.Run(() => stream.Flush());
                }

                using var source = new CancellationTokenSource();
                _ = WaitAsync(source.Token);
                return Ok();
            }

            static async Task CopyAsync(Stream stream) => await Task.Delay(1);
            static async Task WaitAsync(CancellationToken token) => await Task.Delay(1, token);
        }
        """);

    [Fact]
    public Task Half_typed_code_does_not_throw() => Silent(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public void Get()
            {
                {|CS0103:Missing|}();
                _ = {|CS0103:Missing|}();
                var x = F({|CS1525:)|};
                await{|CS1001:|}{|CS1002:|}
            }

            static async Task F() => await Task.Delay(1);
        }
        """.Replace("var x = F({|CS1525:)|};\n", "").Replace("await{|CS1001:|}{|CS1002:|}", ""));

    [Fact]
    public async Task The_message_names_the_end()
    {
        var findings = await Findings(
            """
            using Microsoft.AspNetCore.Builder;

            public class Service : IDisposable
            {
                public void Dispose() => F();
                internal static async Task F() => await Task.Delay(1);
                public static void Map(WebApplication app) => app.MapGet("/", () => { Service.F(); });
                static void Main(string[] args)
                {
                    var task = F();
                    if (args.Length > 0)
                        return;
                    task.Wait();
                    if (args.Length > 2)
                        throw new ArgumentException();
                }
            }
            """);
        Assert.Equal(
            [
                "Nothing waits for the task of 'F', and the object is gone when 'Dispose' returns; await it, or keep it and await it before the end",
                "Nothing waits for the task of 'F', and the request's scope is disposed when the delegate of 'EndpointRouteBuilderExtensions.MapGet' returns; await it, or keep it and await it before the end",
                "Nothing waits for the task of 'F', and the process exits when 'Main' returns; await it, or keep it and await it before the end",
            ],
            findings.Select(finding => finding.GetMessage()));
    }
}
