using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a service gives the thread back that starts the host.</summary>
public sealed class AP0015BlockedStartUpCodeFixTests() : RuleTest(new AP0015BlockedStartUpAnalyzer(), new AP0015BlockedStartUpCodeFix())
{
    protected override Setup Setup => Setup.AspNet8;

    [Fact]
    public Task Execution_yields_first() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Loop : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                // until it is stopped
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    Console.WriteLine();
                }

                await Task.Delay(1, stoppingToken);
            }
        }

        class NotAsync : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                    Console.WriteLine();

                return Task.CompletedTask;
            }
        }

        class Expression : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => [|RunAsync|](stoppingToken);

            private static async Task RunAsync(CancellationToken token)
            {
                while (true)
                {
                    Console.WriteLine();
                    if (token.IsCancellationRequested)
                        await Task.Yield();
                }
            }
        }
        """,
        """
        using Microsoft.Extensions.Hosting;

        class Loop : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                // until it is stopped
                while (!stoppingToken.IsCancellationRequested)
                {
                    Console.WriteLine();
                }

                await Task.Delay(1, stoppingToken);
            }
        }

        class NotAsync : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                while (!stoppingToken.IsCancellationRequested)
                    Console.WriteLine();
            }
        }

        class Expression : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                await RunAsync(stoppingToken);
            }

            private static async Task RunAsync(CancellationToken token)
            {
                while (true)
                {
                    Console.WriteLine();
                    if (token.IsCancellationRequested)
                        await Task.Yield();
                }
            }
        }
        """);

    private const string Rest =
        """

            private static async Task ListenAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    await Task.Delay(1, token);
            }
        }
        """;

    [Fact]
    public Task Start_keeps_the_endless_task_in_a_field() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            private readonly int port = 80;

            public async Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine(port);
                [|await ListenAsync(cancellationToken).ConfigureAwait(false)|]; // listens
            }

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        """ + Rest,
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            private readonly int port = 80;
            private Task pending = Task.CompletedTask;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine(port);
                pending = ListenAsync(cancellationToken); // listens
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => pending.WaitAsync(cancellationToken);
        """ + Rest, idea: "AP0015_Keep");

    [Fact]
    public Task Start_that_returns_the_endless_task_keeps_it() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) => [|ListenAsync|](cancellationToken);

            public Task StopAsync(CancellationToken cancellationToken)
            {
                return Task.CompletedTask;
            }
        """ + Rest,
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            private Task pending = Task.CompletedTask;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                pending = ListenAsync(cancellationToken);
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken)
            {
                return pending.WaitAsync(cancellationToken);
            }
        """ + Rest);

    [Fact]
    public Task Start_that_returns_in_a_block_keeps_it() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine();
                return [|ListenAsync|](cancellationToken);
            }

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        """ + Rest,
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            private Task pending = Task.CompletedTask;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine();
                pending = ListenAsync(cancellationToken);
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => pending.WaitAsync(cancellationToken);
        """ + Rest);

    [Fact]
    public Task Start_that_only_awaits_in_an_expression_keeps_it() => Fixes(
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            public async Task StartAsync(CancellationToken cancellationToken) => [|await ListenAsync(cancellationToken)|];

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        """ + Rest,
        """
        using Microsoft.Extensions.Hosting;

        class Listener : IHostedService
        {
            private Task pending = Task.CompletedTask;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                pending = ListenAsync(cancellationToken);
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => pending.WaitAsync(cancellationToken);
        """ + Rest);

    [Fact]
    public Task Where_neither_is_right_none_is_offered() => OffersNoFix(
        """
        using Microsoft.Extensions.Hosting;

        class Sleeper : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) { Thread.[|Sleep|](1); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        class StopsAsync : IHostedService
        {
            public async Task StartAsync(CancellationToken cancellationToken) { [|await Task.Delay(-1, cancellationToken)|]; }
            public async Task StopAsync(CancellationToken cancellationToken) => await Task.Yield();
        }
        """);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        ["Yield first in 'ExecuteAsync'", "Start 'Delay', and await it in 'StopAsync'"],
        await Titles(
            """
            using Microsoft.Extensions.Hosting;

            class A : BackgroundService { protected override async Task ExecuteAsync(CancellationToken token) { while (true) Console.WriteLine(); } }
            class B : IHostedService
            {
                public async Task StartAsync(CancellationToken token) { await Task.Delay(-1, token); }
                public Task StopAsync(CancellationToken token) => Task.CompletedTask;
            }
            """));
}
