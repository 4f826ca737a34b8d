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
}
