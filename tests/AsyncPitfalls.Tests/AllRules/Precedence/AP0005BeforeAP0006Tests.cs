namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0006Tests : PrecedenceTest
{
    [Fact]
    public Task Offloaded_logging_is_not_lost() => Check(
        """
        {|AP0005:Task.Run(() => Console.WriteLine())|};
        _ = {|AP0005:Task.Run(() => Console.WriteLine())|};
        var logging = {|AP0005:Task.Run(() => Console.WriteLine())|};
        {|AP0005:Task.Factory.StartNew(() => Console.WriteLine())|};
        _ = {|AP0006:Task.Run(() => Environment.Exit(1))|};
        """);
}
