namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0002Tests : PrecedenceTest
{
    [Fact]
    public Task Offloaded_logging_is_not_waited_for() => Check(
        """
        class C
        {
            void M()
            {
                {|AP0005:Task.Run(() => Console.WriteLine())|}.Wait();
                {|AP0005:Task.Run(() => Console.WriteLine())|}.GetAwaiter().GetResult();
                Task.WaitAll({|AP0005:Task.Run(() => Console.WriteLine())|});
                Task.Run(() => Environment.Exit(1)).{|AP0002:Wait|}();
            }
        }
        """);
}
