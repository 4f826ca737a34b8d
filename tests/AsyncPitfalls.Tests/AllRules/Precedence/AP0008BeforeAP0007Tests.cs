namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0008BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task What_one_path_awaits_is_not_unobserved() => Check(
        """
        class C
        {
            async Task M(bool b)
            {
                var left = {|AP0008:F()|};
                if (b)
                    return;
                await left;
                var overwritten = {|AP0008:F()|};
                if (DateTime.Now.Hour > 3)
                    overwritten = F();
                await overwritten;
                var unread = {|AP0007:F()|};
            }

            static async Task F() => await Task.Delay(1);
        }
        """);
}
