using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0003NestedLoopTests() : RuleTest(new AP0003NestedLoopAnalyzer())
{
    private const string RunSync =
        """

        === Test/RunSync.cs
        static class AsyncHelper
        {
            public static void RunSync(Func<Task> f) => Task.Run(f).GetAwaiter().GetResult();
            public static T RunSync<T>(Func<Task<T>> f) => Task.Factory.StartNew(f).Unwrap().GetAwaiter().GetResult();
            public static void WaitFor(this Task task) => task.GetAwaiter().GetResult();
            public static T WaitFor<T>(this Task<T> task) => task.GetAwaiter().GetResult();
        }

        static class Work
        {
            public static Task F() => Task.Delay(1);
            public static Task<int> G() => Task.FromResult(1);
        }
        """;

    [Theory]
    [InlineData("async Task M() { await Work.F(); AsyncContext.[|Run|](() => Work.F()); }")]
    [InlineData("async Task M() { await Work.F(); AsyncContext.[|Run|](Work.F); }")]
    [InlineData("async Task M() { await Work.F(); AsyncContext.[|Run|](async () => { await Work.F(); }); }")]
    [InlineData("async Task M() { await Work.F(); var x = AsyncContext.[|Run|](() => Work.G()) + 1; }")]
    [InlineData("async Task M() { await Work.F(); var x = AsyncContext.[|Run|]<int>(() => Work.G()); }")]
    [InlineData("async Task M() { await Work.F(); Nito.AsyncEx.AsyncContext.[|Run|](() => Work.F()); }")]
    [InlineData("async void M() { await Work.F(); AsyncContext.[|Run|](() => Work.F()); }")]
    [InlineData("async ValueTask<int> M() { await Work.F(); return AsyncContext.[|Run|](() => Work.G()); }")]
    [InlineData("async Task<int> M() => await Work.G() + AsyncContext.[|Run|](() => Work.G());")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return AsyncContext.[|Run|](() => Work.G()); await Work.F(); }")]
    [InlineData("Func<Task> f = async () => { await Work.F(); AsyncContext.[|Run|](() => Work.F()); };")]
    [InlineData("Func<Task> f = async delegate { await Work.F(); AsyncContext.[|Run|](() => Work.F()); };")]
    [InlineData("void M() { async Task L() { await Work.F(); AsyncContext.[|Run|](() => Work.F()); } _ = L(); }")]
    [InlineData("Func<Task> F => async () => { await Work.F(); AsyncContext.[|Run|](() => Work.F()); };")]
    [InlineData("async Task M() { await Task.Run(async () => { await Work.F(); AsyncContext.[|Run|](() => Work.F()); }); }")]
    [InlineData("async Task M() { await Work.F(); lock (this) { AsyncContext.[|Run|](() => Work.F()); } }")]
    [InlineData("async Task M(string? s) { await Work.F(); var x = s ?? AsyncContext.[|Run|](() => Work.G()).ToString(); }")]
    [InlineData("void M() { AsyncContext.Run(() => { AsyncContext.[|Run|](() => Work.F()); }); }")]
    [InlineData("void M() { AsyncContext.Run(() => AsyncContext.[|Run|](() => Work.F())); }")]
    [InlineData("void M() { AsyncContext.Run(Inner); } void Inner() { AsyncContext.[|Run|](() => Work.F()); }")]
    [InlineData("void M() { AsyncHelper.RunSync(() => { AsyncContext.[|Run|](() => Work.F()); return Work.F(); }); }")]
    public Task A_runner_in_an_async_function_or_in_another_runner(string member) => Reports(
        $$"""
        using Nito.AsyncEx;
        class C { {{member}} }
        """ + RunSync + Stubs.Nito);

    [Theory]
    [InlineData("AsyncHelper.[|RunSync|](() => Work.F());")]
    [InlineData("AsyncHelper.[|RunSync|](Work.F);")]
    [InlineData("[|RunSync|](Work.F);")]
    [InlineData("Work.F().[|WaitFor|]();")]
    [InlineData("var x = Work.G().[|WaitFor|]() + 1;")]
    [InlineData("AsyncHelper.[|WaitFor|](Work.F());")]
    [InlineData("[|Local|](() => Work.F()); static void Local(Func<Task> f) => f().Wait();")]
    [InlineData("new Runner().[|Go|](() => Work.F());")]
    [InlineData("((Runner?)null)?.[|Go|](() => Work.F());")]
    public Task What_acts_like_a_runner(string statement) => Reports(
        $$"""
        using static AsyncHelper;
        class Runner { public void Go(Func<Task> f) { var task = f(); task.Wait(); } }
        class C { async Task M() { await Work.F(); {{statement}} } }
        """ + RunSync);

    [Theory]
    [InlineData("jtf.[|Run|](() => Work.F());")]
    [InlineData("context.Factory.[|Run|](async () => await Work.F());")]
    [InlineData("var x = jtf.[|Run|](() => Work.G());")]
    [InlineData("new Derived().[|Run|](() => Work.F());")]
    [InlineData("jtf?.[|Run|](() => Work.F());")]
    [InlineData("jtf.RunAsync(() => Work.F()).[|Join|]();")]
    [InlineData("var x = jtf.RunAsync(() => Work.G()).[|Join|]();")]
    public Task Joinable_tasks(string statement) => Reports(
        $$"""
        using Microsoft.VisualStudio.Threading;
        class Derived : JoinableTaskFactory { }
        class C { async Task M(JoinableTaskFactory jtf, JoinableTaskContext context) { await Work.F(); {{statement}} } }
        """ + RunSync + Stubs.VisualStudioThreading);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); Dispatcher.[|Run|](); }")]
    [InlineData("async Task M() { await Task.Yield(); Dispatcher.[|PushFrame|](new DispatcherFrame()); }")]
    [InlineData("async Task M(Application app) { await Task.Yield(); app.[|Run|](); }")]
    [InlineData("async Task M(App app) { await Task.Yield(); app.[|Run|](new Window()); }")]
    [InlineData("async Task M() { await Task.Yield(); System.Windows.Forms.Application.[|Run|](new System.Windows.Forms.Form()); }")]
    [InlineData("async Task M() { await Task.Yield(); System.Windows.Forms.Application.[|DoEvents|](); }")]
    [InlineData("void Button_Click(object sender, RoutedEventArgs e) { Dispatcher.[|PushFrame|](new DispatcherFrame()); }")]
    [InlineData("void M(System.Windows.Forms.Button b) { b.Click += (s, e) => System.Windows.Forms.Application.[|DoEvents|](); }")]
    public Task User_interfaces(string member) => Reports(
        $$"""
        using System.Windows;
        using System.Windows.Threading;
        class App : Application { }
        class C { {{member}} }
        """, Setup.Desktop);

    [Theory]
    [InlineData("void M() { System.Windows.Forms.Application.DoEvents(); }")]
    [InlineData("void M() { Dispatcher.PushFrame(new DispatcherFrame()); }")]
    [InlineData("void M() { new Thread(() => Dispatcher.Run()).Start(); }")]
    [InlineData("void M() { new Thread(Dispatcher.Run).Start(); }")]
    [InlineData("async Task M() { await Task.Yield(); new Thread(() => { Dispatcher.Run(); }).Start(); }")]
    [InlineData("[STAThread] static void Main() { new Application().Run(); }")]
    public Task User_interfaces_started_by_synchronous_code_are_silent(string member) => Silent(
        $$"""
        using System.Windows;
        using System.Windows.Threading;
        class C { {{member}} }
        """, Setup.Desktop);

    [Theory]
    [InlineData("Dispatcher.UIThread.[|RunJobs|]();")]
    [InlineData("Dispatcher.UIThread.[|MainLoop|](default);")]
    public Task Avalonia(string statement) => Reports(
        $$"""
        using Avalonia.Threading;
        class C { async Task M() { await Task.Yield(); {{statement}} } }
        """ + Stubs.Avalonia);

    [Theory]
    [InlineData("async Task M(IHost host) { await host.StartAsync(); host.[|WaitForShutdown|](); }")]
    [InlineData("async Task M(IHost host) { await Task.Yield(); host.[|Run|](); }")]
    [InlineData("async Task M(WebApplication app) { await Task.Yield(); app.[|Run|](); }")]
    [InlineData("async Task M(WebApplication app) { await Task.Yield(); app.[|Run|](\"http://localhost\"); }")]
    [InlineData("async Task M(WebApplication? app) { await Task.Yield(); app?.[|Run|](); }")]
    [InlineData("async Task M(IHost host) { await Task.Yield(); HostingAbstractionsHostExtensions.[|Run|](host); }")]
    [InlineData("async Task M(IWebHost host) { await Task.Yield(); host.[|Run|](); host.[|WaitForShutdown|](); }")]
    [InlineData("class S : IHostedService { readonly IHost host = null!; public Task StartAsync(CancellationToken t) => Task.CompletedTask; public Task StopAsync(CancellationToken t) { host.[|Run|](); return Task.CompletedTask; } }")]
    [InlineData("} public class S : ControllerBase { public int Get() => AsyncHelper.[|RunSync|](() => Work.G());")]
    public Task Hosts(string member) => Reports(
        $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Hosting;
        class C { {{member}} }
        """ + RunSync, Setup.AspNet);

    [Theory]
    [InlineData("static async Task Main() { var host = new HostBuilder().Build(); await host.StartAsync(); host.WaitForShutdown(); }")]
    [InlineData("static async Task Main(string[] args) { var app = WebApplication.Create(args); await Work.F(); app.Run(); }")]
    [InlineData("static void Main(string[] args) => WebApplication.Create(args).Run();")]
    [InlineData("void Start(IHost host) => host.Run();")]
    [InlineData("async Task M(IHost host) { await host.RunAsync(); await host.WaitForShutdownAsync(); }")]
    [InlineData("async Task M(WebApplication app) { await Task.Yield(); app.Run(context => Work.F()); }")]
    public Task Hosts_started_where_no_loop_runs_are_silent(string member) => Silent(
        $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.Hosting;
        class C { {{member}} }
        """ + RunSync, Setup.AspNet);

    [Fact]
    public Task The_last_act_of_top_level_statements_that_await_is_silent() => Silent(
        """
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.Create(args);
        await Task.Delay(1);
        app.Run();
        """, Setup.AspNet);

    [Fact]
    public Task A_piece_of_work_run_in_top_level_statements_that_await_is_found() => Reports(
        """
        await Work.F();
        AsyncHelper.[|RunSync|](() => Work.F());
        async Task Inner() { await Work.F(); AsyncHelper.[|RunSync|](() => Work.F()); }
        await Inner();
        """ + RunSync);

    [Theory]
    [InlineData("void M() { AsyncHelper.RunSync(() => Work.F()); }")]
    [InlineData("int M() => AsyncHelper.RunSync(Work.G);")]
    [InlineData("C() { Work.F().WaitFor(); }")]
    [InlineData("int P => Work.G().WaitFor();")]
    [InlineData("int f = AsyncHelper.RunSync(() => Work.G());")]
    [InlineData("static void Main() { AsyncContext.Run(() => Work.F()); }")]
    [InlineData("async Task M() { await Task.Run(() => AsyncHelper.RunSync(() => Work.F())); }")]
    [InlineData("async Task M() { await Work.F(); int L() => AsyncHelper.RunSync(() => Work.G()); L(); }")]
    [InlineData("async Task M() { await Work.F(); _ = nameof(AsyncHelper.RunSync); }")]
    [InlineData("async Task M() { await Work.F(); System.Linq.Expressions.Expression<Action> e = () => AsyncHelper.RunSync(() => Work.F()); }")]
    [InlineData("async Task M(Other.AsyncContext c) { await Work.F(); c.Run(() => Work.F()); }")]
    [InlineData("async Task M() { await Work.F(); AsyncTwin.RunSync(() => Work.F()); }")]
    public Task Synchronous_code_and_look_alikes_are_silent(string member) => Silent(
        $$"""
        using Nito.AsyncEx;
        class C { {{member}} }
        static class AsyncTwin { public static void RunSync(Func<Task> f) { _ = f(); } }
        namespace Other { class AsyncContext { public void Run(Func<Task> f) { } } }
        """ + RunSync + Stubs.Nito);

    [Fact]
    public Task Runners_named_by_the_option() => Reports(
        """
        using Custom;
        class C { async Task M() { await Task.Yield(); Pump.[|Turn|](); await Pump.TurnAsync(); Engine.[|Start|](); Engine.Stop(); } }
        namespace Custom
        {
            public static class Pump { public static void Turn() { } public static Task TurnAsync() => Task.CompletedTask; }
            public static class Engine { public static void Start() { } public static void Stop() { } }
        }
        """, Setup.Default with { EditorConfig = "async_pitfalls.loop_runners = Custom.Pump | M:Custom.Engine.Start" });

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                await Work.F();
                AsyncHelper.{|CS0117:Unknown|}(() => Work.F());
                AsyncHelper.{|CS1501:RunSync|}(1, 2);
            }
        }
        """ + RunSync);

    [Fact]
    public async Task The_message_names_the_runner_and_where_it_is_called()
    {
        var findings = await Findings("class C { async Task LoadAsync() { await Work.F(); AsyncHelper.RunSync(() => Work.F()); } }" + RunSync);
        Assert.Equal(
            "'AsyncHelper.RunSync' starts a loop inside async 'LoadAsync' and blocks its thread until that loop ends; await the work itself",
            findings.Single().GetMessage());
        Assert.Equal("RunSync", TextAt(findings.Single().AdditionalLocations.Single()));
    }

    private static string TextAt(Microsoft.CodeAnalysis.Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
