namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0013BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task What_always_blocks_is_no_call_that_blocks_further_down() => Check(
        """
        class Signal : WaitHandle
        {
            public override bool WaitOne()
            {
                Thread.Sleep(1);
                return true;
            }

            public void Save() => Thread.Sleep(1);
        }

        class C
        {
            async Task M(Signal signal)
            {
                await Task.Yield();
                signal.{|AP0013:WaitOne|}();
                signal.{|AP0014:Save|}();
            }
        }
        """);
}
