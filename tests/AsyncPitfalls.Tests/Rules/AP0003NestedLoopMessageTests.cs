using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0003NestedLoopMessageTests() : RuleTest(new AP0003NestedLoopAnalyzer())
{
    private const string Work = "\n=== Test/W.cs\nstatic class H { public static void RunSync(Func<Task> f) => f().Wait(); }\nstatic class Work { public static Task F() => Task.Delay(1); }\n";

    private const string NoTask = "await the work itself";

    [Theory]
    [InlineData("class C { async Task M() { async Task L() { await Work.F(); H.RunSync(Work.F); } await L(); } }", "async 'L'", "its thread")]
    [InlineData("class C { Func<Task> f = async () => { await Work.F(); H.RunSync(Work.F); }; }", "an async lambda", "its thread")]
    [InlineData("class C { Func<Task> f = async delegate { await Work.F(); H.RunSync(Work.F); }; }", "an async lambda", "its thread")]
    [InlineData("await Work.F(); H.RunSync(Work.F);", "top-level statements that await", "its thread")]
    [InlineData("class C { void M() => AsyncContext.Run(() => H.RunSync(Work.F)); }", "the delegate of 'AsyncContext.Run'", "the loop that runs it")]
    [InlineData("class C { void M() => AsyncContext.Run(async () => { await Work.F(); H.RunSync(Work.F); }); }", "the delegate of 'AsyncContext.Run'", "the loop that runs it")]
    [InlineData("class C { void M() => AsyncContext.Run(Inner); void Inner() => H.RunSync(Work.F); }", "the delegate of 'AsyncContext.Run'", "the loop that runs it")]
    public async Task It_says_what_is_blocked(string code, string place, string blocked)
    {
        var finding = (await Findings("using Nito.AsyncEx;\n" + code + Work + Stubs.Nito)).Single();
        Assert.Equal($"'H.RunSync' starts a loop inside {place} and blocks {blocked} until that loop ends; {NoTask}", finding.GetMessage());
    }

    [Theory]
    [InlineData("using System.Windows; class C { void Button_Click(object sender, RoutedEventArgs e) => H.RunSync(Work.F); }", "a UI event handler", "the UI loop", NoTask)]
    [InlineData("using System.Windows; class C { async void Button_Click(object sender, RoutedEventArgs e) { await Work.F(); H.RunSync(Work.F); } }", "a UI event handler", "the UI loop", NoTask)]
    [InlineData("using System.Windows.Forms; class C { void M(Button b) => b.Click += (s, e) => Application.DoEvents(); }", "a UI event handler", "the UI loop", "yield with await, and let the loop that runs already do it")]
    [InlineData("using System.Windows.Threading; class C { async Task M() { await Work.F(); Dispatcher.Run(); } }", "async 'M'", "its thread", "start it where no loop runs yet")]
    public async Task It_says_what_to_do_instead_in_desktop_programs(string code, string place, string blocked, string instead)
    {
        var finding = (await Findings(code + Work, Setup.Desktop)).Single();
        Assert.EndsWith($"starts a loop inside {place} and blocks {blocked} until that loop ends; {instead}", finding.GetMessage());
    }

    [Theory]
    [InlineData("public class S : Microsoft.AspNetCore.Mvc.ControllerBase { public void Get() => H.RunSync(Work.F); }", "a request handler", NoTask)]
    [InlineData("class S : IHostedService { public Task StartAsync(CancellationToken t) => Work.F(); public Task StopAsync(CancellationToken t) { H.RunSync(Work.F); return Work.F(); } }", "a hosted service", NoTask)]
    [InlineData("class S { async Task M(IHost host) { await Work.F(); host.Run(); } }", "async 'M'", "await 'RunAsync'")]
    [InlineData("class S { async Task M(IHost host) { await Work.F(); host.WaitForShutdown(); } }", "async 'M'", "await 'WaitForShutdownAsync'")]
    public async Task It_says_what_to_do_instead_in_hosts(string code, string place, string instead)
    {
        var finding = (await Findings("using Microsoft.Extensions.Hosting;\n" + code + Work, Setup.AspNet)).Single();
        Assert.EndsWith($"starts a loop inside {place} and blocks its thread until that loop ends; {instead}", finding.GetMessage());
    }

    [Fact]
    public async Task The_runner_around_and_the_runner_that_is_called_are_shown_where_they_are_written()
    {
        var finding = (await Findings("using Nito.AsyncEx;\nclass C { void M() => AsyncContext.Run(() => H.RunSync(Work.F)); }" + Work + Stubs.Nito)).Single();
        Assert.Equal(
            ["RunSync in W.cs", "Run in Test.cs"],
            finding.AdditionalLocations.Select(place => $"{place.SourceTree!.GetText().GetSubText(place.SourceSpan)} in {Path.GetFileName(place.SourceTree.FilePath)}"));
    }
}
