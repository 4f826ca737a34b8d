namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0018BeforeAP0003Tests : PrecedenceTest
{
    [Fact]
    public Task Nested_loop_that_never_ends_is_no_plain_nested_loop() => Check(
        """
        class C
        {
            async Task A()
            {
                await Task.Yield();
                Nito.AsyncEx.AsyncContext.{|AP0018:Run|}(() => RunAsync());
                Console.WriteLine();
            }

            async Task B()
            {
                await Task.Yield();
                Nito.AsyncEx.AsyncContext.{|AP0003:Run|}(() => RunAsync());
            }

            static async Task RunAsync() { {|AP0019:while|} (true) await Task.Delay(1); }
        }
        """ + Stubs.Nito);
}
