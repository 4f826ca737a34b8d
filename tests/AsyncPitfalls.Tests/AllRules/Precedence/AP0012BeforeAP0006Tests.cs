namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0006Tests : PrecedenceTest
{
    [Fact]
    public Task A_dropped_task_that_nobody_starts_cannot_be_lost() => Check(
        """
        _ = {|AP0012:new|} Task(() => Environment.Exit(1));
        _ = {|AP0006:Task.Run(() => Environment.Exit(1))|};
        """);
}
