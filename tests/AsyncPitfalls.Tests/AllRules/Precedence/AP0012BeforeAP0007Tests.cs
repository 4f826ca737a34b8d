namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_nobody_starts_is_not_only_unobserved() => Check(
        """
        class C
        {
            void M()
            {
                {|AP0012:new|} Task(() => Environment.Exit(1));
                {|AP0007:Task.Run(() => Environment.Exit(1))|};
            }
        }
        """);
}
