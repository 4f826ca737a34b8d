namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0024Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_of_a_task_that_is_only_started_is_a_task_of_a_task() => Check(
        """
        class C
        {
            async Task M()
            {
                await {|AP0011:Task.Factory.StartNew(() => F())|};
                await {|AP0024:Task.Factory.StartNew|}(() => F()).Unwrap();
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
