namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0026BeforeAP0027Tests : PrecedenceTest
{
    [Fact]
    public Task An_override_that_never_awaits_lets_nothing_escape_later() => Check(
        """
        abstract class B { public abstract void M(); }
        class C : B { public override async void {|AP0026:M|}() { } }
        class D : B { public override async void {|AP0027:M|}() => await Task.Delay(1); }
        """);
}
