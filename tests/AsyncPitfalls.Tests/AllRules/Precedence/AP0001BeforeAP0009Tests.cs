namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0001BeforeAP0009Tests : PrecedenceTest
{
    [Fact]
    public Task A_method_that_never_awaits_throws_at_its_caller() => Check(
        """
        class C
        {
            async void {|AP0001:M|}() { }
            async void {|AP0009:N|}() => await Task.Delay(1);
        }
        """);
}
