namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0006BeforeAP0008Tests : PrecedenceTest
{
    [Fact]
    public Task What_ends_with_the_program_is_not_only_left() => Check(
        """
        static class Program
        {
            static async Task Main(string[] args)
            {
                var lost = {|AP0006:F()|};
                if (args.Length == 0)
                    return;
                await lost;
                await Other(args);
            }

            public static async Task Other(string[] args)
            {
                var left = {|AP0008:F()|};
                if (args.Length == 0)
                    return;
                await left;
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
