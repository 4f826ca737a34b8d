using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>The option <c>async_pitfalls.fix_async_suffix</c>, set for one rule.</summary>
public sealed class AsyncSuffixRuleTests
{
    private const string Work = "async Task Work() { await Task.Delay(1); }";

    [Theory]
    [InlineData("AP0002", "class C { void Run() { Task.Delay(1).Wait(); } }")]
    [InlineData("AP0003", "class C : Microsoft.AspNetCore.Mvc.ControllerBase { public int Run() => Loop.Start(() => Task.FromResult(1)); } static class Loop { public static int Start(Func<Task<int>> work) => work().GetAwaiter().GetResult(); }")]
    [InlineData("AP0004", "using System.Windows.Threading; class C { void Run(Dispatcher dispatcher) { dispatcher.InvokeAsync(() => { }).Task.Wait(); } }")]
    [InlineData("AP0006", "static class C { static void Main() { Run(); } static void Run() { Work(); } static " + Work + " }")]
    [InlineData("AP0007", "class C { void Run() { Work(); } " + Work + " }")]
    [InlineData("AP0009", "class C { async void Run() { await Task.Delay(1); } }")]
    [InlineData("AP0010", "class C { void Start() { Task.Run(Run); } async void Run() { await Task.Delay(1); } }")]
    [InlineData("AP0011", "class C { void Run() { Task.Factory.StartNew(async () => await Work()); } " + Work + " }", "AP0011_Await")]
    [InlineData("AP0014", "class C { async Task Start() { await Task.Yield(); Run(); } void Run() { Task.Delay(1).Wait(); } }")]
    [InlineData("AP0018", "class C { void Run() { Listen().Wait(); Console.WriteLine(); } async Task Listen() { while (true) await Task.Delay(1); } }")]
    [InlineData("AP0020", "class C { void Run() { using var file = File.OpenRead(\"a\"); _ = file.CopyToAsync(Stream.Null); } }")]
    [InlineData("AP0021", "class C { void Run() { var n = 0; var task = Task.Run(async () => { await Task.Yield(); n = 1; }); Console.WriteLine(n); } }")]
    public async Task It_names_what_the_fix_of_that_rule_makes_async(string rule, string code, string? idea = null)
    {
        Assert.Contains("RunAsync", await MendedAsync(rule, code, idea, $"async_pitfalls.{rule}.fix_async_suffix = true"), StringComparison.Ordinal);
        Assert.Contains("RunAsync", await MendedAsync(rule, code, idea, "async_pitfalls.fix_async_suffix = true"), StringComparison.Ordinal);
        Assert.DoesNotContain("RunAsync", await MendedAsync(rule, code, idea, $"async_pitfalls.fix_async_suffix = true\nasync_pitfalls.{rule}.fix_async_suffix = false"), StringComparison.Ordinal);
    }

    private static async Task<string> MendedAsync(string rule, string code, string? idea, string editorConfig)
    {
        Assert.Contains(rule, FixOptions.AsyncSuffix.Rules);
        var setup = (code.Contains("System.Windows", StringComparison.Ordinal) ? Setup.Desktop : Setup.AspNet) with { EditorConfig = editorConfig };
        var analyzer = Package.Analyzers.Single(known => known.SupportedDiagnostics[0].Id == rule);
        var fix = Package.CodeFixes.Single(known => known.FixableDiagnosticIds.Contains(rule));
        var markup = Markup.Parse(code, rule);
        var mended = await OwnEngine.FixAllAsync(Workspaces.Create(markup.Files, setup), FixAllScope.Document, new Case(analyzer, fix, markup, null, idea, setup));
        var text = (await mended.Projects.Single().Documents.Single(document => document.Name == "Test.cs").GetTextAsync()).ToString();
        Assert.NotEqual(code, text);
        return text;
    }
}
