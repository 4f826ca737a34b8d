namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task Offloaded_logging_is_not_only_unobserved() => Check(
        """
        class C
        {
            void M()
            {
                {|AP0005:Task.Run(() => Console.WriteLine())|};
                {|AP0007:Task.Run(() => Environment.Exit(1))|};
            }
        }
        """);
}
