using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The words of the generated parts, in the language of a page.</summary>
public sealed record Words
{
    private static readonly Words English = new();

    private static readonly Words Chinese = new()
    {
        Culture = CultureInfo.GetCultureInfo("zh-Hans"),
        Extension = Page.Chinese,
        Colon = "：",
        Comma = "、",
        Rule = "规则",
        Rules = "规则",
        Title = "标题",
        Category = "类别",
        Severity = "严重性",
        Enabled = "默认启用",
        Fix = "代码修复",
        Option = "选项",
        Default = "默认值",
        Example = "示例",
        Nothing = "无",
        Yes = "是",
        No = "否",
        Warning = "警告",
        Suggestion = "建议",
        Off = "，默认关闭",
        LineBefore = "第 ",
        LineAfter = " 行",
        OtherAnalyzers = "其他分析器",
        Headings = ["会发生什么", "陷阱", "输出", "原因", "asyncio 中的对应情形", "改正之后", "改正之后的输出", "何时没有问题，如何说明", "选项", "相关内容"],
        Silent = "关闭",
        Error = "错误",
        Package = "包",
        Theirs = "它们的规则",
        Ours = "我们的规则",
        Differs = "有何不同",
        StaysOn = "为何仍然有效",
    };

    public CultureInfo Culture { get; private init; } = CultureInfo.InvariantCulture;

    public string Extension { get; private init; } = ".md";

    public string Colon { get; private init; } = ": ";

    public string Comma { get; private init; } = ", ";

    public string Rule { get; private init; } = "Rule";

    public string Rules { get; private init; } = "Rules";

    public string Title { get; private init; } = "Title";

    public string Category { get; private init; } = "Category";

    public string Severity { get; private init; } = "Severity";

    public string Enabled { get; private init; } = "Enabled by default";

    public string Fix { get; private init; } = "Code fix";

    public string Option { get; private init; } = "Option";

    public string Default { get; private init; } = "Default";

    public string Example { get; private init; } = "Example";

    public string Nothing { get; private init; } = "none";

    public string Yes { get; private init; } = "Yes";

    public string No { get; private init; } = "No";

    public string Warning { get; private init; } = "Warning";

    public string Suggestion { get; private init; } = "Suggestion";

    public string Silent { get; private init; } = "off";

    public string Error { get; private init; } = "Error";

    public string Package { get; private init; } = "Package";

    public string Theirs { get; private init; } = "Their rule";

    public string Ours { get; private init; } = "Ours";

    public string Differs { get; private init; } = "What differs";

    public string StaysOn { get; private init; } = "Why it stays on";

    public bool IsChinese => this == Chinese;

    /// <summary>What follows the severity of a rule that is off by default.</summary>
    public string Off { get; private init; } = ", off by default";

    public string LineBefore { get; private init; } = "Line ";

    public string LineAfter { get; private init; } = "";

    public string OtherAnalyzers { get; private init; } = "Other analyzers";

    /// <summary>The headings of a rule's page, in the order of <see cref="PagePart"/>.</summary>
    public IReadOnlyList<string> Headings { get; private init; } =
        ["What happens", "Pitfall", "Output", "Why", "The asyncio twin", "Mended", "Output when mended", "When it is fine, and how to say so", "Options", "Related"];

    public static Words Of(string path) => Page.IsChinese(path) ? Chinese : English;

    public string YesOrNo(bool value) => value ? Yes : No;

    /// <summary>A severity as an <c>.editorconfig</c> writes it, in words.</summary>
    public string Named(string severity) => severity switch
    {
        "none" => Silent,
        "suggestion" => Suggestion,
        "warning" => Warning,
        _ => Error,
    };

    public string SeverityOf(DiagnosticDescriptor rule) => rule.DefaultSeverity == DiagnosticSeverity.Warning ? Warning : Suggestion;
}
