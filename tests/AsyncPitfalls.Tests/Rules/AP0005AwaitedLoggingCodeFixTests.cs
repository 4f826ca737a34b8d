using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0005AwaitedLoggingCodeFixTests() : RuleTest(new AP0005AwaitedLoggingAnalyzer(), new AP0005AwaitedLoggingCodeFix())
{
    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Await_before_a_logging_call_goes() => Fixes(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;
            readonly ILogger? maybe = null;

            async Task M()
            {
                // first
                [|{|CS4008:await log.LogInformation("a")|}|]; // after
                [|{|CS4008:await /* why */ log.LogError(new Exception(), "a")|}|];
                [|{|CS4008:await (maybe?.LogError("a"))|}|];
                await Task.Delay(1);
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;
            readonly ILogger? maybe = null;

            async Task M()
            {
                // first
                log.LogInformation("a"); // after
                /* why */ log.LogError(new Exception(), "a");
                maybe?.LogError("a");
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Async_that_is_left_without_await_goes_too() => Fixes(
        """
        class C
        {
            async Task M()
            {
                [|{|CS4008:await Console.WriteLine("a")|}|];
                [|{|CS4008:await Console.WriteLine("b")|}|];
            }

            async Task N() => [|{|CS4008:await Console.WriteLine("a")|}|];

            async Task<int> O(bool b)
            {
                if (b)
                    return 1;
                [|await Console.Out.WriteLineAsync("a")|];
                return 2;
            }

            async void R() => [|await Task.Run(() => Console.WriteLine())|];

            async ValueTask S()
            {
                Func<Task> f = async () => [|await Console.Out.WriteLineAsync("a")|];
                await f();
            }

            async IAsyncEnumerable<int> T()
            {
                [|await Console.Out.WriteLineAsync("a")|];
                yield return 1;
            }
        }
        """,
        """
        class C
        {
            Task M()
            {
                Console.WriteLine("a");
                Console.WriteLine("b");
                return Task.CompletedTask;
            }

            Task N()
            {
                Console.WriteLine("a");
                return Task.CompletedTask;
            }

            Task<int> O(bool b)
            {
                if (b)
                    return Task.FromResult(1);
                Console.WriteLine("a");
                return Task.FromResult(2);
            }

            void R() => Console.WriteLine();

            async ValueTask S()
            {
                Func<Task> f = () => { Console.WriteLine("a"); return Task.CompletedTask; };
                await f();
            }

            async IAsyncEnumerable<int> T()
            {
                Console.WriteLine("a");
                yield return 1;
            }
        }
        """);

    [Fact]
    public Task Console_calls_become_synchronous() => Fixes(
        """
        using System.Text;
        using static System.Console;
        class C
        {
            async Task M(char[] buffer, StringBuilder text)
            {
                [|await Console.Out.WriteLineAsync("a")|];
                [|await Out.WriteAsync('a').ConfigureAwait(false)|];
                [|await Console.Error.WriteLineAsync()|];
                [|await Console.Error.FlushAsync(CancellationToken.None)|];
                var output = Console.Out;
                [|await output.WriteLineAsync("a")|];
                [|await Console.Out.WriteLineAsync("a")!|];
                [|await (Console.Out.WriteLineAsync(buffer))|];
                [|await Console.Out.WriteLineAsync(text)|];
                await Task.Delay(1);
            }
        }
        """,
        """
        using System.Text;
        using static System.Console;
        class C
        {
            async Task M(char[] buffer, StringBuilder text)
            {
                Console.WriteLine("a");
                Write('a');
                Console.Error.WriteLine();
                Console.Error.Flush();
                var output = Console.Out;
                output.WriteLine("a");
                Console.WriteLine("a");
                Console.WriteLine(buffer);
                Console.Out.WriteLine(text);
                await Task.Delay(1);
            }
        }
        """);

    [Theory]
    [InlineData("[|await Console.In.ReadLineAsync()|]")]
    [InlineData("[|await Console.In.ReadAsync(new char[1], 0, 1)|]")]
    [InlineData("([|await Console.In.ReadToEndAsync()|]).Trim()")]
    public Task Reads_that_would_keep_async_code_waiting_have_no_fix(string read) => OffersNoFix(
        $"class C {{ async Task M() {{ await Task.Delay(1); var x = {read}; }} }}");

    [Fact]
    public Task Reads_of_a_program_that_has_awaited_nothing_else_become_synchronous() => Fixes(
        """
        class Program
        {
            static async Task Main()
            {
                var line = [|await Console.In.ReadLineAsync()|];
                await Task.Delay(1);
                Console.WriteLine(line);
            }
        }
        """,
        """
        class Program
        {
            static async Task Main()
            {
                var line = Console.ReadLine();
                await Task.Delay(1);
                Console.WriteLine(line);
            }
        }
        """);

    [Fact]
    public Task Console_calls_with_memory_or_a_token_have_no_fix() => OffersNoFix(
        """
        class C
        {
            async Task M(ReadOnlyMemory<char> memory, CancellationToken token)
            {
                [|await Console.Out.WriteLineAsync(memory)|];
                var line = [|await Console.In.ReadLineAsync(token)|];
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Offloaded_logging_is_called_directly() => Fixes(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;

            async Task M(int n, bool b)
            {
                [|await Task.Run(() => log.LogInformation("a {N}", n))|];
                [|await Task.Run(() => log.LogInformation("a")).ConfigureAwait(false)|];
                [|Task.Run(() => log.LogInformation("a"))|]; // dropped
                _ = [|Task.Run(async () => log.LogInformation("a"))|];
                [|Task.Run(() => log.LogInformation("a"))|].Wait();
                [|Task.Run(() => log.LogInformation("a"))|].GetAwaiter().GetResult();
                [|ThreadPool.QueueUserWorkItem(_ => log.LogInformation("a"))|];
                [|ThreadPool.QueueUserWorkItem(state => log.LogInformation("{N}", state), n)|];
                [|Task.Run(Console.WriteLine)|];
                [|ThreadPool.QueueUserWorkItem(Console.WriteLine, "a")|];
                [|Task.Run(() => Console.Out.WriteLineAsync("a"))|];
                [|Task.Run(() => { log.LogInformation("a"); })|];
                [|Task.Run(() => { log.LogInformation("a"); return Task.CompletedTask; })|];
                if (b)
                    [|Task.Run(() => log?.LogInformation("a"))|];
                await Task.Delay(1);
            }

            void N() => [|Task.Run(() => log.LogInformation("a"))|];
            Task O() => [|Task.Run(() => log.LogInformation("a"))|];

            Task P()
            {
                return [|Task.Run(() => log.LogInformation("a"))|];
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;

            async Task M(int n, bool b)
            {
                log.LogInformation("a {N}", n);
                log.LogInformation("a");
                log.LogInformation("a"); // dropped
                log.LogInformation("a");
                log.LogInformation("a");
                log.LogInformation("a");
                log.LogInformation("a");
                log.LogInformation("{N}", n);
                Console.WriteLine();
                Console.WriteLine("a");
                Console.WriteLine("a");
                log.LogInformation("a");
                log.LogInformation("a");
                if (b)
                    log?.LogInformation("a");
                await Task.Delay(1);
            }

            void N() => log.LogInformation("a");
            Task O()
            {
                log.LogInformation("a");
                return Task.CompletedTask;
            }

            Task P()
            {
                log.LogInformation("a");
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Several_statements_take_the_place_of_the_offload() => Fixes(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;

            async Task M(int n, bool b)
            {
                // before
                [|await Task.Run(() =>
                {
                    log.LogInformation("a"); // one
                    // two
                    if (b)
                    {
                        log.LogInformation(
                            "b");
                    }
                })|]; // after

                [|Task.Run(() => { log.LogInformation("a"); log.LogInformation("b"); })|];
                if (b)
                    [|Task.Run(() => { log.LogInformation("a"); log.LogInformation("b"); })|];
                [|Task.Run(() => { var text = n.ToString(); log.LogInformation(text); })|];
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;

            Task M(int n, bool b)
            {
                // before
                log.LogInformation("a"); // one
                // two
                if (b)
                {
                    log.LogInformation(
                        "b");
                } // after

                log.LogInformation("a");
                log.LogInformation("b");
                if (b)
                {
                    log.LogInformation("a");
                    log.LogInformation("b");
                }
                {
                    var text = n.ToString();
                    log.LogInformation(text);
                }
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Offloads_whose_task_is_used_have_no_fix() => OffersNoFix(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;

            async Task M(bool b)
            {
                var t = [|Task.Run(() => log.LogInformation("a"))|];
                await Task.WhenAll(t, [|Task.Run(() => log.LogInformation("a"))|]);
                [|Task.Run(() => { if (b) return; log.LogInformation("a"); })|];
                if ([|ThreadPool.QueueUserWorkItem(_ => log.LogInformation("a"))|])
                    await Task.Delay(1);
            }

            Task P => [|Task.Run(() => log.LogInformation("a"))|];
        }
        """);

    [Fact]
    public Task Top_level_statements_log_directly() => Fixes(
        """
        [|await Console.Out.WriteLineAsync("a")|];
        [|await Task.Run(() => { Console.WriteLine("b"); Console.WriteLine("c"); })|];
        await Task.Delay(1);
        """,
        """
        Console.WriteLine("a");
        {
            Console.WriteLine("b");
            Console.WriteLine("c");
        }
        await Task.Delay(1);
        """);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        [
            "Call 'WriteLine' directly and remove 'async' from 'M'",
            "Call 'WriteLine' directly",
            "Call 'WriteLineAsync' directly and remove 'async' from the lambda",
        ],
        await Titles(
            """
            class C
            {
                async Task M() => await Task.Run(() => Console.WriteLine());
                async Task N() { await Task.Run(() => Console.WriteLine()); await Task.Delay(1); }
                Func<Task> f = async () => await Console.Out.WriteLineAsync();
            }
            """));

    // What AP0011 says of the calls around them does not keep them.
    [Fact]
    public Task Nothing_is_left_of_a_delegate_that_only_logs() => Fixes(
        """
        class C
        {
            void M() => Task.Factory.StartNew(async () => [|await Console.Out.WriteLineAsync()|]);

            async Task N()
            {
                await Task.Factory.StartNew(async () =>
                {
                    [|await Console.Out.WriteLineAsync("a")|]; // one
                    [|await Console.Out.WriteLineAsync("b")|];
                });
                await Task.Delay(1);
            }
        }
        """,
        """
        class C
        {
            void M() => Console.WriteLine();

            async Task N()
            {
                Console.WriteLine("a"); // one
                Console.WriteLine("b");
                await Task.Delay(1);
            }
        }
        """);
}
