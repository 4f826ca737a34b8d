namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0011Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_of_a_task_that_nobody_starts_is_said_to_be_that() => Check(
        """
        class C
        {
            async Task M()
            {
                await {|AP0012:new|} Task<Task>(F);

                var started = {|AP0011:new Task<Task>(F)|};
                started.Start();
                await started;
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
