namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0016BeforeAP0013Tests : PrecedenceTest
{
    [Fact]
    public Task Lock_that_is_held_over_an_await_is_no_plain_blocking_call() => Check(
        """
        class C
        {
            private readonly Mutex held = new();
            private readonly Mutex released = new();

            async Task M()
            {
                await Task.Yield();
                released.{|AP0013:WaitOne|}();
                released.ReleaseMutex();
                {|AP0016:held.WaitOne()|};
                await Task.Yield();
                held.ReleaseMutex();
            }
        }
        """);
}
