namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task Logging_that_is_sent_away_in_a_member_is_no_chain() => Check(
        """
        class C
        {
            static void Log() => {|AP0005:Task.Run(() => Console.WriteLine())|}.Wait();

            static void Save() => Task.Run(() => Environment.Exit(1)).{|AP0002:Wait|}();

            async Task M()
            {
                await Task.Yield();
                Log();
                {|AP0014:Save|}();
            }
        }
        """);
}
