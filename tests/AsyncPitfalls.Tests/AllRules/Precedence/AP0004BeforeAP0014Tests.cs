namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0004BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task Waiting_for_another_loop_is_no_call_that_blocks_further_down() => Check(
        """
        using System.Windows.Forms;

        class Panel : Control
        {
            public new object Invoke(Delegate work) => base.Invoke(work);

            public void Show(Action work) => Invoke(work);

            async Task M()
            {
                await Task.Yield();
                {|AP0004:Invoke|}(new Action(() => { }));
                {|AP0014:Show|}(() => { });
            }
        }
        """, Setup.Desktop);
}
