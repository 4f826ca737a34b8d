namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0020BeforeAP0008Tests : PrecedenceTest
{
    [Fact]
    public Task What_is_closed_is_not_only_left() => Check(
        """
        class C
        {
            async Task M(bool b, Stream other)
            {
                using var stream = File.OpenRead("a");
                var closed = {|AP0020:stream.CopyToAsync(Stream.Null)|};
                if (b)
                    return;
                await closed;
                var left = {|AP0008:other.FlushAsync()|};
                if (DateTime.Now.Hour > 3)
                    return;
                await left;
            }
        }
        """);
}
