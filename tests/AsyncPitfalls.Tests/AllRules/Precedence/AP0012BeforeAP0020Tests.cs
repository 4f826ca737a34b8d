namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0012BeforeAP0020Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_nobody_starts_works_with_nothing() => Check(
        """
        class C
        {
            Task M()
            {
                using var stream = new MemoryStream();
                return {|AP0012:new|} Task(() => stream.WriteByte(1));
            }

            Task N()
            {
                using var stream = new MemoryStream();
                return {|AP0020:Task.Run(() => stream.WriteByte(1))|};
            }
        }
        """);
}
