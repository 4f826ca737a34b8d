namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0010BeforeAP0005Tests : PrecedenceTest
{
    [Fact]
    public Task A_lambda_whose_body_sends_logging_away_returns_nothing_to_wait_for() => Check(
        """
        class C
        {
            Action callback = {|AP0010:() =>|} Task.Run(() => Console.WriteLine());
            Func<Task> function = () => {|AP0005:Task.Run(() => Console.WriteLine())|};
        }
        """);
}
