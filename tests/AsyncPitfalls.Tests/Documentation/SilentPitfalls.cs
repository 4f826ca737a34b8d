namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The rules of which no output can show the pitfall, and why; their pages say so in these words.</summary>
public static class SilentPitfalls
{
    private static readonly Dictionary<string, (string English, string Chinese)> Reasons = new()
    {
        ["AP0026"] = (
            "No output can show the difference: the needless `async` costs a state machine for each call, and nothing else.",
            "任何输出都看不出区别：多余的 `async` 只是让每次调用多出一个状态机，此外没有别的影响。"),
    };

    /// <summary>Why no output can show the pitfall of a page; null where the page shows it.</summary>
    public static string? ReasonOf(Page page) =>
        Reasons.TryGetValue(page.RuleId, out var reason) ? Page.IsChinese(page.Path) ? reason.Chinese : reason.English : null;
}
