namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0010BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_a_callback_drops_is_the_callbacks() => Check(
        """
        class C
        {
            void M(List<int> numbers)
            {
                numbers.ForEach({|AP0010:number =>|} F(number));
                numbers.ForEach(number => { {|AP0007:F(number)|}; });
            }

            static async Task F(int number) => await Task.Delay(number);
        }
        """);
}
