using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0004ForeignLoopMessageTests() : RuleTest(new AP0004ForeignLoopWaitAnalyzer())
{
    [Theory]
    [InlineData("async Task M(Dispatcher d) { await Task.Yield(); d.Invoke(F); }", "'Invoke'", "the loop of another thread has run what 'Dispatcher.Invoke' hands over to it", "await 'InvokeAsync', or hand it over with 'BeginInvoke' or 'Post'", "")]
    [InlineData("async Task M(SynchronizationContext c) { await Task.Yield(); c.Send(_ => F(), null); }", "'Send'", "the synchronization context has run the delegate", "use 'Post', or await a task that the delegate completes", "")]
    [InlineData("void M(Dispatcher d) { d.InvokeAsync(F).Task.Wait(); }", "'Wait'", "the loop of another thread has run what 'Dispatcher.InvokeAsync' hands over to it", "await it", "InvokeAsync")]
    [InlineData("int M(DispatcherOperation<int> o) => o.Result;", "'Result'", "the dispatcher has run the operation", "await it", "o")]
    [InlineData("void M(System.Windows.Forms.Control c) { var r = c.BeginInvoke(new Action(F)); c.EndInvoke(r); }", "'EndInvoke'", "the loop of another thread has run what 'Control.BeginInvoke' hands over to it", "await the work, or go on in what is handed over", "BeginInvoke")]
    [InlineData("void M() { var t = new Thread(Dispatcher.Run); t.Start(); t.Join(); }", "'Join'", "the loop that the other thread runs in 'Dispatcher.Run' ends", "complete a task when the loop ends, and await that", "Run")]
    [InlineData("void M() { var t = new Thread(() => new System.Windows.Application().Run()); t.Start(); t.Join(); }", "'Join'", "the loop that the other thread runs in 'Application.Run' ends", "complete a task when the loop ends, and await that", "Run")]
    public async Task It_says_what_is_waited_for_and_what_to_do_instead(string member, string name, string loop, string instead, string related)
    {
        var finding = (await Findings($"using System.Windows.Threading;\nclass C {{ static void F() {{ }} {member} }}", Setup.Desktop)).Single();
        Assert.Equal($"{name} blocks this thread until {loop}; {instead}", finding.GetMessage());
        Assert.Equal(related, string.Concat(finding.AdditionalLocations.Select(place => place.SourceTree!.GetText().GetSubText(place.SourceSpan))));
    }
}
