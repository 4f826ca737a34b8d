namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0010BeforeAP0006Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_a_callback_loses_is_the_callbacks() => Check(
        """
        var numbers = new List<int>();
        numbers.ForEach({|AP0010:number =>|} F(number));
        {|AP0006:F(1)|};
        await F(2);

        static async Task F(int number) => await Task.Delay(number);
        """);
}
