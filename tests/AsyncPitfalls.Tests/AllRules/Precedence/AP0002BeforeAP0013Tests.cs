namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0002BeforeAP0013Tests : PrecedenceTest
{
    [Fact]
    public Task Wait_for_a_task_is_no_plain_blocking_call() => Check(
        """
        class C
        {
            private volatile bool ready;

            async Task M(Task task, Task other, Task third)
            {
                await Task.Yield();
                SpinWait.{|AP0002:SpinUntil|}(() => task.IsCompleted);
                SpinWait.{|AP0013:SpinUntil|}(() => ready);
                ((IAsyncResult)other).AsyncWaitHandle.{|AP0002:WaitOne|}();
                while (!third.{|AP0002:IsCompleted|})
                    Thread.Sleep(10);
                while (!ready)
                    Thread.{|AP0013:Sleep|}(10);
            }
        }
        """);
}
