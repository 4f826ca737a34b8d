using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0003NestedLoopCodeFixTests() : RuleTest(new AP0003NestedLoopAnalyzer(), new AP0003NestedLoopCodeFix())
{
    private const string Helpers =
        """

        === Test/Helpers.cs
        static class AsyncHelper
        {
            public static void RunSync(Func<Task> f) => Task.Run(f).GetAwaiter().GetResult();
            public static T RunSync<T>(Func<Task<T>> f) => Task.Factory.StartNew(f).Unwrap().GetAwaiter().GetResult();
            public static void RunValue(Func<ValueTask> f) => f().AsTask().GetAwaiter().GetResult();
            public static void WaitFor(this Task task) => task.GetAwaiter().GetResult();
            public static T WaitFor<T>(this Task<T> task) => task.GetAwaiter().GetResult();
            public static void Within(Func<Task> f, int seconds) { if (!f().Wait(seconds * 1000)) throw new TimeoutException(); }
        }

        static class Work
        {
            public static Task F() => Task.Delay(1);
            public static Task<int> G(int n = 0) => Task.FromResult(n);
            public static ValueTask H() => default;
        }
        """;

    [Theory]
    [InlineData("AsyncHelper.[|RunSync|](() => Work.F());", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](() => { return Work.F(); });", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](async () => await Work.F());", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](async () => await Work.F().ConfigureAwait(false));", "await Work.F().ConfigureAwait(false);")]
    [InlineData("AsyncHelper.[|RunSync|](async () => { await Work.F(); });", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](async delegate { await Work.F(); });", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](delegate { return Work.F(); });", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](Work.F);", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|](new Func<Task>(Work.F));", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunSync|]((Func<Task>)(() => Work.F()));", "await Work.F();")]
    [InlineData("AsyncHelper.[|RunValue|](Work.H);", "await Work.H();")]
    [InlineData("AsyncHelper.[|RunSync|](work);", "await work();")]
    [InlineData("AsyncHelper.[|RunSync|](this.work);", "await this.work();")]
    [InlineData("var x = AsyncHelper.[|RunSync|](() => Work.G(2));", "var x = await Work.G(2);")]
    [InlineData("var x = AsyncHelper.[|RunSync|]<int>(() => Work.G(2)) + 1;", "var x = await Work.G(2) + 1;")]
    [InlineData("var x = AsyncHelper.[|RunSync|](() => Work.G(2)).ToString();", "var x = (await Work.G(2)).ToString();")]
    [InlineData("var x = AsyncHelper.[|RunSync|](async () => { return await Work.G(2); });", "var x = await Work.G(2);")]
    [InlineData("AsyncHelper.[|RunSync|](() => work is null ? Work.F() : work());", "await (work is null ? Work.F() : work());")]
    [InlineData("Work.F().[|WaitFor|]();", "await Work.F();")]
    [InlineData("var x = Work.G().[|WaitFor|]() + 1;", "var x = await Work.G() + 1;")]
    [InlineData("AsyncHelper.[|WaitFor|](Work.F());", "await Work.F();")]
    [InlineData("AsyncContext.[|Run|](() => Work.F());", "await Work.F();")]
    [InlineData("var x = AsyncContext.[|Run|](() => Work.G());", "var x = await Work.G();")]
    [InlineData("/* a */ AsyncHelper.[|RunSync|](() => Work.F()); // b", "/* a */ await Work.F(); // b")]
    public Task The_work_itself_is_awaited(string before, string after) => Fixes(Class(before), Class(after));

    [Fact]
    public Task A_block_becomes_a_local_function() => Fixes(
        """
        class C
        {
            async Task<int> M(int n)
            {
                await Task.Yield();
                var sum = AsyncHelper.[|RunSync|](async () =>
                {
                    // first one, then the other
                    var one = await Work.G(n);
                    if (one > 1)
                        return one;
                    return one + await Work.G();
                });
                return sum;
            }
        }
        """ + Helpers,
        """
        class C
        {
            async Task<int> M(int n)
            {
                await Task.Yield();
                var sum = await WorkAsync();

                async Task<int> WorkAsync()
                {
                    // first one, then the other
                    var one = await Work.G(n);
                    if (one > 1)
                        return one;
                    return one + await Work.G();
                }

                return sum;
            }
        }
        """ + Helpers);

    [Fact]
    public Task Several_blocks_get_names_of_their_own() => Fixes(
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                AsyncHelper.[|RunSync|](async () => { await Work.F(); await Work.F(); });
                AsyncHelper.[|RunSync|](() => { Console.WriteLine(); return Work.F(); });
            }
        }
        """ + Helpers,
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                await WorkAsync();

                async Task WorkAsync() { await Work.F(); await Work.F(); }

                await WorkAsync1();

                Task WorkAsync1() { Console.WriteLine(); return Work.F(); }
            }
        }
        """ + Helpers);

    [Fact]
    public Task An_embedded_statement_gets_a_block() => Fixes(
        """
        class C
        {
            async Task M(bool b)
            {
                await Task.Yield();
                if (b)
                    AsyncHelper.[|RunSync|](async () => { await Work.F(); await Work.F(); });
            }
        }
        """ + Helpers,
        """
        class C
        {
            async Task M(bool b)
            {
                await Task.Yield();
                if (b)
                {
                    await WorkAsync();

                    async Task WorkAsync() { await Work.F(); await Work.F(); }
                }
            }
        }
        """ + Helpers);

    [Fact]
    public Task Top_level_statements() => Fixes(
        """
        await Work.F();
        AsyncHelper.[|RunSync|](async () =>
        {
            await Work.F();
            await Work.F();
        });
        """ + Helpers,
        """
        await Work.F();
        await WorkAsync();

        async Task WorkAsync()
        {
            await Work.F();
            await Work.F();
        }
        """ + Helpers);

    [Theory]
    [InlineData("jtf.[|Run|](() => Work.F());", "await jtf.RunAsync(() => Work.F());")]
    [InlineData("jtf.[|Run|](async () => { await Work.F(); await Work.F(); });", "await jtf.RunAsync(async () => { await Work.F(); await Work.F(); });")]
    [InlineData("var x = jtf.[|Run|](() => Work.G()) + 1;", "var x = await jtf.RunAsync(() => Work.G()) + 1;")]
    [InlineData("var x = jtf.[|Run|]<int>(() => Work.G());", "var x = await jtf.RunAsync<int>(() => Work.G());")]
    [InlineData("var t = jtf.RunAsync(() => Work.G()); var x = t.[|Join|]();", "var t = jtf.RunAsync(() => Work.G()); var x = await t.JoinAsync();")]
    public Task Joinable_tasks(string before, string after) => Fixes(
        $"using Microsoft.VisualStudio.Threading;\nclass C {{ async Task M(JoinableTaskFactory jtf) {{ await Work.F(); {before} }} }}" + Helpers + Stubs.VisualStudioThreading,
        $"using Microsoft.VisualStudio.Threading;\nclass C {{ async Task M(JoinableTaskFactory jtf) {{ await Work.F(); {after} }} }}" + Helpers + Stubs.VisualStudioThreading);

    [Theory]
    [InlineData("host.[|Run|]();", "await host.RunAsync();")]
    [InlineData("await host.StartAsync(); host.[|WaitForShutdown|]();", "await host.StartAsync(); await host.WaitForShutdownAsync();")]
    [InlineData("app.[|Run|]();", "await app.RunAsync();")]
    [InlineData("app.[|Run|](\"http://localhost\");", "await app.RunAsync(\"http://localhost\");")]
    [InlineData("app?.[|Run|]();", "await (app?.RunAsync() ?? Task.CompletedTask);")]
    [InlineData("HostingAbstractionsHostExtensions.[|Run|](host);", "await HostingAbstractionsHostExtensions.RunAsync(host);")]
    public Task Hosts(string before, string after) => Fixes(
        $"using Microsoft.AspNetCore.Builder;\nusing Microsoft.Extensions.Hosting;\nclass C {{ async Task M(IHost host, WebApplication app) {{ await Task.Yield(); {before} }} }}",
        $"using Microsoft.AspNetCore.Builder;\nusing Microsoft.Extensions.Hosting;\nclass C {{ async Task M(IHost host, WebApplication app) {{ await Task.Yield(); {after} }} }}",
        setup: Setup.AspNet);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); System.Windows.Forms.Application.[|DoEvents|](); }", "async Task M() { await Task.Yield(); await Task.Yield(); }")]
    [InlineData("async Task M() { await Task.Yield(); Dispatcher.[|PushFrame|](new DispatcherFrame()); }", "async Task M() { await Task.Yield(); await Dispatcher.Yield(); }")]
    [InlineData("void Button_Click(object sender, RoutedEventArgs e) { System.Windows.Forms.Application.[|DoEvents|](); }", "async void Button_Click(object sender, RoutedEventArgs e) { await Task.Yield(); }")]
    [InlineData("void M(System.Windows.Forms.Button b) { b.Click += (s, e) => System.Windows.Forms.Application.[|DoEvents|](); }", "void M(System.Windows.Forms.Button b) { b.Click += async (s, e) => await Task.Yield(); }")]
    public Task Pumps_yield(string before, string after) => Fixes(
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ {before} }}",
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ {after} }}",
        setup: Setup.Desktop);

    [Fact]
    public Task A_controller_action_becomes_async() => Fixes(
        "public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public int Get() => AsyncHelper.[|RunSync|](() => Work.G());\n}" + Helpers,
        "public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public async Task<int> Get() => await Work.G();\n}" + Helpers,
        setup: Setup.AspNet);

    [Fact]
    public Task A_hosted_service_becomes_async() => Fixes(
        """
        class Service : Microsoft.Extensions.Hosting.IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task StopAsync(CancellationToken token)
            {
                AsyncHelper.[|RunSync|](() => Work.F());
                return Task.CompletedTask;
            }
        }
        """ + Helpers,
        """
        class Service : Microsoft.Extensions.Hosting.IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public async Task StopAsync(CancellationToken token)
            {
                await Work.F();
            }
        }
        """ + Helpers,
        setup: Setup.AspNet);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); lock (this) { AsyncHelper.[|RunSync|](() => Work.F()); } }")]
    [InlineData("async Task M() { await Task.Yield(); AsyncHelper.[|Within|](() => Work.F(), 3); }")]
    [InlineData("async Task M(int[] xs) { await Task.Yield(); var ys = from x in xs select AsyncHelper.[|RunSync|](() => Work.G(x)); }")]
    [InlineData("async Task M(Func<Func<Task>> make) { await Task.Yield(); AsyncHelper.[|RunSync|](make()); }")]
    public Task Nothing_is_offered_where_no_await_is_right(string member) => OffersNoFix($"class C {{ {member} }}" + Helpers);

    [Theory]
    [InlineData("Dispatcher.[|Run|]();")]
    [InlineData("new Application().[|Run|]();")]
    [InlineData("System.Windows.Forms.Application.[|Run|]();")]
    public Task Nothing_is_offered_for_the_loop_of_a_user_interface(string statement) => OffersNoFix(
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ async Task M() {{ await Task.Yield(); {statement} }} }}", setup: Setup.Desktop);

    [Fact]
    public async Task The_title_says_what_is_awaited()
    {
        Assert.Equal(["Await 'F'"], await Titles(Class("AsyncHelper.[|RunSync|](() => Work.F());")));
        Assert.Equal(["Await 'WorkAsync'"], await Titles(Class("AsyncHelper.[|RunSync|](async () => { await Work.F(); await Work.F(); });")));
    }

    private static string Class(string statement) =>
        $$"""
        using Nito.AsyncEx;
        class C { readonly Func<Task> work = Work.F; async Task M() { await Work.F(); {{statement}}
        } }
        """ + Helpers + Stubs.Nito;
}
