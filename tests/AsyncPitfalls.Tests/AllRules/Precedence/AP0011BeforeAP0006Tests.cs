namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0006Tests : PrecedenceTest
{
    [Fact]
    public Task A_dropped_task_of_a_task_is_not_only_lost() => Check(
        """
        {|AP0011:Task.Factory.StartNew(F)|};
        _ = {|AP0011:Task.Factory.StartNew(F)|};
        _ = {|AP0006:Task.Run(F)|};
        await F();

        static async Task F() => await Task.Delay(1);
        """);
}
