namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0020BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task What_is_closed_is_said_before_what_is_unobserved() => Check(
        """
        class C
        {
            void M()
            {
                using var stream = new MemoryStream();
                {|AP0020:stream.FlushAsync()|};
                {|AP0007:F()|};
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
