using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0005AwaitedLoggingTests() : RuleTest(new AP0005AwaitedLoggingAnalyzer())
{
    private const string OtherLoggers =
        """

        namespace Serilog { public interface ILogger { void Information(string s); void Write<T>(string s, T value); ILogger ForContext(string s); } public static class Log { public static ILogger Logger = null!; public static void Information(string s) { } public static void CloseAndFlush() { } } }
        namespace Serilog.Core { public struct Logger : ILogger { public void Information(string s) { } public void Write<T>(string s, T value) { } public ILogger ForContext(string s) => this; } }
        namespace NLog { public interface ILoggerBase { } public class Logger : ILoggerBase { public void Info(string s) { } public void Swallow(Action a) { } } public static class LogManager { public static Logger GetCurrentClassLogger() => new(); } }
        namespace log4net { public interface ILog { void Info(object o); } }
        """;

    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Awaited_logging_call_is_found() => Reports(
        """
        using Microsoft.Extensions.Logging;
        using System.Diagnostics;
        partial class C
        {
            readonly ILogger<C> log = null!; readonly ILogger plain = null!; readonly ILogger? maybe = null!;
            static readonly Action<ILogger, int, Exception?> started = LoggerMessage.Define<int>(LogLevel.Information, 1, "{N}");
            [LoggerMessage(1, LogLevel.Information, "{n}")] static partial void Started(ILogger log, int n);
            static partial void Started(ILogger log, int n) { }

            async Task M()
            {
                [|{|CS4008:await log.LogInformation("a")|}|];
                [|{|CS4008:await plain.Log(LogLevel.Error, 1, "x", null, (s, e) => s)|}|];
                [|{|CS4008:await started(log, 1, null)|}|];
                [|{|CS4008:await Started(log, 1)|}|];
                [|{|CS4008:await (maybe?.LogError("a"))|}|];
                [|{|CS4008:await Console.Out.WriteLine("a")|}|];
                [|{|CS4008:await Console.WriteLine("a")|}|];
                [|{|CS4008:await Trace.TraceInformation("a")|}|];
                [|{|CS4008:await Debug.WriteLine("a")|}|];
            }

            async Task E() => [|{|CS4008:await log.LogInformation("a")|}|];
            Func<Task> lambda = async () => [|{|CS4008:await Console.WriteLine()|}|];
        }
        """);

    [Fact]
    public Task Logging_sent_to_another_thread_is_found() => Reports(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!;
            async Task M(int n, string s, TaskFactory factory)
            {
                [|await Task.Run(() => log.LogInformation("a"))|];
                [|await Task.Run(() => log.LogInformation("a {N}", n)).ConfigureAwait(false)|];
                [|Task.Run(() => { log.LogInformation("a"); log.LogInformation($"b {n}", s.ToUpperInvariant()); })|];
                _ = [|Task.Run(async () => log.LogInformation("a"))|];
                [|Task.Factory.StartNew(() => log.LogInformation("a"))|];
                [|Task.Factory.StartNew(_ => log.LogInformation("a"), n)|];
                [|factory.StartNew(() => Console.WriteLine(n), CancellationToken.None)|];
                [|ThreadPool.QueueUserWorkItem(_ => log.LogInformation("a"))|];
                [|ThreadPool.QueueUserWorkItem(x => log.LogInformation("{X}", x), n, false)|];
                [|ThreadPool.UnsafeQueueUserWorkItem(delegate { log.LogInformation("a"); }, null)|];
                var t = [|Task.Run(Console.WriteLine)|];
                [|Task.Run(() => { if (log.IsEnabled(LogLevel.Debug)) log.LogDebug("a"); })|].Wait();
                await Task.WhenAll([|Task.Run(() => log.LogError(new Exception("x"), "a"))|], Task.Delay(1));
                [|Task.Run(() => Console.Out.WriteLineAsync("a"))|];
                [|await Task.Run(async () => await Console.Out.WriteLineAsync("a"))|];
                [|Task.Run(() => log?.LogInformation("a"))|];
                [|Task.Run(() => { log.LogInformation("a"); return Task.CompletedTask; })|];
                [|Task.Run(() => { var name = s.Trim(); log.LogInformation(name); })|];
                [|Task.Run((() => Console.Error.WriteLine("a")))|];
            }

            Task P => [|Task.Run(() => log.LogInformation("a"))|];
            static readonly Task F = [|Task.Run(() => Console.WriteLine())|];
        }
        """);

    [Fact]
    public Task Loggers_of_other_libraries_are_found() => Reports(
        """
        using System.Diagnostics;
        using System.Diagnostics.Tracing;
        sealed class Events : EventSource
        {
            public static readonly Events Log = new();
            [Event(1)] public void Started(int n) => WriteEvent(1, n);
            [NonEvent] public void Crunch() { }
        }
        class C
        {
            readonly Serilog.ILogger serilog = null!; readonly NLog.Logger nlog = null!; readonly log4net.ILog log4net = null!; readonly TraceSource source = null!;
            void M()
            {
                [|Task.Run(() => serilog.Information("a"))|];
                [|Task.Run(() => Serilog.Log.Information("a"))|];
                [|Task.Run(() => Serilog.Log.Logger.Information("a"))|];
                [|Task.Run(() => serilog.ForContext("a").Information("a"))|];
                [|Task.Run(() => new Serilog.Core.Logger().Write("{N}", 1))|];
                [|Task.Run(() => NLog.LogManager.GetCurrentClassLogger().Info("a"))|];
                [|Task.Run(() => nlog.Info("a"))|];
                [|Task.Run(() => log4net.Info("a"))|];
                [|Task.Run(() => source.TraceInformation("a"))|];
                [|Task.Run(() => Trace.WriteLine("a"))|];
                [|Task.Run(() => Events.Log.Started(1))|];
                Task.Run(() => Events.Log.Crunch());
                Task.Run(() => nlog.Swallow(() => { }));
                Task.Run(() => Serilog.Log.CloseAndFlush());
                Task.Run(() => serilog.ForContext("a"));
            }
        }
        """ + OtherLoggers);

    [Fact]
    public Task Await_of_the_console_is_found() => Reports(
        """
        using static System.Console;
        class C
        {
            async Task M(char[] buffer)
            {
                [|await Console.Out.WriteLineAsync("a")|];
                [|await Out.WriteAsync('a').ConfigureAwait(false)|];
                [|await Console.Error.WriteLineAsync()|];
                [|await Error.FlushAsync()|];
                var line = [|await Console.In.ReadLineAsync()|];
                var n = [|await In.ReadAsync(buffer, 0, 1)|] + 1;
                var all = ([|await Console.In.ReadToEndAsync(CancellationToken.None)|]).Trim();
                var output = Console.Out;
                [|await output.WriteLineAsync("a")|];
                [|await Console.Out.WriteLineAsync("a")!|];
                TextWriter error = (Console.Error);
                [|await (error.WriteLineAsync("a"))|];
            }
        }
        """);

    [Fact]
    public Task Delegates_that_do_more_than_log_are_silent() => Silent(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            readonly ILogger<C> log = null!; readonly HttpClient client = null!;
            int count;
            int Compute() => 1;
            async Task M(List<int> list)
            {
                await Task.Run(() => { Compute(); log.LogInformation("a"); });
                await Task.Run(() => log.LogInformation("{N}", Compute()));
                await Task.Run(() => log.LogInformation("{N}", count++));
                await Task.Run(async () => log.LogInformation(await client.GetStringAsync("a")));
                await Task.Run(async () => { await Task.Delay(1); log.LogInformation("a"); });
                await Task.Run(() => { log.LogInformation("a"); return 1; });
                await Task.Run(() => { });
                await Task.Run(Compute);
                await Task.Run(() => { using (log.BeginScope("a")) Compute(); });
                await Task.Run(() => { list.Add(1); Console.WriteLine(); });
                await Task.Run(() => Console.ReadLine());
                ThreadPool.QueueUserWorkItem(_ => Compute());
                new Thread(() => log.LogInformation("a")).Start();
                list.ForEach(x => log.LogInformation("{X}", x));
                log.LogInformation("a");
            }
        }
        """);

    [Fact]
    public Task Asynchronous_sinks_and_look_alikes_are_silent() => Silent(
        """
        interface ILogger { void LogInformation(string s); Task WriteAsync(string s); }
        static class Log { public static void Information(string s) { } }
        static class Console { public static TextWriter Out => TextWriter.Null; public static void WriteLine(string s) { } }
        class C
        {
            readonly ILogger log = null!; readonly StreamWriter writer = null!; readonly TextWriter text = null!;
            async Task M()
            {
                await log.WriteAsync("a");
                await writer.WriteLineAsync("a");
                await text.WriteLineAsync("a");
                await Console.Out.WriteLineAsync("a");
                await Task.Run(() => log.LogInformation("a"));
                await Task.Run(() => Log.Information("a"));
                await Task.Run(() => Console.WriteLine("a"));
                var output = System.Console.Out;
                output = writer;
                await output.WriteLineAsync("a");
                var stream = System.Console.OpenStandardOutput();
                await stream.WriteAsync(new byte[1]);
                await Task.WhenAll(System.Console.Out.WriteLineAsync("a"));
                Task t = System.Console.Out.WriteLineAsync("a");
                await {|CS4008:log.LogInformation("a")|};
            }
        }
        """.Replace("await {|CS4008:log.LogInformation(\"a\")|}", "{|CS4008:await log.LogInformation(\"a\")|}"));

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                await {|CS0103:log|}.LogInformation("a");
                await Task.Run(() => {|CS0103:log|}.LogInformation("a"));
                await Task.Run(() => Console.WriteLine({|CS0103:missing|}));
            }
        }
        """);

    [Fact]
    public Task Types_named_by_the_option_are_loggers() => Reports(
        """
        namespace App;
        class Audit { public bool Write(string s) => true; public Task SendAsync() => Task.CompletedTask; }
        class C
        {
            readonly Audit audit = null!;
            async Task M()
            {
                [|await Task.Run(() => { audit.Write("a"); })|];
                await Task.Run(() => audit.SendAsync());
                await audit.SendAsync();
            }
        }
        """,
        Setup with { EditorConfig = "async_pitfalls.logging_types = App.Audit" });

    [Fact]
    public async Task Await_of_the_console_is_a_suggestion()
    {
        var found = await Findings(
            """
            class C
            {
                async Task M()
                {
                    await Console.Out.WriteLineAsync("a");
                    await Task.Run(() => Console.WriteLine("a"));
                    await Console.WriteLine("a");
                }
            }
            """);
        Assert.Equal([DiagnosticSeverity.Info, DiagnosticSeverity.Warning, DiagnosticSeverity.Warning], found.Select(finding => finding.Severity));
        Assert.Equal(
            [
                "'WriteLineAsync' of the console has always completed when it returns, so this await never suspends; use the synchronous call",
                "'Run' sends 'WriteLine' to another thread, which costs more than the call itself and loses the order of the lines; log directly",
                "'WriteLine' logs synchronously and returns nothing that could be awaited; call it without 'await'",
            ],
            found.Select(finding => finding.GetMessage()));
    }
}
