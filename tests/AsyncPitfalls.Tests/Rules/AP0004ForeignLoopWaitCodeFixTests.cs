using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0004ForeignLoopWaitCodeFixTests() : RuleTest(new AP0004ForeignLoopWaitAnalyzer(), new AP0004ForeignLoopWaitCodeFix())
{
    [Theory]
    [InlineData("d.[|Invoke|](F);", "await d.InvokeAsync(F);")]
    [InlineData("d.[|Invoke|](() => { F(); });", "await d.InvokeAsync(() => { F(); });")]
    [InlineData("d?.[|Invoke|](F);", "", true)]
    [InlineData("var x = d.[|Invoke|](() => 1) + 1;", "var x = await d.InvokeAsync(() => 1) + 1;")]
    [InlineData("var x = d.[|Invoke|]<int>(() => 1).ToString();", "var x = (await d.InvokeAsync<int>(() => 1)).ToString();")]
    [InlineData("d.[|Invoke|](F, DispatcherPriority.Background);", "await d.InvokeAsync(F, DispatcherPriority.Background);")]
    [InlineData("d.[|Invoke|](DispatcherPriority.Background, new Action(F));", "await d.InvokeAsync(F, DispatcherPriority.Background);")]
    [InlineData("d.[|Invoke|](DispatcherPriority.Background, (Action)(() => F()));", "await d.InvokeAsync(() => F(), DispatcherPriority.Background);")]
    [InlineData("d.[|Invoke|](new Action(F));", "await d.InvokeAsync(new Action(F));")]
    [InlineData("d.[|Invoke|]((System.Windows.Forms.MethodInvoker)delegate { F(); });", "await d.InvokeAsync(delegate { F(); });")]
    [InlineData("d.InvokeAsync(F).[|Wait|]();", "await d.InvokeAsync(F);")]
    [InlineData("d.InvokeAsync(F).Task.[|Wait|]();", "await d.InvokeAsync(F).Task;")]
    [InlineData("var x = d.InvokeAsync(() => 1).[|Result|] + 1;", "var x = await d.InvokeAsync(() => 1) + 1;")]
    [InlineData("var x = d.InvokeAsync(() => 1).Task.[|Result|];", "var x = await d.InvokeAsync(() => 1).Task;")]
    [InlineData("d.InvokeAsync(F).GetAwaiter().[|GetResult|]();", "await d.InvokeAsync(F);")]
    [InlineData("d.InvokeAsync(F).Task.ConfigureAwait(false).GetAwaiter().[|GetResult|]();", "await d.InvokeAsync(F).Task.ConfigureAwait(false);")]
    [InlineData("var o = d.InvokeAsync(F); o.[|Wait|]();", "var o = d.InvokeAsync(F); await o;")]
    [InlineData("Task.[|WaitAll|](d.InvokeAsync(F).Task, Task.Run(F));", "await Task.WhenAll(d.InvokeAsync(F).Task, Task.Run(F));")]
    public Task The_work_is_awaited(string before, string after, bool isWithout = false) => isWithout
        ? OffersNoFix(Wpf(before), setup: Setup.Desktop)
        : Fixes(Wpf(before), Wpf(after), setup: Setup.Desktop);

    [Theory]
    [InlineData("void M(Dispatcher d) { d.InvokeAsync(F).[|Wait|](); }", "async Task M(Dispatcher d) { await d.InvokeAsync(F); }")]
    [InlineData("int M(Dispatcher d) => d.InvokeAsync(() => 1).[|Result|];", "async Task<int> M(Dispatcher d) => await d.InvokeAsync(() => 1);")]
    [InlineData("void M(Dispatcher d) { int L() => d.InvokeAsync(() => 1).[|Result|]; _ = L(); }", "async Task M(Dispatcher d) { async Task<int> L() => await d.InvokeAsync(() => 1); _ = await L(); }")]
    [InlineData("void Button_Click(object sender, RoutedEventArgs e) { d.InvokeAsync(F).[|Wait|](); }", "async void Button_Click(object sender, RoutedEventArgs e) { await d.InvokeAsync(F); }")]
    public Task Synchronous_functions_become_async(string before, string after) => Fixes(
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ static Dispatcher d = null!; static void F() {{ }} {before} }}",
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ static Dispatcher d = null!; static void F() {{ }} {after} }}",
        setup: Setup.Desktop);

    [Theory]
    [InlineData("c.[|Invoke|](F);", "await c.InvokeAsync(F);")]
    [InlineData("c.[|Invoke|](() => F());", "await c.InvokeAsync(() => F());")]
    [InlineData("var x = c.[|Invoke|](() => 1) + 1;", "var x = await c.InvokeAsync(() => 1) + 1;")]
    [InlineData("c.[|Invoke|]((Delegate)new Action(F));", "await c.InvokeAsync(F);")]
    [InlineData("c.[|EndInvoke|](c.BeginInvoke(F));", "await c.InvokeAsync(F);")]
    [InlineData("c.InvokeAsync(F).[|Wait|]();", "await c.InvokeAsync(F);")]
    public Task Windows_Forms_with_InvokeAsync(string before, string after) => Fixes(
        $"using System.Windows.Forms;\nclass C {{ static void F() {{ }} async Task M(Control c) {{ await Task.Yield(); {before} }} }}" + Stubs.WindowsForms,
        $"using System.Windows.Forms;\nclass C {{ static void F() {{ }} async Task M(Control c) {{ await Task.Yield(); {after} }} }}" + Stubs.WindowsForms);

    [Theory]
    [InlineData("Dispatcher.UIThread.[|Invoke|](F);", "await Dispatcher.UIThread.InvokeAsync(F);")]
    [InlineData("var x = Dispatcher.UIThread.[|Invoke|](() => 1) + 1;", "var x = await Dispatcher.UIThread.InvokeAsync(() => 1) + 1;")]
    [InlineData("Dispatcher.UIThread.InvokeAsync(F).[|Wait|]();", "await Dispatcher.UIThread.InvokeAsync(F);")]
    [InlineData("Dispatcher.UIThread.InvokeAsync(F).GetTask().[|Wait|]();", "await Dispatcher.UIThread.InvokeAsync(F).GetTask();")]
    public Task Avalonia(string before, string after) => Fixes(
        $"using Avalonia.Threading;\nclass C {{ static void F() {{ }} async Task M() {{ await Task.Yield(); {before} }} }}" + Stubs.Avalonia,
        $"using Avalonia.Threading;\nclass C {{ static void F() {{ }} async Task M() {{ await Task.Yield(); {after} }} }}" + Stubs.Avalonia);

    [Theory]
    [InlineData("s.[|Send|](_ => F(), null);", "s.Post(_ => F(), null);")]
    [InlineData("s?.[|Send|](_ => F(), null);", "s?.Post(_ => F(), null);")]
    [InlineData("s.[|Send|](G, null);", "s.Post(G, null);")]
    [InlineData("s.[|Send|](_ => P = 1, null); F();", "s.Post(_ => P = 1, null); F();")]
    [InlineData("var n = 1; s.[|Send|](_ => P = n, null);", "var n = 1; s.Post(_ => P = n, null);")]
    public Task Send_becomes_Post(string before, string after) => Fixes(Context(before), Context(after), "AP0004_Post");

    [Theory]
    [InlineData("var n = 0; s.[|Send|](_ => n = 1, null); Console.WriteLine(n);")]
    [InlineData("s.[|Send|](_ => P = 1, null); Console.WriteLine(P);")]
    [InlineData("try { s.[|Send|](_ => F(), null); } catch (Exception) { }")]
    [InlineData("using var x = new StringReader(\"\"); s.[|Send|](_ => x.Read(), null);")]
    [InlineData("using (var x = new StringReader(\"\")) s.[|Send|](_ => x.Read(), null);")]
    public Task Send_stays_where_its_completion_is_used(string statement) => OffersNoFix(Context(statement));

    [Theory]
    [InlineData("d.[|Invoke|](F, DispatcherPriority.Normal, CancellationToken.None, TimeSpan.FromSeconds(1));")]
    [InlineData("d.[|Invoke|](new Action<int>(x => { }), 1);")]
    [InlineData("d.InvokeAsync(F).[|Wait|](TimeSpan.FromSeconds(1));")]
    [InlineData("d.InvokeAsync(F).Task.[|Wait|](100);")]
    [InlineData("var x = d.InvokeAsync(F).[|Result|];")]
    [InlineData("lock (d) { d.[|Invoke|](F); }")]
    [InlineData("new System.Windows.Forms.Control().[|Invoke|](new Action(F));")]
    [InlineData("var t = new Thread(Dispatcher.Run); t.Start(); t.[|Join|]();")]
    public Task Nothing_is_offered_where_nothing_is_right(string statement) => OffersNoFix(Wpf(statement), setup: Setup.Desktop);

    [Fact]
    public async Task The_titles_say_what_is_done()
    {
        Assert.Equal(["Await 'InvokeAsync'"], await Titles(Wpf("d.[|Invoke|](F);"), Setup.Desktop));
        Assert.Equal(["Hand it over with 'Post' and go on"], await Titles(Context("s.[|Send|](_ => F(), null);")));
    }

    private static string Wpf(string statement) =>
        $"using System.Windows;\nusing System.Windows.Threading;\nclass C {{ static void F() {{ }} async Task M(Dispatcher d) {{ await Task.Yield(); {statement} }} }}";

    private static string Context(string statement) =>
        $"class C {{ int P {{ get; set; }} static void F() {{ }} static void G(object? state) {{ }} async Task M(SynchronizationContext s) {{ await Task.Yield(); {statement} }} }}";
}
