namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0010Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_nobody_starts_calls_no_delegate() => Check(
        """
        class C
        {
            async Task M()
            {
                await {|AP0012:new|} Task(async () => await F());

                var started = new Task({|AP0010:async () =>|} await F());
                started.Start();
                await started;
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
