namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task A_dropped_task_of_a_task_is_not_only_unobserved() => Check(
        """
        class C
        {
            void M()
            {
                {|AP0011:Task.Factory.StartNew(F)|};
                var unread = {|AP0011:F().ContinueWith(async t => await t)|};
                {|AP0007:Task.Run(F)|};
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
