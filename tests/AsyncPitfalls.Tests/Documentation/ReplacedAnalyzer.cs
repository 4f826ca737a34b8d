using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>
/// Another analyzer, and which of its rules <c>AsyncPitfallsReplaces</c> turns off. Its file in <c>nuget/replaces</c> and the tables of the guide
/// are written from here.
/// </summary>
/// <param name="Name">What <c>AsyncPitfallsReplaces</c> calls it: what its ids begin with.</param>
/// <param name="Package">The package that it comes in.</param>
/// <param name="Off">Its rules that are turned off, since ours report what they do.</param>
/// <param name="On">Its rules that speak where one of ours does, and stay on for what else they find.</param>
public sealed record ReplacedAnalyzer(string Name, string Package, IReadOnlyList<ReplacedRule> Off, IReadOnlyList<ReplacedRule> On)
{
    private const string Drops = "AP0005 AP0006 AP0007 AP0010 AP0011 AP0020";

    private const string Disposed = "Ours asks whether the task uses what is disposed, and also looks at `finally`, `lock` and semaphores.";
    private const string DisposedInChinese = "我们的规则会判断任务是否使用被释放的对象，并且还检查 `finally`、`lock` 和信号量。";

    private const string Dropped = "Ours says where the task is lost, also in async functions; a drop that hands errors on is silent.";
    private const string DroppedInChinese = "我们的规则会指出任务在哪里丢失，在异步函数中也报告；把错误交给别人处理的丢弃不报告。";

    private const string Sibling = "A sibling that gains nothing or means something else (`MemoryStream`, `Console`, `Cancel`, `XmlReader`) is silent, and so is a function that returns a task without being async. AP0028 is a suggestion.";
    private const string SiblingInChinese = "没有好处或者含义不同的异步同名方法（`MemoryStream`、`Console`、`Cancel`、`XmlReader`）不报告，返回任务但并非异步的函数也不报告。AP0028 是建议。";

    private const string Void = "Event handlers, overrides and implementations of `void` members are AP0027, which is off by default.";
    private const string VoidInChinese = "事件处理程序，以及对 `void` 成员的重写和实现，由默认关闭的 AP0027 报告。";

    private const string Callback = "A lambda whose whole body is in `try`/`catch` is silent; handlers of events are AP0027, which is off by default.";
    private const string CallbackInChinese = "整个主体都在 `try`/`catch` 中的 lambda 不报告；事件处理程序由默认关闭的 AP0027 报告。";

    private const string Using = "A task that is assigned to a variable inside `using (…)` is silent.";
    private const string UsingInChinese = "在 `using (…)` 之内赋给变量的任务不报告。";

    private const string Blocking = "Tasks known to have completed are silent.";
    private const string BlockingInChinese = "已知完成的任务不报告。";

    public static IReadOnlyList<ReplacedAnalyzer> All { get; } =
    [
        new("VSTHRD", "Microsoft.VisualStudio.Threading.Analyzers",
            [
                new("VSTHRD002", "AP0002 AP0003 AP0004",
                    "Tasks known to have completed are silent. The wait inside a loop runner of your own is silent too: its callers are looked at. `IVsTask` is not known.",
                    "已知完成的任务不报告。你自己的循环运行器内部的等待也不报告：检查的是它的调用方。不认识 `IVsTask`。"),
                new("VSTHRD100", "AP0009 AP0027", Void, VoidInChinese),
                new("VSTHRD101", "AP0001 AP0010 AP0027", Callback, CallbackInChinese),
                new("VSTHRD103", "AP0002 AP0003 AP0013 AP0028", Sibling, SiblingInChinese),
                new("VSTHRD107", "AP0007", Using, UsingInChinese),
                new("VSTHRD110", Drops, Dropped, DroppedInChinese),
            ],
            [
                new("VSTHRD001", "AP0004", "It also reports `BeginInvoke` and `Post`, which wait for nobody.", "它还报告 `BeginInvoke` 和 `Post`，而这些调用并不等待。"),
                new("VSTHRD105", "AP0011 AP0024", "It asks for a scheduler, whatever is started.", "它要求指定调度器，与启动的是什么无关。"),
            ]),
        new("MA", "Meziantou.Analyzer",
            [
                new("MA0042", "AP0002 AP0013 AP0028", Sibling, SiblingInChinese),
                new("MA0100", "AP0020", Disposed, DisposedInChinese),
                new("MA0129", "AP0007", Using, UsingInChinese),
                new("MA0134", Drops, Dropped, DroppedInChinese),
                new("MA0147", "AP0010", Callback, CallbackInChinese),
                new("MA0155", "AP0009 AP0027", Void, VoidInChinese),
            ],
            [
                new("MA0040", "AP0019", "It reports every call that could be given the token.", "凡是可以传入令牌的调用它都报告。"),
                new("MA0045", "AP0002", "It also reports every synchronous call in a synchronous function that has a sibling. It is off by default.", "同步函数中凡是存在异步同名方法的同步调用，它也都报告。它默认关闭。"),
            ]),
        new("AsyncFixer", "AsyncFixer",
            [
                new("AsyncFixer02", "AP0002 AP0013 AP0028", Sibling, SiblingInChinese),
                new("AsyncFixer03", "AP0009 AP0010 AP0027", Void, VoidInChinese),
                new("AsyncFixer04", "AP0020", Disposed, DisposedInChinese),
                new("AsyncFixer05", "AP0011", "An inner task that is awaited or unwrapped is silent.", "内层任务被等待或解包时不报告。"),
            ],
            []),
        new("S", "SonarAnalyzer.CSharp",
            [
                new("S3168", "AP0009", "Ours also looks at local functions.", "我们的规则还检查局部函数。"),
                new("S4462", "AP0002 AP0013", Blocking, BlockingInChinese),
                new("S6422", "AP0002 AP0013", Blocking, BlockingInChinese),
                new("S6966", "AP0013 AP0028", Sibling, SiblingInChinese),
            ],
            [
                new("S2190", "AP0018 AP0019", "It also reports recursion without end.", "它还报告无尽的递归。"),
                new("S5034", "AP0002", "It also reports a `ValueTask` that is awaited twice.", "它还报告被等待两次的 `ValueTask`。"),
            ]),
        new("CA", "Microsoft.CodeAnalysis.NetAnalyzers",
            [
                new("CA1843", "AP0002", "It asks for `Wait`, ours for `await`.", "它要求改用 `Wait`，我们的规则要求改用 `await`。"),
                new("CA1849", "AP0002 AP0013 AP0028", Sibling, SiblingInChinese),
                new("CA2025", "AP0020", Disposed, DisposedInChinese),
            ],
            [
                new("CA2008", "AP0011 AP0024", "It asks for a scheduler, whatever is started.", "它要求指定调度器，与启动的是什么无关。"),
                new("CA2012", "AP0002 AP0007", "It also reports a `ValueTask` that is awaited twice.", "它还报告被等待两次的 `ValueTask`。"),
                new("CA2016", "AP0019", "It reports every call that could be given the token.", "凡是可以传入令牌的调用它都报告。"),
            ]),
        new("RCS", "Roslynator.Analyzers",
            [
                new("RCS1229", "AP0020", Disposed, DisposedInChinese),
                new("RCS1261", "AP0028", "`MemoryStream` and the like, whose disposal waits for nothing, are silent. AP0028 is a suggestion.", "`MemoryStream` 之类释放时无需等待的类型不报告。AP0028 是建议。"),
            ],
            []),
    ];

    public string File => $"nuget/replaces/{Name.ToLowerInvariant()}.globalconfig";

    /// <summary>The file; a user's own files are above its level, and what turns on all rules of an analyzer is below.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder($"# AsyncPitfallsReplaces {Name}: the rules of {Package} that ours cover. ASYNCPITFALLS_UPDATE=1 dotnet test writes this file.\nis_global = true\nglobal_level = -99\n");
            foreach (var rule in Off)
                text.Append(CultureInfo.InvariantCulture, $"\n# {rule.Ours.Replace(" ", ", ", StringComparison.Ordinal)}\ndotnet_diagnostic.{rule.Id}.severity = none\n");
            return text.ToString();
        }
    }
}
