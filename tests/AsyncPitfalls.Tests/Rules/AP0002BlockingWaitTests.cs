using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0002BlockingWaitTests() : RuleTest(new AP0002BlockingWaitAnalyzer())
{
    [Fact]
    public Task Result_of_a_task_is_found() => Reports(
        """
        class C
        {
            int M(Task<int> t) => t.[|Result|];
            string N() => nameof(Task<int>.Result);
        }
        """);
}
