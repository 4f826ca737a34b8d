using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where logging ends: calls and delegates that differ from logging in one thing only.</summary>
public sealed class AP0005WhatLogsTests() : RuleTest(new AP0005AwaitedLoggingAnalyzer())
{
    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Delegate_logs_where_it_takes_a_logger_first_and_an_exception_last() => Reports(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            void M(ILogger log, Action<ILogger, Exception?> started, Action<ILogger, string> greet, Action<string, Exception?> fail, Action<ILogger> check, Action run)
            {
                [|Task.Run(() => started(log, null))|];
                Task.Run(() => greet(log, "a"));
                Task.Run(() => fail("a", null));
                Task.Run(() => check(log));
                Task.Run(() => run());
            }
        }
        """);

    [Fact]
    public Task What_loggers_do_beside_logging_is_silent() => Silent(
        """
        using System.Diagnostics;
        using System.Diagnostics.Tracing;
        sealed class Events : EventSource
        {
            public static readonly Events Log = new();
            public static void Compress() { }
        }
        class C
        {
            void M()
            {
                Task.Run(() => Trace.Close());
                Task.Run(() => Trace.Refresh());
                Task.Run(() => Trace.Indent());
                Task.Run(() => Debug.Unindent());
                Task.Run(() => Events.Log.Dispose());
                Task.Run(() => Events.Compress());
            }
        }
        """);

    [Fact]
    public Task Method_that_a_logger_has_beside_its_interface_is_silent() => Reports(
        """
        namespace Serilog { public interface ILogger { void Information(string s); } }
        namespace Serilog.Core { public sealed class Logger : ILogger { public void Information(string s) { } public void Upload() { } } }
        namespace App
        {
            class C
            {
                void M(Serilog.Core.Logger log)
                {
                    [|Task.Run(() => log.Information("a"))|];
                    Task.Run(() => log.Upload());
                }
            }
        }
        """);

    [Fact]
    public Task Choice_that_does_other_work_on_one_side_is_silent() => Silent(
        """
        using Microsoft.Extensions.Logging;
        class C
        {
            bool IsEnabled() => File.Exists("a");
            void M(ILogger log, bool isQuiet)
            {
                Task.Run(() => { if (isQuiet) log.LogDebug("a"); else File.Delete("a"); });
                Task.Run(() => { if (isQuiet) File.Delete("a"); else log.LogDebug("a"); });
                Task.Run(() => { if (IsEnabled()) log.LogDebug("a"); });
            }
        }
        """);

    [Fact]
    public Task Value_that_takes_work_to_make_is_silent() => Silent(
        """
        using Microsoft.Extensions.Logging;
        struct Report { public string Load() => ""; }
        class C
        {
            void M(ILogger log, Task<string> text, Report report, dynamic any)
            {
                var count = 0;
                Task.Run(async () => log.LogInformation(await text));
                Task.Run(() => log.LogInformation("{N}", count = 2));
                Task.Run(() => log.LogInformation(File.ReadAllText("a")));
                Task.Run(() => log.LogInformation(report.Load()));
                Task.Run(() => log.LogInformation((string)any.Load()));
                Task.Run(() => log.LogInformation("{X}", (object)new Uri(any)));
                Task.Run(() => new LoggerFactory().CreateLogger("a").LogInformation("b"));
            }
        }
        """);

    [Fact]
    public Task Value_that_tells_of_itself_is_cheap() => Reports(
        """
        using Microsoft.Extensions.Logging;
        class Order { public override string ToString() => ""; public override int GetHashCode() => 1; }
        class C
        {
            void M(ILogger log, Order order, Exception failure)
            {
                [|Task.Run(() => log.LogInformation(order.ToString()))|];
                [|Task.Run(() => log.LogInformation("{N}", order.GetHashCode()))|];
                [|Task.Run(() => log.LogInformation("{T}", failure.GetType()))|];
            }
        }
        """);
}
