namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0008Tests : PrecedenceTest
{
    [Fact]
    public Task Offloaded_logging_is_not_only_left() => Check(
        """
        class C
        {
            async Task M(bool b)
            {
                var logging = {|AP0005:Task.Run(() => Console.WriteLine())|};
                if (b)
                    return;
                await logging;
                var work = {|AP0008:Task.Run(() => Environment.Exit(1))|};
                if (DateTime.Now.Hour > 3)
                    return;
                await work;
            }
        }
        """);
}
