namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0004BeforeAP0003Tests : PrecedenceTest
{
    [Fact]
    public Task Waiting_for_another_loop_in_what_acts_like_a_runner_is_no_nested_loop() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            private readonly Dispatcher dispatcher = Dispatcher.CurrentDispatcher;

            void RunOnUi(Func<Task> work) => dispatcher.InvokeAsync(work).Task.Unwrap().{|AP0004:Wait|}();

            static void RunSync(Func<Task> work) => Task.Run(work).Wait();

            async Task M()
            {
                await Task.Yield();
                {|AP0003:RunSync|}(M);
            }
        }
        """, Setup.Desktop);
}
