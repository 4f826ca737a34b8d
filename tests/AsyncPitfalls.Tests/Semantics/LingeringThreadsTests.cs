using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class LingeringThreadsTests
{
    [Theory]
    [InlineData("var t = [|new Thread(() => Dispatcher.Run())|]; t.Start();", true)]
    [InlineData("[|new Thread(Dispatcher.Run)|].Start();", true)]
    [InlineData("var t = [|new Thread(() => Dispatcher.Run())|]; t.IsBackground = false; t.Start();", true)]
    [InlineData("var t = [|new Thread(() => Dispatcher.Run())|] ; t.IsBackground = true; t.Start();", false)]
    [InlineData("var t = [|new Thread(() => Dispatcher.Run()) { IsBackground = true }|]; t.Start();", false)]
    [InlineData("var t = [|new Thread(() => { Dispatcher.CurrentDispatcher.BeginInvokeShutdown(DispatcherPriority.Normal); Dispatcher.Run(); })|]; t.Start();", false)]
    [InlineData("var t = [|new Thread(() => { })|]; t.Start();", false)]
    public async Task A_thread_that_runs_a_dispatcher_until_nobody_ends_it_is_found(string body, bool isLingering)
    {
        var snippet = await Snippet.CompileAsync($"using System.Windows.Threading;\nclass C {{ public void M() {{ {body} }} }}", Setup.Desktop);
        Assert.Equal(isLingering, snippet.Model.LingeringThreads.Is(Assert.IsAssignableFrom<IObjectCreationOperation>(snippet.Operation), default));
    }
}
