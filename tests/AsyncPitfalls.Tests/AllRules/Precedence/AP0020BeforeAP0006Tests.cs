namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0020BeforeAP0006Tests : PrecedenceTest
{
    [Fact]
    public Task What_is_closed_is_said_before_what_is_lost() => Check(
        """
        using var stream = new MemoryStream();
        _ = {|AP0020:stream.FlushAsync()|};
        _ = {|AP0006:F()|};
        await F();

        static async Task F() => await Task.Delay(1);
        """);
}
