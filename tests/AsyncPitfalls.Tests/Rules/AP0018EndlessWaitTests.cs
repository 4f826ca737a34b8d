using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0018EndlessWaitTests() : RuleTest(new AP0018EndlessWaitAnalyzer())
{
    private const string Server =
        """

        sealed class Server
        {
            private const bool Forever = true;
            public async Task ListenAsync() { while (true) { await Task.Delay(1); } }
            public async Task<int> CountAsync() { for (var i = 0; ; i++) await Task.Yield(); }
            public async ValueTask PollAsync() { do { await Task.Delay(1); } while (Forever); }
            public async Task JumpAsync() { again: await Task.Delay(1); goto again; }
            public Task RunAsync() => ListenAsync();
            public async Task ServeAsync() { Console.WriteLine(); await RunAsync().ConfigureAwait(false); }
            public void Block() { while (1 == 1) Thread.Sleep(1); }
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Await_with_a_statement_after_it_is_reported() => Reports(
        """
        var server = new Server();
        [|await server.ListenAsync()|];
        Console.WriteLine("done");
        """ + Server);

    [Fact]
    public Task Each_kind_of_endless_function_is_known() => Reports(
        """
        class C
        {
            async Task A(Server server) { [|await server.ListenAsync()|]; Server.Use(); }
            async Task B(Server server) { var n = [|await server.CountAsync()|]; Server.Use(n); }
            async Task D(Server server) { [|await server.PollAsync()|]; Server.Use(); }
            async Task E(Server server) { [|await server.JumpAsync().ConfigureAwait(false)|]; Server.Use(); }
            async Task F(Server server) { [|await server.RunAsync()|]; Server.Use(); }
            async Task G(Server server) { [|await (server.ServeAsync()!)|]; Server.Use(); }
            async Task H(Server server) { [|await Task.Run(() => server.Block())|]; Server.Use(); }
            async Task I(Server server) { [|await Task.Run(server.ListenAsync)|]; Server.Use(); }
            async Task J(Server server) { [|await Task.Run(async () => { while (true) await Task.Yield(); })|]; Server.Use(); }
            async Task K(Server server) { [|await Task.Factory.StartNew(() => server.ListenAsync()).Unwrap()|]; Server.Use(); }
            async Task L(Server server) { [|await await Task.Factory.StartNew(() => server.ListenAsync())|]; Server.Use(); }
            async Task M(Server server) { [|await Task.Factory.StartNew(server.Block)|]; Server.Use(); }
            async Task N(Server server) { [|await Task.WhenAll(Task.Delay(1), server.ListenAsync())|]; Server.Use(); }
            async Task O(Server server) { [|await Task.WhenAny(server.ListenAsync(), server.CountAsync())|]; Server.Use(); }
            async Task P(Server server, bool all) { [|await (all ? server.ListenAsync() : server.CountAsync())|]; Server.Use(); }
            async Task Q(Server server) { Func<Task> run = async () => { while (true) await Task.Yield(); }; [|await run()|]; Server.Use(); }
            async Task R(Server server) { var run = server.ListenAsync(); Server.Use(); [|await run|]; Server.Use(); }
            async Task S()
            {
                [|await Loop()|];
                Server.Use();
                static async Task Loop() { while (true) await Task.Yield(); }
            }
        }
        """ + Server);

    [Fact]
    public Task Delay_without_an_end_is_reported() => Reports(
        """
        class C
        {
            private const int Never = -1;
            async Task A() { [|await Task.Delay(Timeout.Infinite)|]; Server.Use(); }
            async Task B() { [|await Task.Delay(-1)|]; Server.Use(); }
            async Task D() { [|await Task.Delay(Timeout.InfiniteTimeSpan)|]; Server.Use(); }
            async Task E() { [|await Task.Delay(TimeSpan.FromMilliseconds(-1))|]; Server.Use(); }
            async Task F() { [|await Task.Delay(Never, CancellationToken.None)|]; Server.Use(); }
            async Task G() { await Task.Delay(Timeout.Infinite, default(CancellationToken)); }
            async Task H() { [|await G()|]; Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Conditions_of_constants_of_other_types_are_known() => Reports(
        """
        static class Settings { public const bool Never = false; public const int Forever = -1; }
        class Holder { public const bool Never = false; }
        class C
        {
            Holder Holder { get; } = new();
            async Task A() { while (!Settings.Never) await Task.Yield(); }
            async Task B() { [|await A()|]; Server.Use(); }
            async Task D() { while (!Holder.Never) await Task.Yield(); }
            async Task E() { [|await D()|]; Server.Use(Holder); }
            async Task F() { [|await Task.Delay(Settings.Forever)|]; Server.Use(); }
            async Task G() { [|await Task.Delay(TimeSpan.FromMilliseconds(Settings.Forever))|]; Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Waits_are_reported_at_their_name() => Reports(
        """
        class C
        {
            void A(Server server) { server.ListenAsync().[|Wait|](); Server.Use(); }
            void B(Server server) { var n = server.CountAsync().[|Result|]; Server.Use(n); }
            void D(Server server) { server.PollAsync().GetAwaiter().[|GetResult|](); Server.Use(); }
            void E(Server server) { server.PollAsync().AsTask().ConfigureAwait(false).GetAwaiter().[|GetResult|](); Server.Use(); }
            void F(Server server) { Task.[|WaitAll|](Task.Delay(1), server.ListenAsync()); Server.Use(); }
            void G(Server server) { Task.[|WaitAny|](server.CountAsync(), server.ListenAsync()); Server.Use(); }
            void H(Server server) { Task.WaitAny(Task.Delay(1), server.ListenAsync()); Server.Use(); }
            void I(Server server) { RunSync(server.ListenAsync); Server.Use(); }
            void J(Server server) { [|RunSync|](() => server.ListenAsync()); Server.Use(); }
            static void RunSync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();
        }
        """.Replace("RunSync(server.", "[|RunSync|](server.") + Server);

    [Fact]
    public Task What_follows_may_stand_in_any_function_and_around_the_await() => Reports(
        """
        class C
        {
            private readonly Server server = new();

            async Task A(IDisposable d) { using (d) { [|await server.ListenAsync()|]; } Server.Use(); }
            async Task B() { try { [|await server.ListenAsync()|]; Server.Use(); } catch (IOException) { } finally { Server.Use(); } }
            async Task D() { do { [|await server.ListenAsync()|]; } while (DateTime.Now.Year > 1); Server.Use(); }
            async Task E() { for (; ; ) { [|await server.ListenAsync()|]; Server.Use(); } }
            async Task<int> F() { [|await server.ListenAsync()|]; return Compute(); }
            async Task G() { Server.Use([|await server.CountAsync()|]); }
            Func<Task> H() => async () => { [|await server.ListenAsync()|]; Server.Use(); };
            Func<Task> I() => async delegate { [|await server.ListenAsync()|]; Server.Use(); };
            async void J() { [|await server.ListenAsync()|]; Changed?.Invoke(); }
            async Task K() { async Task Run() { [|await server.ListenAsync()|]; await Task.Yield(); } await Run(); }
            async IAsyncEnumerable<int> L() { [|await server.ListenAsync()|]; yield return 1; }
            async Task M(bool b) { if (b) { [|await server.ListenAsync()|]; Server.Use(); } else Server.Use(); }
            int P { get { server.ListenAsync().[|Wait|](); return Compute(); } }
            C() { server.ListenAsync().[|Wait|](); Server.Use(); }
            ~C() { server.ListenAsync().[|Wait|](); Server.Use(); }
            public static C operator +(C c, int n) { c.server.ListenAsync().[|Wait|](); Server.Use(); return c; }
            event Action? Changed;
            static int Compute() => 1;
        }
        """ + Server);

    [Fact]
    public Task Nothing_after_the_wait_is_silent() => Silent(
        """
        class C
        {
            private readonly Server server = new();

            async Task A() => await server.ListenAsync();
            async Task B() { Server.Use(); await server.ListenAsync(); }
            async Task<int> D() { await server.ListenAsync(); return 0; }
            async Task<object> E() { await server.ListenAsync(); return new object(); }
            async Task<int> F() => await server.CountAsync();
            async Task G() { await server.ListenAsync(); throw new InvalidOperationException("cannot be reached"); }
            async Task H() { foreach (var x in new[] { server }) { await x.ListenAsync(); } }
            async Task I() { for (var i = 0; i < 3; i++) { await server.ListenAsync(); } Server.Use(); }
            async Task J() { try { await server.ListenAsync(); } finally { Server.Use(); } }
            async Task K() { using var stream = new MemoryStream(); await server.ListenAsync(); }
            async Task L() { try { await server.ListenAsync(); } catch (IOException e) { Server.Use(e); } Server.Use(); }
            async Task M(bool b) { if (b) await server.ListenAsync(); Server.Use(); }
            async Task N() { await server.ListenAsync(); void Unused() { Server.Use(); } }
            async Task O(int n) { switch (n) { case 1: await server.ListenAsync(); break; default: Server.Use(); break; } }
            void P() { server.ListenAsync().Wait(); }
            async Task Q() { var run = server.ListenAsync(); Server.Use(); await run; }
            async Task R() { await server.ListenAsync(); return; }
        }
        """ + Server);

    [Fact]
    public Task Async_void_comes_back_at_its_first_await() => Silent(
        """
        class C
        {
            async void Loop() { while (true) await Task.Yield(); }
            void Start() => Loop();
            async Task A() { await Task.Run(Loop); Server.Use(); }
            async Task B() { await Task.Factory.StartNew(Loop); Server.Use(); }
            async Task D() { await Task.Run(() => Loop()); Server.Use(); }
            async Task E() { await Task.Run(Start); Server.Use(); }
            async Task F() { Action run = async () => { while (true) await Task.Yield(); }; await Task.Run(run); Server.Use(); }
            async Task G() { Action run = async () => { while (true) await Task.Yield(); }; run(); Server.Use(); await Task.Yield(); Server.Use(); }
            async Task H() { await G(); Server.Use(); }
            void I() { Task.Run(Loop).Wait(); Server.Use(); }
            async Task J() { async void Inner() { while (true) await Task.Yield(); } await Task.Run(Inner); Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Functions_that_may_end_are_silent() => Silent(
        """
        using System.Diagnostics.CodeAnalysis;

        class C
        {
            private volatile bool stopped;

            async Task Breaks() { while (true) { if (stopped) break; await Task.Yield(); } }
            async Task Returns() { while (true) { if (stopped) return; await Task.Yield(); } }
            async Task Throws() { while (true) { if (stopped) throw new IOException(); await Task.Yield(); } }
            async Task ThrowsInExpression(string? s) { while (true) { Server.Use(s ?? throw new IOException()); await Task.Yield(); } }
            async Task AsksField() { while (!stopped) await Task.Yield(); }
            async Task JumpsOut() { while (true) { await Task.Yield(); if (stopped) goto end; } end: Server.Use(); }
            async Task IsToldToStop(CancellationToken ct) { while (true) { await Task.Delay(1, ct); } }
            async Task AsksToken(CancellationToken ct) { while (true) { ct.ThrowIfCancellationRequested(); await Task.Yield(); } }
            async Task EndsWithToken(CancellationToken ct) { while (!ct.IsCancellationRequested) await Task.Yield(); }
            async Task EndsByFailure() { try { while (true) await Task.Yield(); } catch (IOException) { } }
            async Task HelperThrows() { while (true) { Check(); await Task.Yield(); } }
            async Task MarkedThrows() { while (true) { if (stopped) Fail(); await Task.Yield(); } }
            async Task Exits() { while (true) { if (stopped) Environment.Exit(1); await Task.Yield(); } }
            async Task EndsInOneBranch(bool b) { if (b) while (true) await Task.Yield(); }
            async Task EndsForWhile() { for (var i = 0; i < 10; i++) await Task.Yield(); }
            async IAsyncEnumerable<int> Yields() { while (true) { await Task.Yield(); yield return 1; } }
            void Check() { if (stopped) throw new IOException(); }
            [DoesNotReturn] void Fail() => throw new IOException();

            async Task All(CancellationToken ct)
            {
                await Breaks(); Server.Use();
                await Returns(); Server.Use();
                await Throws(); Server.Use();
                await ThrowsInExpression(""); Server.Use();
                await AsksField(); Server.Use();
                await JumpsOut(); Server.Use();
                await IsToldToStop(ct); Server.Use();
                await AsksToken(ct); Server.Use();
                await EndsWithToken(ct); Server.Use();
                await EndsByFailure(); Server.Use();
                await HelperThrows(); Server.Use();
                await MarkedThrows(); Server.Use();
                await Exits(); Server.Use();
                await EndsInOneBranch(true); Server.Use();
                await EndsForWhile(); Server.Use();
                await foreach (var x in Yields()) { if (x > 1) break; }
                Server.Use();
                await Task.Delay(Timeout.Infinite, ct); Server.Use();
                await Task.Delay(1); Server.Use();
            }
        }
        """ + Server);

    [Fact]
    public Task Waits_that_end_though_the_task_does_not_are_silent() => Silent(
        """
        class C
        {
            private readonly Server server = new();

            async Task A() { await server.ListenAsync().WaitAsync(TimeSpan.FromSeconds(1)); Server.Use(); }
            async Task B() { await Task.WhenAny(server.ListenAsync(), Task.Delay(1000)); Server.Use(); }
            void D() { if (!server.ListenAsync().Wait(1000)) Server.Use(); }
            void E(CancellationToken ct) { server.ListenAsync().Wait(ct); Server.Use(); }
            async Task F() { _ = server.ListenAsync(); await Task.Yield(); Server.Use(); }
            async Task G() { await Task.Factory.StartNew(() => server.ListenAsync()); Server.Use(); }
            async Task H(Task given) { await given; Server.Use(); }
            async Task I() { Task run = server.ListenAsync(); run = Task.Delay(1); await run; Server.Use(); }
            async Task J(bool b) { await (b ? server.ListenAsync() : Task.Delay(1)); Server.Use(); }
            void K() { Action wait = server.ListenAsync().Wait; Server.Use(wait); }
            async Task L() { await nameof(server.ListenAsync).AsTask(); Server.Use(); }
        }

        static class Extensions { public static Task AsTask(this string s) => Task.FromResult(s); }
        """ + Server);

    [Fact]
    public Task Calls_that_may_run_something_else_are_silent() => Silent(
        """
        interface IListener { Task ListenAsync(); }
        class Listener : IListener
        {
            public virtual async Task RunAsync() { while (true) await Task.Yield(); }
            public async Task ListenAsync() { while (true) await Task.Yield(); }
        }
        class C
        {
            async Task A(IListener listener) { await listener.ListenAsync(); Server.Use(); }
            async Task B(Listener listener) { await listener.RunAsync(); Server.Use(); }
            async Task D(Func<Task> run) { await run(); Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Overriding_that_nobody_can_change_any_more_is_reported() => Reports(
        """
        abstract class Listener { public abstract Task RunAsync(); }
        sealed class Udp : Listener
        {
            public override async Task RunAsync() { while (true) await Task.Yield(); }
            async Task A() { [|await RunAsync()|]; Server.Use(); }
        }
        class Tcp : Listener
        {
            public sealed override async Task RunAsync() { while (true) await Task.Yield(); }
            async Task A() { [|await RunAsync()|]; Server.Use(); }
        }
        class Tls : Tcp
        {
            async Task A() { [|await base.RunAsync()|]; Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Exception_that_is_only_thrown_again_is_no_way_out() => Reports(
        """
        class C
        {
            async Task Listen()
            {
                try { while (true) await Task.Yield(); }
                catch (Exception e) { Server.Use(e); throw; }
            }

            async Task Swallows()
            {
                while (true)
                {
                    try { await Task.Delay(1); throw new IOException(); }
                    catch (Exception e) { Server.Use(e); }
                }
            }

            async Task A() { [|await Listen()|]; Server.Use(); }
            async Task B() { [|await Swallows()|]; Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Loop_that_calls_what_has_to_do_with_a_token_of_its_own_ends_with_it() => Silent(
        """
        class C
        {
            private readonly CancellationTokenSource source = new();
            async Task Step() => await Task.Delay(1, source.Token);
            async Task Listen() { while (true) await Step(); }
            async Task A() { await Listen(); Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Token_that_is_used_only_before_the_loop_does_not_end_it() => Reports(
        """
        class C
        {
            async Task Listen(CancellationToken ct) { await Task.Delay(1, ct); while (true) await Task.Delay(1, CancellationToken.None); }
            async Task A(CancellationToken ct) { [|await Listen(ct)|]; Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Functions_that_call_each_other_are_read_once() => Silent(
        """
        class C
        {
            async Task Ping(int n) { if (n > 0) await Pong(n - 1); while (n > 3) await Task.Yield(); }
            async Task Pong(int n) { while (true) { if (n == 3) return; await Ping(n); } }
            async Task A() { await Ping(1); Server.Use(); await Pong(1); Server.Use(); }
        }
        """ + Server);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task A() { await {|CS0103:Listen|}(); Server.Use(); }
            async Task B() { await Task.{|CS1501:Delay|}(); Server.Use(); }
            async Task D() { {|CS4001:await Loop|}; Server.Use(); }
            async Task Loop() { while (true) await Task.Yield(); }
        }
        """ + Server);

    [Fact]
    public async Task Message_names_the_call_and_the_place_after_it()
    {
        var finding = Assert.Single(await Findings("class C { async Task A(Server s) { await s.ListenAsync(); Server.Use(); } }" + Server));
        Assert.Equal("'ListenAsync' never completes, so the code after this never runs; start it first, and await it last", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Single(finding.AdditionalLocations);
    }
}
