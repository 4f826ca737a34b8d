namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0011BeforeAP0020Tests : PrecedenceTest
{
    [Fact]
    public Task A_returned_task_of_a_task_is_not_only_closed_early() => Check(
        """
        class C
        {
            Task M()
            {
                using var stream = new MemoryStream();
                return {|AP0011:Task.Factory.StartNew(async () => await stream.FlushAsync())|};
            }

            Task N()
            {
                using var stream = new MemoryStream();
                return {|AP0020:Task.Run(async () => await stream.FlushAsync())|};
            }
        }
        """);
}
