namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0010Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_of_a_task_that_is_the_body_of_a_lambda_is_said_to_be_that() => Check(
        """
        class C
        {
            Action nested = () => {|AP0011:Task.Factory.StartNew(F)|};
            Action plain = {|AP0010:() =>|} Task.Run(F);

            static async Task F() => await Task.Delay(1);
        }
        """);
}
