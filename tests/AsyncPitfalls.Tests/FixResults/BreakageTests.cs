using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.FixResults;

/// <summary>A fix is not offered where its result would be worse in what rules do not look at.</summary>
public sealed class BreakageTests() : RuleTest(new AP0005AwaitedLoggingAnalyzer(), new AP0005AwaitedLoggingCodeFix())
{
    protected override Setup Setup => Setup.AspNet;

    [Fact]
    public Task Directive_that_would_go_away_is_no_fix() => OffersNoFix(
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log)
            {
                [|Task.Run(
        #pragma warning disable CA1848
                    () => log.LogInformation("a"))|];
            }
        }
        """);

    [Fact]
    public Task Doubt_whether_what_follows_is_null_is_no_fix() => OffersNoFix(
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log)
            {
                [|Task.Run(() => log?.LogInformation("a"))|];
                log.LogInformation("b");
            }
        }
        """);

    [Fact]
    public Task Question_whether_something_is_null_stays_where_nothing_follows() => Fixes(
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log)
            {
                log.LogInformation("a");
                [|Task.Run(() => log?.LogInformation("b"))|];
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log)
            {
                log.LogInformation("a");
                log?.LogInformation("b");
            }
        }
        """, "AP0005_CallDirectly");

    [Fact]
    public Task Doubt_that_was_there_before_does_not_keep_a_fix_away() => Fixes(
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log, string? text)
            {
                Console.WriteLine(text.Length);
                [|Task.Run(() => log.LogInformation("a"))|];
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            void M(ILogger log, string? text)
            {
                Console.WriteLine(text.Length);
                log.LogInformation("a");
            }
        }
        """, "AP0005_CallDirectly");
}
