namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0003BeforeAP0002Tests : PrecedenceTest
{
    [Fact]
    public Task A_nested_loop_is_no_plain_wait() => Check(
        """
        static class Helper
        {
            public static void Wait(Task task) => task.Wait();
            public static T RunSync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
        }

        class C
        {
            async Task<int> M()
            {
                await Task.Yield();
                Helper.{|AP0003:Wait|}(Task.Delay(1));
                Task.Delay(1).{|AP0002:Wait|}();
                return Helper.{|AP0003:RunSync|}(() => Task.FromResult(1));
            }
        }
        """);

    [Fact]
    public Task A_plain_wait_in_a_nested_loop_has_its_own_finding() => Check(
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                Nito.AsyncEx.AsyncContext.{|AP0003:Run|}(() =>
                {
                    F().{|AP0002:Wait|}();
                });
            }

            static async Task F() => await Task.Yield();
        }
        """ + Stubs.Nito);
}
