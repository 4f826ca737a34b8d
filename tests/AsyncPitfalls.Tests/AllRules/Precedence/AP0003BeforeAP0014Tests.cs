namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0003BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task A_nested_loop_is_no_call_that_blocks_further_down() => Check(
        """
        class C
        {
            static void RunSync(Func<Task> work) => Task.Run(work).Wait();

            static void Save() => RunSync(() => Task.Delay(1));

            async Task M()
            {
                await Task.Yield();
                {|AP0003:RunSync|}(() => Task.Delay(1));
                {|AP0014:Save|}();
            }
        }
        """);
}
