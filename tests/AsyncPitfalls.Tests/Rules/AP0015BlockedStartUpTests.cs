using System.Globalization;
using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0015BlockedStartUpTests() : RuleTest(new AP0015BlockedStartUpAnalyzer())
{
    private const string Usings =
        """
        using System.Collections.Concurrent;
        using Microsoft.Extensions.Hosting;

        """;

    protected override Setup Setup => Setup.AspNet8;

    /// <summary>A service whose start is given.</summary>
    private static string Service(string members) =>
        Usings +
        $$"""
        class Service : IHostedService
        {
            private readonly BlockingCollection<int> queue = new();
            private volatile bool stopped;
            {{members}}
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            private static Task DoAsync(CancellationToken ct = default) => Task.Delay(1, ct);
            private void Work() => Console.WriteLine(queue.Count + (stopped ? 1 : 0));
        }
        """;

    /// <summary>A background service whose execution is given.</summary>
    private static string Background(string members) =>
        Usings +
        $$"""
        class Service : BackgroundService
        {
            private readonly BlockingCollection<int> queue = new();
            private volatile bool stopped;
            {{members}}
            private static Task DoAsync(CancellationToken ct = default) => Task.Delay(1, ct);
            private void Work() => Console.WriteLine(queue.Count + (stopped ? 1 : 0));
        }
        """;

    [Theory]
    [InlineData("DoAsync().[|Wait|]();")]
    [InlineData("DoAsync().GetAwaiter().[|GetResult|]();")]
    [InlineData("var n = Task.FromResult(1).ContinueWith(t => 1).[|Result|];")]
    [InlineData("Task.[|WaitAll|](DoAsync(), DoAsync());")]
    [InlineData("Thread.[|Sleep|](1000);")]
    [InlineData("var n = queue.[|Take|]();")]
    [InlineData("foreach (var n in queue.[|GetConsumingEnumerable|]()) Work();")]
    [InlineData("Console.[|ReadLine|]();")]
    [InlineData("[|Flush|]();")]
    [InlineData("if (stopped) await DoAsync(); Thread.[|Sleep|](1);")]
    [InlineData("await Task.CompletedTask; Thread.[|Sleep|](1);")]
    [InlineData("await DoAsync(Blocked.[|Result|]);")]
    public Task Blocking_before_the_first_await_is_reported(string statement)
    {
        const string More = "private void Flush() => Thread.Sleep(1); private Task<CancellationToken> Blocked => DoAsync().ContinueWith(t => CancellationToken.None);";
        var body = statement.Contains("await", StringComparison.Ordinal) ? statement : statement + " await DoAsync();";
        return Task.WhenAll(
            Reports(Service($"{More} public async Task StartAsync(CancellationToken cancellationToken) {{ {body} }}")),
            Reports(Background($"{More} protected override async Task ExecuteAsync(CancellationToken stoppingToken) {{ {body} }}")));
    }

    [Theory]
    [InlineData("while (true) { Work(); }", "while")]
    [InlineData("for (; ; ) { Work(); }", "for")]
    [InlineData("do { Work(); } while (true);", "do")]
    [InlineData("while (!token.IsCancellationRequested) Work();", "while")]
    [InlineData("while (!stopped) { Work(); }", "while")]
    [InlineData("while (!stopped && !token.IsCancellationRequested) { Work(); }", "while")]
    [InlineData("while (!token.IsCancellationRequested) { if (queue.TryTake(out var n)) await DoAsync(token); }", "while")]
    [InlineData("while (true) { Work(); if (token.IsCancellationRequested) break; }", "while")]
    [InlineData("while (true) { try { Work(); } catch (OperationCanceledException) { break; } }", "while")]
    [InlineData("Work(); for (var i = 0; !token.IsCancellationRequested; i++) { Work(); }", "for")]
    [InlineData("while (true) { await Task.CompletedTask; Work(); }", "while")]
    public Task Unbounded_loop_with_a_turn_that_awaits_nothing_is_reported(string loop, string keyword)
    {
        var marked = loop.Replace(keyword + " (", $"[|{keyword}|] (", StringComparison.Ordinal).Replace("do {", "[|do|] {", StringComparison.Ordinal);
        marked = keyword == "do" ? marked.Replace("[|while|]", "while", StringComparison.Ordinal) : marked;
        marked = keyword == "while" ? marked.Replace("[|for|]", "for", StringComparison.Ordinal) : marked;
        return Task.WhenAll(
            Reports(Service($"public async Task StartAsync(CancellationToken token) {{ {marked} await DoAsync(); }}")),
            Reports(Background($"protected override async Task ExecuteAsync(CancellationToken token) {{ {marked} await DoAsync(); }}")));
    }

    [Fact]
    public Task Functions_that_return_a_task_without_async_count() => Reports(Background(
        """
        protected override Task ExecuteAsync(CancellationToken token)
        {
            [|while|] (!token.IsCancellationRequested)
                Work();
            return Task.CompletedTask;
        }
        """));

    [Fact]
    public Task Called_functions_that_do_not_come_back_are_reported() => Reports(Background(
        """
        protected override Task ExecuteAsync(CancellationToken token) => [|RunAsync|](token);
        private async Task RunAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
                Work();
            await DoAsync();
        }
        """));

    [Fact]
    public Task Start_that_waits_for_an_endless_task_is_reported() => Task.WhenAll(
        Reports(Service(
            """
            public async Task StartAsync(CancellationToken token)
            {
                await DoAsync(token);
                [|await ListenAsync(token).ConfigureAwait(false)|];
            }

            private async Task ListenAsync(CancellationToken token) { while (!token.IsCancellationRequested) await DoAsync(token); }
            """)),
        Reports(Service(
            """
            public async Task StartAsync(CancellationToken token) { [|await ListenAsync()|]; Work(); }
            private async Task ListenAsync() { while (true) await DoAsync(); }
            """)),
        Reports(Service("public async Task StartAsync(CancellationToken token) => [|await Task.Delay(Timeout.Infinite, token)|];")),
        Reports(Service(
            """
            public Task StartAsync(CancellationToken token) => [|TickAsync|](token);
            private async Task TickAsync(CancellationToken token)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (await timer.WaitForNextTickAsync(token)) Work();
            }
            """)),
        Reports(Service(
            """
            Task IHostedService.StartAsync(CancellationToken token)
            {
                Work();
                return Task.[|Run|](async () => { while (true) { token.ThrowIfCancellationRequested(); await DoAsync(); } });
            }
            public async Task Other(CancellationToken token) { while (!token.IsCancellationRequested) await DoAsync(); }
            """)));

    [Fact]
    public Task Loop_that_start_never_leaves_is_reported_whatever_it_awaits() => Reports(Service(
        """
        public async Task StartAsync(CancellationToken token)
        {
            await DoAsync(token);
            [|while|] (!token.IsCancellationRequested)
                await DoAsync(token);
        }
        """));

    [Fact]
    public Task Overrides_and_explicit_implementations_count() => Reports(Usings +
        """
        class Base : IHostedService
        {
            public virtual Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        }

        class Derived : Base
        {
            public override async Task StartAsync(CancellationToken token) { Thread.[|Sleep|](1); await base.StartAsync(token); }
        }

        class Explicit : IHostedService
        {
            Task IHostedService.StartAsync(CancellationToken token) { Thread.[|Sleep|](1); return Task.CompletedTask; }
            Task IHostedService.StopAsync(CancellationToken token) => Task.CompletedTask;
        }

        class Background : BackgroundService
        {
            public override Task StartAsync(CancellationToken token) { Thread.[|Sleep|](1); return base.StartAsync(token); }
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task What_gives_the_thread_back_first_is_silent() => Task.WhenAll(
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { await Task.Yield(); while (!token.IsCancellationRequested) { Thread.Sleep(1); } }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { Work(); await DoAsync(token); } }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { try { await DoAsync(token); } catch (Exception e) { Console.WriteLine(e); } } }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(token)) Work(); }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { while (queue.TryTake(out var n)) Work(); await DoAsync(token); } }")),
        Silent(Background("protected override Task ExecuteAsync(CancellationToken token) => Task.Run(() => { while (!token.IsCancellationRequested) Thread.Sleep(1); }, token);")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { await foreach (var n in Numbers()) Thread.Sleep(n); } static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { await RunAsync(token); } async Task RunAsync(CancellationToken token) { while (!token.IsCancellationRequested) await DoAsync(token); }")),
        Silent(Background("protected override async Task ExecuteAsync(CancellationToken token) { try { await DoAsync(token); } catch (IOException) { Thread.Sleep(1); } }")));

    [Fact]
    public Task What_ends_by_itself_is_silent() => Task.WhenAll(
        Silent(Service("public async Task StartAsync(CancellationToken token) { while (true) { if (!queue.TryTake(out var n)) break; Work(); } await DoAsync(); }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { while (queue.Count > 0) { Work(); } await DoAsync(); }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { while (true) { try { await DoAsync(token); break; } catch (IOException) { await Task.Delay(1, token); } } }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { while (!stopped) await Task.Delay(1, token); }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { await ReadyAsync(token); } async Task ReadyAsync(CancellationToken token) { while (!token.IsCancellationRequested) { if (stopped) return; await DoAsync(token); } }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { using var cts = CancellationTokenSource.CreateLinkedTokenSource(token); cts.CancelAfter(1000); while (!cts.Token.IsCancellationRequested) await DoAsync(); }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { using var cts = new CancellationTokenSource(1000); var end = cts.Token; while (!end.IsCancellationRequested) await DoAsync(); }")),
        Reports(Service("public async Task StartAsync(CancellationToken token) { using var cts = CancellationTokenSource.CreateLinkedTokenSource(token); [|while|] (!cts.IsCancellationRequested) await DoAsync(); }")),
        Silent(Service("public async Task StartAsync(CancellationToken token) { using var cts = new CancellationTokenSource(1000); await ListenAsync(cts.Token); } async Task ListenAsync(CancellationToken token) { while (!token.IsCancellationRequested) await DoAsync(token); }")));

    [Fact]
    public Task Start_that_leaves_the_work_running_is_silent() => Task.WhenAll(
        Silent(Service(
            """
            private Task running = Task.CompletedTask;
            public Task StartAsync(CancellationToken token) { running = ListenAsync(token); return running.IsCompleted ? running : Task.CompletedTask; }
            private async Task ListenAsync(CancellationToken token) { while (!token.IsCancellationRequested) await DoAsync(token); }
            """)),
        Silent(Service("public Task StartAsync(CancellationToken token) { new Thread(() => { while (!stopped) Thread.Sleep(1); }).Start(); Work(); return Task.CompletedTask; }")),
        Silent(Service("public Task StartAsync(CancellationToken token) { var done = Task.CompletedTask; done.Wait(); DoAsync().Wait(0); return done; }")));

    [Fact]
    public Task Other_functions_are_silent() => Silent(Usings +
        """
        class Service
        {
            public async Task StartAsync(CancellationToken token) { Thread.Sleep(1); await Task.Yield(); }
            protected async Task ExecuteAsync(CancellationToken token) { while (true) Thread.Sleep(1); }
        }

        class Hosted : IHostedService
        {
            public Task StartAsync(CancellationToken token) { Action later = () => Thread.Sleep(1); later += later; return Task.CompletedTask; }
            public Task StopAsync(CancellationToken token) { Thread.Sleep(1); return Task.CompletedTask; }
            public Task StartAsync(int n) { Thread.Sleep(n); return Task.CompletedTask; }
        }
        """);

    [Theory]
    [InlineData(References.AspNet8, true)]
    [InlineData(References.AspNet9, true)]
    [InlineData(References.AspNet, false)]
    public Task Execution_holds_up_the_start_only_before_version_10(References references, bool isReported)
    {
        var code = Background("protected override async Task ExecuteAsync(CancellationToken token) { Thread.[|Sleep|](1); await DoAsync(); }");
        var setup = Setup.Default with { References = references };
        return isReported ? Reports(code, setup) : Silent(code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), setup);
    }

    [Theory]
    [InlineData(References.AspNet8)]
    [InlineData(References.AspNet9)]
    [InlineData(References.AspNet)]
    public Task Start_holds_up_the_start_in_every_version(References references) =>
        Reports(Service("public async Task StartAsync(CancellationToken token) { Thread.[|Sleep|](1); await DoAsync(); }"), Setup.Default with { References = references });

    [Fact]
    public async Task Messages_say_what_the_host_waits_for()
    {
        var findings = await Findings(Usings +
            """
            class Mailer : BackgroundService
            {
                public override async Task StartAsync(CancellationToken token) { await ListenAsync(token); await base.StartAsync(token); while (true) await Task.Delay(1); }
                protected override async Task ExecuteAsync(CancellationToken token) { Flush(); Thread.Sleep(1); while (true) Thread.Yield(); }
                private async Task ListenAsync(CancellationToken token) { while (!token.IsCancellationRequested) await Task.Delay(1); }
                private void Flush() => Thread.Sleep(1);
            }
            """);
        Assert.Equal(
            [
                "The host waits for 'Mailer' to start, and 'ListenAsync' goes on until the service stops, so nothing after it starts; start it, keep its task, and await that in 'StopAsync'",
                "The host waits for 'Mailer' to start, and this loop goes on until the service stops, so nothing after it starts; move it to a task that 'StopAsync' awaits",
                "'Flush → Thread.Sleep' blocks the thread that starts the host, so no service after 'Mailer' starts until it returns; give the thread back first, with 'await Task.Yield()'",
                "'Sleep' blocks the thread that starts the host, so no service after 'Mailer' starts until it returns; give the thread back first, with 'await Task.Yield()'",
                "This loop holds the thread that starts the host, so no service after 'Mailer' starts; give the thread back first, with 'await Task.Yield()'",
            ],
            findings.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(Background(
        """
        protected override async Task ExecuteAsync(CancellationToken token) { while ({|CS1525:)|} { } await {|CS0103:Missing|}(); }
        """));
}
