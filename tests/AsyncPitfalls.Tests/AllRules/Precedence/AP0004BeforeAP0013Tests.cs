namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0004BeforeAP0013Tests : PrecedenceTest
{
    [Fact]
    public Task Join_of_a_thread_that_runs_a_loop_is_no_plain_blocking_call() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            async Task M(Thread other)
            {
                await Task.Yield();
                var thread = new Thread(() => Dispatcher.Run()) { IsBackground = true };
                thread.Start();
                thread.{|AP0004:Join|}();
                other.{|AP0013:Join|}();
            }
        }
        """, Setup.Desktop);
}
