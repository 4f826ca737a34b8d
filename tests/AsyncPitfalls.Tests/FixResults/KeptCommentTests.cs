using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.FixResults;

/// <summary>Comments beside what a fix throws away go to the nearest token that it leaves.</summary>
public sealed class KeptCommentTests() : RuleTest(new AP0005AwaitedLoggingAnalyzer(), new AP0005AwaitedLoggingCodeFix())
{
    [Fact]
    public Task Comments_of_the_call_that_goes_away_stay() => Fixes(
        """
        class C
        {
            void M(string text)
            {
                /* 1 */ [|Task /* 2 */ . /* 3 */ Run( /* 4 */ ( /* 5 */ ) /* 6 */ => /* 7 */ Console.WriteLine(text /* 8 */ ) /* 9 */ )|] /* 10 */ ; // 11
                // 12
            }
        }
        """,
        """
        class C
        {
            void M(string text)
            {
                /* 1 */ /* 2 */ /* 3 */ /* 4 */ /* 5 */ /* 6 */ /* 7 */ Console.WriteLine(text /* 8 */ ) /* 9 */ /* 10 */ ; // 11
                // 12
            }
        }
        """);

    [Fact]
    public Task Comment_to_the_end_of_its_line_stays_one_or_ends_before_what_follows() => Fixes(
        """
        class C
        {
            void M(string text)
            {
                [|Task.Run( // on the pool
                    () => // without a wait
                        Console.WriteLine(text))|]; // done
            }
        }
        """,
        """
        class C
        {
            void M(string text)
            {
                /* on the pool */ /* without a wait */ Console.WriteLine(text); // done
            }
        }
        """);
}
