namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0008Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_of_a_task_is_not_only_left() => Check(
        """
        class C
        {
            async Task M(bool b)
            {
                var nested = {|AP0011:Task.Factory.StartNew(async () => await F())|};
                if (b)
                    return;
                await nested;
                var plain = {|AP0008:F()|};
                if (DateTime.Now.Hour > 3)
                    return;
                await plain;
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
