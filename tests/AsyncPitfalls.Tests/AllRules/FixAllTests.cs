using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>What hosts ask of Fix All beside the key of an action that they were offered.</summary>
public sealed class FixAllTests
{
    [Fact]
    public async Task Without_a_key_all_that_can_be_mended_is()
    {
        var markup = Markup.Parse(
            """
            class C
            {
                readonly object gate = new();
                int First(Task<int> t) { lock (gate) return t.Result; }
                async Task<int> Second(Task<int> t) => await t + t.ContinueWith(x => 1).Result;
            }
            """,
            "AP0002");
        var test = new Case(new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix(), markup, null, null, Setup.Default);
        var mended = await OwnEngine.FixAllAsync(Workspaces.Create(markup.Files, test.Setup), FixAllScope.Solution, test, key: null);
        var text = (await mended.Projects.Single().Documents.Single(document => document.Name == "Test.cs").GetTextAsync()).ToString();
        Assert.Contains("return t.Result;", text);
        Assert.Contains("await t + await t.ContinueWith(x => 1);", text);
    }
}
