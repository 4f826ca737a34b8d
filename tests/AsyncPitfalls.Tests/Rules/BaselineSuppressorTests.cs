extern alias Build;

using System.Collections.Immutable;
using AsyncPitfalls.Baselines;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rules;
using Build::AsyncPitfalls.Build;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using BuildFinding = Build::AsyncPitfalls.Baselines.KnownFinding;

namespace AsyncPitfalls.Tests.Rules;

public sealed class BaselineSuppressorTests
{
    private const string Old =
        """
        class Prices
        {
            string Read(Task<string> t)
            {
                return t.Result;
            }

            void Log(Task t) => t.Wait();
        }
        """;

    [Fact]
    public async Task What_the_baseline_knows_is_suppressed() => Assert.Empty(await SpeakingAsync(Old, await BaselineOfAsync(Old)));

    [Fact]
    public async Task What_is_suppressed_stays_in_the_log_as_such()
    {
        var all = await AllAsync(Old, await BaselineOfAsync(Old));
        Assert.Equal(2, all.Length);
        Assert.All(all, finding => Assert.True(finding.IsSuppressed));
    }

    [Fact]
    public async Task Without_a_baseline_all_speaks() => Assert.Equal(2, (await SpeakingAsync(Old, null)).Count);

    [Fact]
    public async Task Lines_that_have_moved_are_known()
    {
        var moved =
            """
            // A comment
            namespace N
            {
                class OtherName
                {
                    void Log(Task  t)   =>   t.Wait();

            		string AnotherName(Task<string> t) {
            			if (t is null) return "";
            			return t.Result;
            		}
                }
            }
            """;
        Assert.Empty(await SpeakingAsync(moved, await BaselineOfAsync(Old.Replace("void Log(Task t)", "void Log(Task t)", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_new_finding_speaks()
    {
        var code = Old.Replace("void Log", "void New(Task t) => t.GetAwaiter().GetResult();\n    void Log", StringComparison.Ordinal);
        Assert.Equal(["AP0002 void New(Task t) => t.GetAwaiter().GetResult();"], await SpeakingAsync(code, await BaselineOfAsync(Old)));
    }

    [Fact]
    public async Task A_second_copy_of_a_known_line_speaks_and_the_first_one_does_not()
    {
        var code = Old.Replace("string Read(", "string Copy(Task<string> t)\n    {\n        return t.Result;\n    }\n\n    string Read(", StringComparison.Ordinal);
        var speaking = Assert.Single((await AllAsync(code, await BaselineOfAsync(Old))).Where(finding => !finding.IsSuppressed));
        Assert.Equal("Prices.Copy", speaking.Properties[FindingProperties.Member]);
    }

    [Fact]
    public async Task A_second_copy_in_the_same_member_speaks()
    {
        var code = Old.Replace("return t.Result;", "if (t.IsFaulted)\n        {\n            return \"\";\n        }\n\n        {\n            return t.Result;\n        }\n        return t.Result;", StringComparison.Ordinal);
        Assert.Single(await SpeakingAsync(code, await BaselineOfAsync(Old)));
    }

    [Fact]
    public async Task Two_findings_on_one_line_are_two()
    {
        const string one = "class C { void M(Task t, Task u) { t.Wait(); u.Wait(); } }";
        Assert.Empty(await SpeakingAsync(one, await BaselineOfAsync(one)));
        Assert.Single(await SpeakingAsync(one, string.Join('\n', (await BaselineOfAsync(one)).Split('\n').Where((line, index) => index != 7))));
    }

    [Fact]
    public async Task A_file_in_a_renamed_folder_is_known() =>
        Assert.Empty(await SpeakingAsync("=== Test/New/Sub/Prices.cs\n" + Old, await BaselineOfAsync("=== Test/Old/Sub/Prices.cs\n" + Old)));

    [Fact]
    public async Task A_file_of_the_same_name_beside_the_known_one_speaks()
    {
        var other = Old.Replace("Prices", "Others", StringComparison.Ordinal);
        var speaking = (await AllAsync($"=== Test/One/Prices.cs\n{Old}\n=== Test/Two/Prices.cs\n{other}", await BaselineOfAsync("=== Test/One/Prices.cs\n" + Old)))
            .Where(finding => !finding.IsSuppressed).ToList();
        Assert.Equal(2, speaking.Count);
        Assert.All(speaking, finding => Assert.Equal("/Test/Two/Prices.cs", finding.Location.SourceTree!.FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    public async Task A_file_that_is_no_baseline_suppresses_nothing(string text) => Assert.Equal(2, (await SpeakingAsync(Old, text)).Count);

    [Fact]
    public async Task A_baseline_that_breaks_off_suppresses_nothing()
    {
        var baseline = await BaselineOfAsync(Old);
        Assert.Equal(2, (await SpeakingAsync(Old, baseline[..^4])).Count);
    }

    [Theory]
    [InlineData("dotnet_diagnostic.AP0002.severity = error")]
    [InlineData("dotnet_diagnostic.AP0002.severity = suggestion")]
    [InlineData("dotnet_analyzer_diagnostic.category-AsyncBlocking.severity = error")]
    public async Task Whatever_the_severity_the_known_is_suppressed(string config) =>
        Assert.Empty(await SpeakingAsync(Old, await BaselineOfAsync(Old), config));

    [Fact]
    public async Task A_very_long_line_is_known_from_its_finding_on()
    {
        var code = $"class C {{ string filler = \"{new string('x', 5000)}\"; void M(Task t) {{ t.Wait(); }} void N(Task t) {{ t.Wait(); }} }}";
        Assert.Empty(await SpeakingAsync(code, await BaselineOfAsync(code)));
        Assert.All((await AllAsync(code, null)).Select(finding => finding.Properties[FindingProperties.Line]!), line => Assert.InRange(line.Length, 1, 400));
    }

    [Fact]
    public async Task A_single_file_is_judged_like_the_whole_project_as_editors_do()
    {
        var solution = Workspaces.Create(Markup.Parse(Old + "\n=== Test/Second.cs\nclass D { void M(Task t) => t.Wait(); }", "none").Files, Setup.Default with { Baseline = await BaselineOfAsync(Old) });
        var run = await RunAsync(solution);
        var found = new List<Diagnostic>();
        foreach (var tree in run.Compilation.SyntaxTrees)
            found.AddRange(await run.GetAnalyzerSemanticDiagnosticsAsync(run.Compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None));
        Assert.Equal(["/Test/Second.cs"], found.Where(finding => !finding.IsSuppressed).Select(finding => finding.Location.SourceTree!.FilePath));
    }

    [Fact]
    public void Every_rule_about_code_can_be_suppressed() => Assert.Equal(
        RuleCatalog.All.Where(rule => rule.Category != Category.Configuration).Select(rule => rule.Id),
        new BaselineSuppressor().SupportedSuppressions.Select(suppression => suppression.SuppressedDiagnosticId).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("a.Wait();", "")]
    [InlineData("namespace N { class C { int this[int i] { get { F().Wait(); return 1; } } Task F() => null!; } }", "N.C.this[]")]
    [InlineData("namespace N.M; class C<T> { class D { D() { F().Wait(); } Task F() => null!; } }", "N.M.C.D.D")]
    [InlineData("class C { static Task F() => null!; bool b = F().Wait(1000); }", "C.b")]
    [InlineData("class C { ~C() { F().Wait(); } Task F() => null!; }", "C.~C")]
    [InlineData("class C { int P { get { void Local() { F().Wait(); } Local(); return 1; } } Task F() => null!; }", "C.P")]
    [InlineData("class C { static Task F() => null!; public static C operator +(C a, C b) { F().Wait(); return a; } }", "C.operator +")]
    [InlineData("class C { static Task F() => null!; public static implicit operator int(C a) { F().Wait(); return 1; } }", "C.operator int")]
    [InlineData("class C { static Task F() => null!; event Action E { add { F().Wait(); } remove { } } }", "C.E")]
    public async Task A_finding_tells_its_member(string code, string member)
    {
        var all = await AllAsync(code.StartsWith("a.", StringComparison.Ordinal) ? "var a = Console.In.ReadLineAsync();\n" + code : code, null);
        Assert.Equal(member, Assert.Single(all, finding => finding.Id == "AP0002").Properties[FindingProperties.Member]);
    }

    [Fact]
    public async Task A_baseline_of_fifty_megabytes_knows_its_last_finding()
    {
        var known = (await AllAsync(Old, null)).Select(finding => new BuildFinding(
            finding.Id, RelativePath.Of("/Test/", finding.Location.SourceTree!.FilePath), finding.Properties[FindingProperties.Member]!, finding.Properties[FindingProperties.Line]!));
        const string other = "A/Folder0/File.cs";
        var lines = BaselineWriter.TextOf([new BuildFinding("AP0002", other, "Namespace.Type.Method", "var answer = client.Answer.Result;"), .. known]).Split('\n').ToList();
        var place = lines.FindIndex(line => line.Contains(other, StringComparison.Ordinal));
        lines.InsertRange(place, Enumerable.Range(1, 200_000).Select(number => lines[place].Replace("Folder0", $"Folder{number / 10}", StringComparison.Ordinal)));
        var baseline = string.Join('\n', lines);
        Assert.InRange(baseline.Length, 50_000_000, 80_000_000);
        Assert.Equal(["AP0002 void New(Task t) => t.Wait();"], await SpeakingAsync(Old.Replace("void Log", "void New(Task t) => t.Wait();\n    void Log", StringComparison.Ordinal), baseline));
    }

    [Fact]
    public async Task Reading_a_baseline_ends_when_it_is_cancelled()
    {
        var others = Enumerable.Range(0, 1_000).Select(number => new BuildFinding("AP0002", "A.cs", "T.M", $"x{number}.Wait();"));
        var text = new CancellingText(BaselineWriter.TextOf(others));
        using var cancellation = new CancellationTokenSource();
        text.WhenRead = cancellation.Cancel;
        Assert.Throws<OperationCanceledException>(() => BaselineText.Of(text, cancellation.Token));
        Assert.Equal(1_000, BaselineText.Of(text, CancellationToken.None).Known!.Findings.Count);
    }

    private static async Task<string> BaselineOfAsync(string code) => BaselineWriter.TextOf((await AllAsync(code, null)).Select(finding => new BuildFinding(
        finding.Id,
        RelativePath.Of("/Test/", finding.Location.SourceTree!.FilePath),
        finding.Properties[FindingProperties.Member]!,
        finding.Properties[FindingProperties.Line]!)));

    private static async Task<IReadOnlyList<string>> SpeakingAsync(string code, string? baseline, string config = "") =>
        [.. (await AllAsync(code, baseline, config)).Where(finding => !finding.IsSuppressed).Select(finding => $"{finding.Id} {finding.Properties[FindingProperties.Line]}")];

    private static async Task<ImmutableArray<Diagnostic>> AllAsync(string code, string? baseline, string config = "")
    {
        var solution = Workspaces.Create(Markup.Parse(code, "none").Files, Setup.Default with { Baseline = baseline, EditorConfig = config });
        return await (await RunAsync(solution)).GetAnalyzerDiagnosticsAsync();
    }

    /// <summary>A baseline whose reader has somebody else cancel.</summary>
    private sealed class CancellingText(string text) : AdditionalText
    {
        private readonly SourceText source = SourceText.From(text);

        public Action WhenRead { get; set; } = () => { };

        public override string Path => "/Test/" + BaselineFile.Name;

        public override SourceText GetText(CancellationToken cancellationToken = default)
        {
            WhenRead();
            return source;
        }
    }

    private static async Task<CompilationWithAnalyzers> RunAsync(Solution solution)
    {
        var project = solution.Projects.Single();
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new AP0002BlockingWaitAnalyzer(), new BaselineSuppressor()];
        return (await project.GetCompilationAsync())!.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
    }
}
