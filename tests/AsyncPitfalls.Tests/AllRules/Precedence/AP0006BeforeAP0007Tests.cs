namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0006BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task What_is_lost_at_the_end_is_not_only_unobserved() => Check(
        """
        static class Program
        {
            static async Task Main()
            {
                var unread = {|AP0006:F()|};
                await F();
            }

            public static void Other()
            {
                var unread = {|AP0007:F()|};
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
