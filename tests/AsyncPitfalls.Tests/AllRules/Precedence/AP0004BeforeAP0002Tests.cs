namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0004BeforeAP0002Tests : PrecedenceTest
{
    [Fact]
    public Task Waiting_for_another_loop_is_no_plain_wait() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            void M(Dispatcher dispatcher, Task other)
            {
                dispatcher.InvokeAsync(() => { }).{|AP0004:Wait|}();
                dispatcher.InvokeAsync(() => { }).Task.{|AP0004:Wait|}();
                Console.WriteLine(dispatcher.InvokeAsync(() => 1).{|AP0004:Result|});
                Console.WriteLine(dispatcher.InvokeAsync(() => 1).Task.GetAwaiter().{|AP0004:GetResult|}());
                other.{|AP0002:Wait|}();
            }
        }
        """, Setup.Desktop);
}
