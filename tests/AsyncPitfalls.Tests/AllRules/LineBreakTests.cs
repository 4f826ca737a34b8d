using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Fixes keep a file's line breaks where nothing else is configured.</summary>
public sealed class LineBreakTests
{
    private const string Code =
        """
        static class AsyncHelper
        {
            public static void RunSync(Func<Task> work) => work().GetAwaiter().GetResult();
        }

        class C
        {
            async Task M()
            {
                await Task.Yield();
                AsyncHelper.RunSync(async () =>
                {
                    await Task.Delay(1);
                    await Task.Delay(2);
                });
                Console.WriteLine();
            }
        }

        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Line_breaks_stay_what_they_are(string lineBreak)
    {
        var files = Markup.Parse(Code.Replace("\n", lineBreak), "AP0003").Files;
        var solution = Workspaces.Create(files, Setup.Default);
        var actions = await OwnEngine.ActionsAsync(solution, new AP0003NestedLoopAnalyzer(), new AP0003NestedLoopCodeFix());
        var mended = await OwnEngine.ApplyAsync(actions[0]);
        var text = (await mended.Projects.Single().Documents.Single(document => document.Name == "Test.cs").GetTextAsync()).ToString();
        Assert.DoesNotContain("RunSync(async", text);
        Assert.DoesNotContain(text.Replace(lineBreak, ""), character => character is '\r' or '\n');
    }
}
