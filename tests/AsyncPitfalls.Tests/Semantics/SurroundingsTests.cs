using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>
/// In the code of these tests each function that matters runs <c>Is(Part)</c>, which names the part that it must play.
/// </summary>
public sealed class SurroundingsTests
{
    private const string Is =
        """

        static class Expectation
        {
            public static void Is(this object here, string part) { }
        }
        """;

    [Fact]
    public Task Main_is_the_entry_point() => Check(
        """
        static class Program
        {
            static async Task Main(string[] args)
            {
                "".Is("EntryPoint");
                await Task.Yield();
                void Local() => "".Is("Ordinary");
                Local();
            }

            static void Other() => "".Is("Ordinary");
        }

        class Elsewhere
        {
            public void Main() => "".Is("Ordinary");
        }
        """);

    [Fact]
    public Task Main_of_a_library_is_an_entry_point_by_its_signature() => Check(
        """
        static class Program
        {
            static int Main() { "".Is("EntryPoint"); return 0; }
        }

        static class Awaiting
        {
            static async Task Main(string[] args) { "".Is("EntryPoint"); await Task.Yield(); }
        }

        static class Look
        {
            static string Main(int count) { "".Is("Ordinary"); return ""; }
            static void Main(string text) => "".Is("Ordinary");
            static void Main(int[] numbers) => "".Is("Ordinary");
            static string Main() { "".Is("Ordinary"); return ""; }
            static void Main<T>() => "".Is("Ordinary");
        }
        """,
        Setup.Default with { Output = OutputKind.DynamicallyLinkedLibrary });

    [Fact]
    public Task Top_level_statements_are_the_entry_point() => Check(
        """
        "".Is("EntryPoint");
        Action later = () => "".Is("Ordinary");
        later();
        Local();
        static void Local() => "".Is("Ordinary");
        """);

    [Fact]
    public Task Tests_are_found_by_attribute_in_every_framework() => Check(
        """
        namespace Xunit
        {
            class FactAttribute : Attribute { }
            class TheoryAttribute : FactAttribute { }
        }

        namespace NUnit.Framework
        {
            class TestAttribute : Attribute { }
            class TestCaseAttribute : Attribute { public TestCaseAttribute(int value) { } }
            class TestCaseSourceAttribute : Attribute { }
            class SetUpAttribute : Attribute { }
        }

        namespace Microsoft.VisualStudio.TestTools.UnitTesting
        {
            class TestMethodAttribute : Attribute { }
            class DataTestMethodAttribute : TestMethodAttribute { }
        }

        namespace TUnit.Core
        {
            class TestAttribute : Attribute { }
        }

        namespace Own
        {
            class FactAttribute : Attribute { }
            class RetryFactAttribute : Xunit.TheoryAttribute { }

            class Tests
            {
                [Xunit.Fact] public void A() => this.Is("Test");
                [Xunit.Theory] public async Task B() { this.Is("Test"); await Task.Yield(); }
                [RetryFact] public void C() => this.Is("Test");
                [NUnit.Framework.Test] public void D() => this.Is("Test");
                [NUnit.Framework.TestCase(1)] public void E() => this.Is("Test");
                [NUnit.Framework.TestCaseSource] public void F() => this.Is("Test");
                [Microsoft.VisualStudio.TestTools.UnitTesting.DataTestMethod] public void G() => this.Is("Test");
                [TUnit.Core.Test] public void H() => this.Is("Test");
                [Fact] public void OwnFact() => this.Is("Ordinary");
                [NUnit.Framework.SetUp] public void SetUp() => this.Is("Ordinary");
                public void Test() => this.Is("Ordinary");
                [Xunit.Fact] public virtual void Inherited() => this.Is("Test");
            }

            class MoreTests : Tests
            {
                public override void Inherited() => this.Is("Test");
            }
        }
        """, Setup.Default with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview });

    [Fact]
    public Task Hosted_services_are_found_by_what_they_implement() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Plain : IHostedService
        {
            public Task StartAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            Task IHostedService.StopAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StartAsync(string other) { this.Is("Ordinary"); return Task.CompletedTask; }
        }

        class Cycle : IHostedLifecycleService
        {
            public Task StartingAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StartAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StartedAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StoppingAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task StoppedAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
        }

        class Worker : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public override Task StartAsync(CancellationToken token) { this.Is("HostedService"); return base.StartAsync(token); }
            public override void Dispose() => this.Is("Disposal");
        }

        class Derived : Worker
        {
            protected override Task ExecuteAsync(CancellationToken token) { this.Is("HostedService"); return Task.CompletedTask; }
            public Task ExecuteAsync() { this.Is("Ordinary"); return Task.CompletedTask; }
        }

        class LookAlike
        {
            public Task StartAsync(CancellationToken token) { this.Is("Ordinary"); return Task.CompletedTask; }
            protected virtual Task ExecuteAsync(CancellationToken token) { this.Is("Ordinary"); return Task.CompletedTask; }
        }

        class OfLookAlike : LookAlike
        {
            protected override Task ExecuteAsync(CancellationToken token) { this.Is("Ordinary"); return Task.CompletedTask; }
        }
        """, Setup.AspNet);

    [Fact]
    public Task Disposal_is_what_the_interfaces_and_their_patterns_name() => Check(
        """
        class Both : IDisposable, IAsyncDisposable
        {
            public void Dispose() => this.Is("Disposal");
            protected virtual void Dispose(bool disposing) => this.Is("Disposal");
            public ValueTask DisposeAsync() { this.Is("Disposal"); return default; }
            protected virtual ValueTask DisposeAsyncCore() { this.Is("Disposal"); return default; }
            public void Dispose(string reason) => this.Is("Ordinary");
            public void Dispose(bool one, bool two) => this.Is("Ordinary");
            protected virtual ValueTask DisposeAsyncCore(bool disposing) { this.Is("Ordinary"); return default; }
        }

        class Derived : Both
        {
            protected override void Dispose(bool disposing) => this.Is("Disposal");
        }

        class Hidden : IDisposable
        {
            void IDisposable.Dispose() => this.Is("Disposal");
        }

        class LookAlike
        {
            public void Dispose() => this.Is("Ordinary");
            protected virtual void Dispose(bool disposing) => this.Is("Ordinary");
            protected virtual ValueTask DisposeAsyncCore() { this.Is("Ordinary"); return default; }
        }
        """);

    [Fact]
    public Task Controller_actions_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public void Get() => this.Is("RequestHandler");
            public async Task<IActionResult> Post() { this.Is("RequestHandler"); await Task.Yield(); return Ok(); }
            [NonAction] public void Help() => this.Is("Ordinary");
            public static void Shared() => "".Is("Ordinary");
            private void Private() => this.Is("Ordinary");
            public void Generic<T>() => this.Is("Ordinary");
            public override string ToString() { this.Is("Ordinary"); return ""; }
        }

        public class Views : Controller
        {
            public IActionResult Index() { this.Is("RequestHandler"); return View(); }
            protected override void Dispose(bool disposing) => this.Is("Disposal");
        }

        [Controller]
        public class Poco
        {
            public void Get() => this.Is("RequestHandler");
        }

        [ApiController]
        public class Api
        {
            public void Get() => this.Is("RequestHandler");
        }

        [NonController]
        public class Not : ControllerBase
        {
            public void Get() => this.Is("Ordinary");
        }

        public class FlowController
        {
            public void Get() => this.Is("Ordinary");
        }

        namespace Own
        {
            public class ControllerBase { }

            public class Things : ControllerBase
            {
                public void Get() => this.Is("Ordinary");
            }
        }
        """, Setup.AspNet);

    [Fact]
    public Task Actions_of_the_older_controllers_answer_requests() => Check(
        """
        public class Pages : System.Web.Mvc.Controller
        {
            public void Index() => this.Is("RequestHandler");
        }

        public class Things : System.Web.Http.ApiController
        {
            public void Get() => this.Is("RequestHandler");
        }

        public class Service
        {
            public void Get() => this.Is("Ordinary");
            public void OnGet() => this.Is("Ordinary");
        }

        namespace System.Web.Mvc { public class Controller { } }
        namespace System.Web.Http { public class ApiController { } }
        """);

    [Fact]
    public Task Razor_page_handlers_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class Index : PageModel
        {
            public void OnGet() => this.Is("RequestHandler");
            public async Task OnPostAsync() { this.Is("RequestHandler"); await Task.Yield(); }
            public void OnPostDelete(int id) => this.Is("RequestHandler");
            [NonHandler] public void OnGetOther() => this.Is("Ordinary");
            public void OnGetting() => this.Is("Ordinary");
            public void Load() => this.Is("Ordinary");
            private void OnPut() => this.Is("Ordinary");
            public void OnGetUser() => this.Is("RequestHandler");
            public void OnPosted() => this.Is("Ordinary");
            public void OnGet<T>() => this.Is("Ordinary");
        }

        [Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageModel]
        public class Marked
        {
            public void OnGet() => this.Is("RequestHandler");
        }

        public class Elsewhere
        {
            public void OnGet() => this.Is("Ordinary");
        }
        """, Setup.AspNet);

    [Fact]
    public Task Minimal_api_delegates_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;

        var app = WebApplication.Create(args);
        app.MapGet("/a", () => "".Is("RequestHandler"));
        app.MapPost("/b", async (HttpContext context) => { "".Is("RequestHandler"); await Task.Yield(); });
        app.MapMethods("/c", new[] { "GET" }, delegate () { "".Is("RequestHandler"); });
        app.MapFallback((HttpContext context) => { "".Is("RequestHandler"); return Task.CompletedTask; });
        app.MapGet("/d", Local);
        app.MapGet("/e", Handlers.Get);
        app.MapGroup("/f").MapPut("/", new Handlers().Put);
        app.MapGet("/g", () =>
        {
            Action inner = () => "".Is("Ordinary");
            inner();
        });
        app.MapGet("/h", (Delegate)Cast);
        void Local() => "".Is("RequestHandler");
        void Cast() => "".Is("RequestHandler");
        void Called() => "".Is("Ordinary");
        Called();

        class Handlers
        {
            public static void Get() => "".Is("RequestHandler");
            public void Put() => "".Is("RequestHandler");
            public static void Other() => "".Is("Ordinary");
        }

        static class OwnEndpoints
        {
            public static void MapOwn(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/own", () => "".Is("RequestHandler"));
        }

        class LookAlike
        {
            void MapGet(string path, Delegate handler) { }
            void M() => MapGet("/", () => "".Is("Ordinary"));
        }

        abstract class Endpoints : IEndpointConventionBuilder
        {
            public abstract void Add(Action<EndpointBuilder> convention);
            void Handle(Delegate handler) { }
            void M() => Handle(() => "".Is("RequestHandler"));
        }

        static class Steps
        {
            static void Then(this IApplicationBuilder app, Action step) { }
            static void M(IApplicationBuilder app) => app.Then(() => "".Is("Ordinary"));
        }
        """, Setup.AspNet);

    [Fact]
    public Task Middleware_and_filters_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        class Startup
        {
            void Configure(IApplicationBuilder app, WebApplication web)
            {
                app.Use(async (context, next) => { this.Is("RequestHandler"); await next(context); });
                app.Use(async (HttpContext context, Func<Task> next) => { this.Is("RequestHandler"); await next(); });
                app.Use(next =>
                {
                    this.Is("Ordinary");
                    return async context => { this.Is("RequestHandler"); await next(context); };
                });
                app.Map("/x", branch =>
                {
                    this.Is("Ordinary");
                    branch.Run(Handle);
                });
                web.Run(async context => { this.Is("RequestHandler"); await Task.Yield(); });
                web.MapGet("/", () => "").AddEndpointFilter(async (context, next) => { this.Is("RequestHandler"); return await next(context); });
            }

            Task Handle(HttpContext context) { this.Is("RequestHandler"); return Task.CompletedTask; }
        }

        class Conventional
        {
            readonly RequestDelegate next;
            public Conventional(RequestDelegate next) => this.next = next;
            public Task InvokeAsync(HttpContext context) { this.Is("RequestHandler"); return next(context); }
        }

        class Older
        {
            readonly RequestDelegate? next;
            public Older() { }
            public Older(RequestDelegate next) => this.next = next;
            public Task Invoke(HttpContext context) { this.Is("RequestHandler"); return next!(context); }
            public Task Handle(HttpContext context) { this.Is("Ordinary"); return Task.CompletedTask; }
            public void Invoke() => this.Is("Ordinary");
            public void Invoke(string text) => this.Is("Ordinary");
        }

        class NoMiddleware
        {
            public Task InvokeAsync(HttpContext context) { this.Is("Ordinary"); return Task.CompletedTask; }
        }

        class ByFactory : IMiddleware
        {
            public Task InvokeAsync(HttpContext context, RequestDelegate next) { this.Is("RequestHandler"); return next(context); }
        }

        class Filter : IEndpointFilter
        {
            public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) { this.Is("RequestHandler"); return next(context); }
        }
        """, Setup.AspNet with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview });

    [Fact]
    public Task Methods_that_request_delegates_are_made_of_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.Http;

        class Endpoints
        {
            readonly RequestDelegate field = Shared;
            readonly Dictionary<string, RequestDelegate> table = new();
            RequestDelegate Property => this.Read;

            void M()
            {
                RequestDelegate lambda = context => { this.Is("RequestHandler"); return Task.CompletedTask; };
                RequestDelegate local = Local;
                RequestDelegate created = new RequestDelegate(Created);
                var cast = (RequestDelegate)Cast;
                table["x"] = Stored;
                Func<HttpContext, Task> other = Other;
                Task Local(HttpContext context) { this.Is("RequestHandler"); return Task.CompletedTask; }
                Task Called(HttpContext context) { this.Is("Ordinary"); return Task.CompletedTask; }
                Called(null!);
            }

            RequestDelegate Chosen(bool yes) => yes ? Returned : throw new Exception();

            static Task Shared(HttpContext context) { "".Is("RequestHandler"); return Task.CompletedTask; }
            async Task Read(HttpContext context) { this.Is("RequestHandler"); await Task.Yield(); }
            Task Created(HttpContext context) { this.Is("RequestHandler"); return Task.CompletedTask; }
            Task<int> Cast(HttpContext context) { this.Is("RequestHandler"); return Task.FromResult(1); }
            Task Stored(HttpContext context) { this.Is("RequestHandler"); return Task.CompletedTask; }
            Task Stored(HttpContext context, int more) { this.Is("Ordinary"); return Task.CompletedTask; }
            Task Returned(HttpContext context) { this.Is("RequestHandler"); return Task.CompletedTask; }
            Task Other(HttpContext context) { this.Is("Ordinary"); return Task.CompletedTask; }
            Task Unused(HttpContext context) { this.Is("Ordinary"); return nameof(Unused) == "" ? Task.CompletedTask : Task.FromResult(1); }
        }

        class Elsewhere
        {
            Task Stored(HttpContext context) { this.Is("Ordinary"); return Task.CompletedTask; }
        }
        """, Setup.AspNet);

    [Fact]
    public Task Hubs_and_grpc_services_answer_requests() => Check(
        """
        using Microsoft.AspNetCore.SignalR;

        class Chat : Hub
        {
            public Task Send(string text) { this.Is("RequestHandler"); return Task.CompletedTask; }
            public override Task OnConnectedAsync() { this.Is("RequestHandler"); return Task.CompletedTask; }
            private void Help() => this.Is("Ordinary");
            protected override void Dispose(bool disposing) => this.Is("Disposal");
        }

        class Typed : Hub<IDisposable>
        {
            public void Send() => this.Is("RequestHandler");
        }

        class Greeter : GreeterBase
        {
            public override Task<string> SayHello(string name, Grpc.Core.ServerCallContext context) { this.Is("RequestHandler"); return Task.FromResult(name); }
            public override void Log(string text) => this.Is("Ordinary");
            public void Describe(Grpc.Core.ServerCallContext context) => this.Is("Ordinary");
        }

        [Grpc.Core.BindServiceMethod]
        abstract class GreeterBase
        {
            public virtual Task<string> SayHello(string name, Grpc.Core.ServerCallContext context) => throw new NotImplementedException();
            public virtual void Log(string text) { }
        }

        namespace Grpc.Core
        {
            class ServerCallContext { }
            class BindServiceMethodAttribute : Attribute { }
        }

        namespace Own
        {
            class Hub { }

            class Wheel : Hub
            {
                public void Send() => this.Is("Ordinary");
            }
        }
        """, Setup.AspNet);

    [Fact]
    public Task Cloud_functions_are_found_by_attribute_and_context() => Check(
        """
        class Azure
        {
            [Microsoft.Azure.Functions.Worker.Function("a")] public void Isolated() => this.Is("CloudFunction");
            [Microsoft.Azure.WebJobs.FunctionName("b")] public static void InProcess() => "".Is("CloudFunction");
            [Function("c")] public void Own() => this.Is("Ordinary");
        }

        class Aws
        {
            public void Handle(string input, Amazon.Lambda.Core.ILambdaContext context) => this.Is("CloudFunction");
            [Amazon.Lambda.Annotations.LambdaFunction] public void Annotated() => this.Is("CloudFunction");
            private void Help(Amazon.Lambda.Core.ILambdaContext context) => this.Is("Ordinary");
        }

        class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } }

        namespace Microsoft.Azure.Functions.Worker { class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }
        namespace Microsoft.Azure.WebJobs { class FunctionNameAttribute : Attribute { public FunctionNameAttribute(string name) { } } }
        namespace Amazon.Lambda.Core { interface ILambdaContext { } }
        namespace Amazon.Lambda.Annotations { class LambdaFunctionAttribute : Attribute { } }
        """);

    [Fact]
    public Task Handlers_of_a_user_interface_are_found_by_shape_and_subscription() => Check(
        """
        using System;
        using System.Windows;
        using System.Windows.Controls;
        using System.Windows.Threading;

        class MainWindow : Window
        {
            void OnOpen(object sender, RoutedEventArgs e) => this.Is("UserInterfaceHandler");
            void Open(object sender, EventArgs e) => this.Is("UserInterfaceHandler");
            protected override void OnClosed(EventArgs e) => this.Is("UserInterfaceHandler");
            void Open(string sender, string e) => this.Is("Ordinary");
            void Open(string sender, EventArgs e) => this.Is("Ordinary");
            void Open(object sender, string e) => this.Is("Ordinary");
            void Open(object sender, int count, EventArgs e) => this.Is("Ordinary");
            void Open(EventArgs e) => this.Is("Ordinary");
            protected virtual void Show(string text) { }
            public static event EventHandler Shared;
            public static void Raise() => Shared(null, EventArgs.Empty);
        }

        class OtherWindow : MainWindow
        {
            protected override void Show(string text) => this.Is("Ordinary");
        }

        class Presenter
        {
            event EventHandler Own;
            event RoutedEventHandler Routed;

            public Presenter(Button button, DispatcherTimer timer, System.Windows.Forms.Timer other, System.Windows.Forms.Button older)
            {
                older.Disposed += (s, e) => this.Is("UserInterfaceHandler");
                MainWindow.Shared += (s, e) => this.Is("UserInterfaceHandler");
                Routed += (s, e) => this.Is("UserInterfaceHandler");
                Routed(this, new RoutedEventArgs());
                button.Click += (s, e) => this.Is("UserInterfaceHandler");
                button.Click += delegate { this.Is("UserInterfaceHandler"); };
                timer.Tick += OnTick;
                other.Tick += new EventHandler(OnOtherTick);
                Own += OnOwn;
                Own += (s, e) => this.Is("Ordinary");
                Own(this, EventArgs.Empty);
            }

            void OnTick(object sender, EventArgs e) => this.Is("UserInterfaceHandler");
            void OnOtherTick(object sender, EventArgs e) => this.Is("UserInterfaceHandler");
            void OnOwn(object sender, EventArgs e) => this.Is("Ordinary");
            void OnRouted(object sender, RoutedEventArgs e) => this.Is("UserInterfaceHandler");
        }
        """, Setup.Desktop);

    [Fact]
    public Task Thread_procedures_are_handed_to_a_thread_or_run_long() => Check(
        """
        class C
        {
            void M()
            {
                new Thread(() => this.Is("ThreadProcedure")).Start();
                new Thread(new ThreadStart(Work)) { IsBackground = true }.Start();
                new Thread(state => this.Is("ThreadProcedure"), 1024).Start();
                Task.Factory.StartNew(() => this.Is("ThreadProcedure"), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
                Task.Factory.StartNew(() => this.Is("Ordinary"), TaskCreationOptions.None);
                Task.Run(() => this.Is("Ordinary"));
                new Own.Thread(() => this.Is("Ordinary"));
            }

            void Work() => this.Is("ThreadProcedure");
        }

        namespace Own { class Thread { public Thread(Action work) { } } }
        """);

    [Fact]
    public Task A_method_is_found_where_another_file_hands_it_over() => Check(
        """
        partial class C
        {
            void Work() => this.Is("ThreadProcedure");
            void Idle() => this.Is("Ordinary");
        }
        === Test/Other.cs
        partial class C
        {
            void M() { new Thread(this.Work).Start(); Idle(); }
        }
        """);

    [Fact]
    public Task A_method_is_told_from_others_of_its_name() => Check(
        """
        class C
        {
            void M(D other) { new Thread(other.Work).Start(); Work(); Console.WriteLine(nameof(Named)); Named(); }
            void Work() => this.Is("Ordinary");
            void Named() => this.Is("Ordinary");
        }

        class D
        {
            public void Work() => this.Is("ThreadProcedure");
        }
        """);

    [Fact]
    public Task A_method_in_parts_is_found_where_it_is_handed_over() => Check(
        """
        partial class C
        {
            void M() => new Thread(Work).Start();
            partial void Work();
        }

        partial class C
        {
            partial void Work() => this.Is("ThreadProcedure");
        }
        """);

    [Fact]
    public Task Other_functions_are_ordinary() => Check(
        """
        class C
        {
            C() => this.Is("Ordinary");
            ~C() => this.Is("Ordinary");
            int P { get { this.Is("Ordinary"); return 0; } }
            int Q => Count(() => this.Is("Ordinary"));
            int Count(Action a) { this.Is("Ordinary"); return 0; }
            public static bool operator !(C c) { c.Is("Ordinary"); return true; }
        }
        """);

    [Theory]
    [InlineData("[Fact] void T() { [|F()|]; }", true)]
    [InlineData("[Fact] void T() { Action a = () => [|F()|]; }", true)]
    [InlineData("[Fact] void T() { L(); void L() { [|F()|]; } }", true)]
    [InlineData("void T() { [|F()|]; }", false)]
    [InlineData("int field = [|F()|];", false)]
    [InlineData("[Fact] static void Main() { [|F()|]; }", false)]
    public async Task What_is_in_a_test_is_told_in_nested_functions_too(string member, bool expected)
    {
        var snippet = await Snippet.CompileAsync($"using Xunit; class C {{ {member} static int F() => 1; }} namespace Xunit {{ class FactAttribute : Attribute {{ }} }}");
        Assert.Equal(expected, snippet.Model.Surroundings.IsInTest(snippet.Marked.Single(), snippet.Semantics, default));
    }

    private static async Task Check(string code, Setup? setup = null)
    {
        var solution = Workspaces.Create(Markup.Parse(code + "\n=== Test/Is.cs\n" + Is, "").Files, setup ?? Setup.Default);
        Assert.Empty((await Workspaces.DiagnosticsAsync(solution)).Select(error => error.ToString()));
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        var model = AsyncModel.For(compilation, new AnalyzerOptions([]));
        var seen = 0;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var semantics = compilation.GetSemanticModel(tree);
            foreach (var call in (await tree.GetRootAsync()).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (semantics.GetOperation(call) is not IInvocationOperation { TargetMethod.Name: "Is" } invocation)
                    continue;
                seen++;
                var expected = (string)invocation.Arguments[1].Value.ConstantValue.Value!;
                Assert.True(expected == model.Surroundings.Around(call, semantics).ToString(), $"Not {expected} but {model.Surroundings.Around(call, semantics)}: {Functions.Around(call)}");
            }
        }

        Assert.NotEqual(0, seen);
    }
}
