using System.Collections.Immutable;
using System.Globalization;
using AsyncPitfalls.Baselines;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP9003UnreadableBaselineTests() : RuleTest(new AP9003UnreadableBaselineAnalyzer())
{
    private const string Code = "class C { }";

    private const string Good = """{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "AsyncPitfalls" } }, "results": [] }] }""";

    [Theory]
    [InlineData(null)]
    [InlineData(Good)]
    public Task Without_a_baseline_and_with_a_good_one_it_is_silent(string? baseline) => Silent(Code, Setup.Default with { Baseline = baseline });

    [Theory]
    [InlineData("", 0, "it is empty", "文件是空的")]
    [InlineData("{\n\"version\" 1\n}", 1, "line 2 is no valid JSON", "第 2 行不是有效的 JSON")]
    [InlineData("{\n<<<<<<< HEAD\n}", 1, "line 2 is left of a merge conflict", "第 2 行是未解决的合并冲突")]
    [InlineData("{\n\"version\": \"2.1.0\",", 1, "it breaks off in line 2", "文件在第 2 行中断")]
    [InlineData("[\n]", 0, "line 1 holds what no baseline holds there", "第 1 行的内容不应出现在基线的这个位置")]
    [InlineData("{}", 0, "it is no log in SARIF 2.1.0", "不是 SARIF 2.1.0 日志")]
    [InlineData("{ \"version\": \"2.1.0\",\n\"runs\": [{ \"results\": [],\n\"tool\": { \"driver\": { \"name\": \"Compiler\" } } }] }", 2, "it is a log of 'Compiler' and not a baseline", "这是“Compiler”的日志，而不是基线")]
    [InlineData("{ \"version\": \"2.1.0\", \"runs\": [{ \"tool\": { \"driver\": { \"name\": \"AsyncPitfalls\" } },\n\"results\": [{ \"ruleId\": \"AP0002\" }] }] }", 1, "the result in line 2 lacks its rule, its file or its line of code", "第 2 行的结果缺少规则、文件或代码行")]
    public async Task A_file_that_is_no_baseline_is_reported_with_its_line_and_the_reason(string text, int line, string reason, string reasonInChinese)
    {
        var finding = Assert.Single(await Findings(Code, Setup.Default with { Baseline = text }));
        var place = finding.Location.GetLineSpan();
        Assert.Equal((LocationKind.ExternalFile, "/Test/asyncpitfalls.baseline.sarif", line), (finding.Location.Kind, place.Path, place.StartLinePosition.Line));
        Assert.Equal(
            $"The baseline 'asyncpitfalls.baseline.sarif' suppresses nothing: {reason}; write it anew with 'dotnet build -t:AsyncPitfallsBaseline'",
            finding.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            $"基线“asyncpitfalls.baseline.sarif”不起作用，不会隐藏任何问题：{reasonInChinese}；请用“dotnet build -t:AsyncPitfallsBaseline”重新生成",
            finding.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_reported()
    {
        var finding = Assert.Single(await FindingsAsync(new Text("/src/asyncpitfalls.baseline.sarif", null)));
        Assert.Contains("it cannot be opened", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/src/asyncpitfalls.baseline.sarif", 1)]
    [InlineData(@"C:\src\AsyncPitfalls.Baseline.sarif", 1)]
    [InlineData("/src/Orders.asyncpitfalls.baseline.sarif", 1)]
    [InlineData("/src/myasyncpitfalls.baseline.sarif", 0)]
    [InlineData("/src/baseline.sarif", 0)]
    public async Task Only_what_is_called_a_baseline_is_looked_at(string path, int count) =>
        Assert.Equal(count, (await FindingsAsync(new Text(path, "hello"))).Length);

    [Fact]
    public async Task A_foreign_log_of_fifty_megabytes_is_reported()
    {
        const string result = """{ "ruleId": "X1", "message": { "text": "A message of ordinary length, as analyzers have it." } },""" + "\n";
        var text = """{ "version": "2.1.0", "runs": [{ "results": [""" + string.Concat(Enumerable.Repeat(result, 600_000)) + """{ }], "tool": { "driver": { "name": "Huge" } } }] }""";
        Assert.InRange(text.Length, 50_000_000, 80_000_000);
        var finding = Assert.Single(await FindingsAsync(new Text("/src/" + BaselineFile.Name, text)));
        Assert.Contains("'Huge'", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(AdditionalText file)
    {
        var project = Workspaces.Create(Markup.Parse(Code, "none").Files, Setup.Default).Projects.Single();
        return await (await project.GetCompilationAsync())!
            .WithAnalyzers([new AP9003UnreadableBaselineAnalyzer()], new AnalyzerOptions([file]))
            .GetAnalyzerDiagnosticsAsync();
    }

    private sealed class Text(string path, string? text) : AdditionalText
    {
        private readonly SourceText? source = text is null ? null : SourceText.From(text);

        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => source;
    }
}
