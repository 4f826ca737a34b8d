namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0005Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_would_only_log_is_never_started() => Check(
        """
        class C
        {
            async Task M()
            {
                await {|AP0012:new|} Task(() => Console.WriteLine());
                {|AP0005:await Task.Run(() => Console.WriteLine())|};
            }
        }
        """);
}
