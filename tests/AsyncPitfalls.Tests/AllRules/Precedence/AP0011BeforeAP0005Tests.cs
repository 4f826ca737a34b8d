namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0005Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_of_a_task_that_only_logs_is_a_task_of_a_task() => Check(
        """
        class C
        {
            void M()
            {
                _ = {|AP0011:Task.Factory.StartNew(async () => {|AP0005:await Console.Out.WriteLineAsync()|})|};
                _ = {|AP0005:Task.Factory.StartNew(() => Console.WriteLine())|};
            }
        }
        """);
}
