namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0004BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task Waiting_for_another_loop_is_no_missed_sibling() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            async Task M(Dispatcher dispatcher, StreamReader reader)
            {
                await Task.Delay(1);
                dispatcher.{|AP0004:Invoke|}(() => { });
                if (dispatcher.CheckAccess())
                    dispatcher.Invoke(() => { });
                Console.WriteLine(reader.{|AP0028:ReadToEnd|}());
            }
        }
        """, Setup.Desktop);
}
