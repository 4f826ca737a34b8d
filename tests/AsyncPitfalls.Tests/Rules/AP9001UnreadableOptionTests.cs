using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP9001UnreadableOptionTests() : RuleTest(new AP9001UnreadableOptionAnalyzer())
{
    private const string Code =
        """
        namespace Acme
        {
            class Pump
            {
                public void Run(int seconds) { }
                public int State => 0;
            }

            class Box<T>
            {
                public void Run<U>() { }
            }
        }
        === Test/Inner/Second.cs
        class Second { }
        """;

    [Theory]
    [InlineData("async_pitfalls.fix_async_suffix = true")]
    [InlineData("async_pitfalls.fix_async_suffix = FALSE")]
    [InlineData("async_pitfalls.AP0002.fix_async_suffix = true")]
    [InlineData("Async_Pitfalls.ap0002.FIX_async_suffix = true")]
    [InlineData("async_pitfalls.loop_runners =")]
    [InlineData("async_pitfalls.loop_runners = M:Acme.Pump.Run(System.Int32)|M:Acme.Pump.Run|P:Acme.Pump.State|T:Acme.Pump|Acme.Box`1|M:Acme.Box`1.Run``1|M:Acme.Pump..ctor")]
    [InlineData("async_pitfalls.loop_runners = M:Elsewhere.Pump.Run? | T:Elsewhere.Pump? | Elsewhere.Pump ? | M:Acme.Pump.Stop?")]
    [InlineData("dotnet_diagnostic.AP0002.severity = nonsense")]
    [InlineData("async_method_suffix = true")]
    public Task A_value_that_can_be_read_is_silent(string line) => Silent(Code, new Setup { EditorConfig = line });

    [Theory]
    [InlineData("fix_async_suffix = maybe", "The option 'async_pitfalls.fix_async_suffix' holds 'maybe', which is not 'true' or 'false'; it has no effect")]
    [InlineData("fix_async_suffix =", "The option 'async_pitfalls.fix_async_suffix' holds '', which is not 'true' or 'false'; it has no effect")]
    [InlineData("loop_runners = M:Acme.Pump.Stop", "The option 'async_pitfalls.loop_runners' names 'M:Acme.Pump.Stop', which is not a member of 'Acme.Pump'; it has no effect")]
    [InlineData("loop_runners = M:Acme.Pump.Run(System.String)", "The option 'async_pitfalls.loop_runners' names 'M:Acme.Pump.Run(System.String)', which is not a member of 'Acme.Pump'; it has no effect")]
    [InlineData("loop_runners = M:Acme.Pomp.Run", "The option 'async_pitfalls.loop_runners' names 'M:Acme.Pomp.Run', which this project neither declares nor references (put a '?' behind it if other projects do); it has no effect")]
    [InlineData("loop_runners = T:Nito.AsyncEx.AsyncContext", "The option 'async_pitfalls.loop_runners' names 'T:Nito.AsyncEx.AsyncContext', which this project neither declares nor references (put a '?' behind it if other projects do); it has no effect")]
    [InlineData("loop_runners = Acme.Pump, Acme.Box", "The option 'async_pitfalls.loop_runners' holds 'Acme.Pump, Acme.Box', which is not the documentation id of a method, property or type, or a type name with its namespace; it has no effect")]
    [InlineData("loop_runners = what?", "The option 'async_pitfalls.loop_runners' holds 'what?', which is not the documentation id of a method, property or type, or a type name with its namespace; it has no effect")]
    [InlineData("loop_runner = Acme.Pump", "There is no option 'async_pitfalls.loop_runner', the nearest is 'async_pitfalls.loop_runners'; it has no effect")]
    public async Task What_cannot_be_read_is_reported_once_with_its_key(string line, string message)
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls." + line }));
        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(Location.None, finding.Location);
    }

    [Theory]
    [InlineData("fix_async_suffix = maybe", "选项“async_pitfalls.fix_async_suffix”的值“maybe”不是“true”或“false”，因此不起作用")]
    [InlineData("loop_runners = M:Acme.Pump.Stop", "选项“async_pitfalls.loop_runners”列出的“M:Acme.Pump.Stop”不是“Acme.Pump”的成员，因此不起作用")]
    [InlineData("loop_runner = x", "没有名为“async_pitfalls.loop_runner”的选项，最接近的是“async_pitfalls.loop_runners”，因此不起作用")]
    public async Task The_message_is_Chinese_where_the_reader_is(string line, string message)
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls." + line }));
        Assert.Equal(message, finding.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    [Fact]
    public async Task Each_entry_of_a_list_is_reported_by_itself_and_once() => Assert.Equal(
        ["M:Acme.Pump.Stop", "what is this"],
        (await Findings(Code, new Setup { EditorConfig = "async_pitfalls.loop_runners = M:Acme.Pump.Stop|M:Acme.Pump.Run|what is this|M:Acme.Pump.Stop" }))
            .Select(finding => finding.GetMessage(CultureInfo.InvariantCulture).Split('\'')[3]).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_more_specific_key_is_reported_by_its_own_name()
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = "async_pitfalls.ap0002.fix_async_suffix = 1\nasync_pitfalls.fix_async_suffix = true" }));
        Assert.Contains("'async_pitfalls.AP0002.fix_async_suffix'", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_value_of_a_folder_is_reported()
    {
        var findings = await Findings(Code, new Setup { EditorConfig = "async_pitfalls.fix_async_suffix = maybe\n[Test/Inner/**.cs]\nasync_pitfalls.fix_async_suffix = perhaps" });
        Assert.Equal(["maybe", "perhaps"], findings.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture).Split('\'')[3]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("async_pitfalls.fix_async_sufix", "async_pitfalls.fix_async_suffix")]
    [InlineData("async_pitfalls.blocking_method", "async_pitfalls.blocking_methods")]
    [InlineData("async_pitfalls.non_blocking_methods", "async_pitfalls.nonblocking_methods")]
    [InlineData("async_pitfalls.AP0002.fix_suffix", "async_pitfalls.AP0002.fix_async_suffix")]
    [InlineData("async_pitfalls.ap0014.blockingmethods", "async_pitfalls.AP0014.blocking_methods")]
    [InlineData("async_pitfalls.AP002.fix_async_suffix", "async_pitfalls.AP0002.fix_async_suffix")]
    [InlineData("async_pitfalls.AP0005.loop_runners", "async_pitfalls.loop_runners")]
    [InlineData("async_pitfalls.AP0099.loop_runners", "async_pitfalls.loop_runners")]
    [InlineData("async_pitfall.loop_runners", "async_pitfalls.loop_runners")]
    [InlineData("asyncpitfalls.AP0003.loop_runners", "async_pitfalls.AP0003.loop_runners")]
    [InlineData("async_pitfalls_logging_types", "async_pitfalls.logging_types")]
    public async Task For_an_unknown_key_the_nearest_known_one_is_proposed(string key, string nearest)
    {
        var finding = Assert.Single(await Findings(Code, new Setup { EditorConfig = key + " = Acme.Pump" }));
        Assert.Contains($"the nearest is '{nearest}'", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_known_key_is_known() => Assert.Empty(
        (await Findings(Code, new Setup { EditorConfig = string.Join('\n', RuleOption.All.SelectMany(option => option.Keys).Select(key => key + " = true")) }))
            .Where(finding => finding.GetMessage(CultureInfo.InvariantCulture).StartsWith("There is no", StringComparison.Ordinal)));

    /// <summary>Roslyn knows the file where the build hands it over as an additional one, too.</summary>
    [Theory]
    [InlineData("async_pitfalls.fix_async_suffix = maybe # or not", 3, "maybe")]
    [InlineData("  async_pitfalls.loop_runners : Acme.Pump | M:Acme.Pump.Stop", 3, "M:Acme.Pump.Stop")]
    [InlineData("\n; async_pitfalls.loop_runner = commented\nASYNC_pitfalls.loop_runner = Acme.Pump", 5, "ASYNC_pitfalls.loop_runner")]
    public async Task The_place_is_in_the_file_that_says_it(string lines, int line, string text)
    {
        var content = $"root = true\n[*.cs]\n{lines}\n";
        var finding = Assert.Single(await FindingsAsync(("/.editorconfig", content, true)));
        var place = finding.Location.GetLineSpan();
        Assert.Equal(("/.editorconfig", line), (place.Path, place.StartLinePosition.Line + 1));
        Assert.Equal(text, content.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task A_second_file_that_says_the_same_is_an_additional_place()
    {
        var finding = Assert.Single(await FindingsAsync(
            ("/.editorconfig", "root = true\n[*.cs]\nasync_pitfalls.fix_async_suffix = maybe\n", true),
            ("/Test/.editorconfig", "[*.cs]\nasync_pitfalls.fix_async_suffix = maybe\n", true),
            ("/Test/Inner/.editorconfig", "[*.cs]\nasync_pitfalls.fix_async_suffix = true\n", true)));
        Assert.Equal(
            ["/.editorconfig", "/Test/.editorconfig"],
            finding.AdditionalLocations.Prepend(finding.Location).Select(place => place.GetLineSpan().Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_global_file_is_read_too()
    {
        var finding = Assert.Single(await FindingsAsync(("/team.globalconfig", "is_global = true\nasync_pitfalls.fix_async_suffix = maybe\n", true)));
        Assert.Equal("/team.globalconfig", finding.Location.GetLineSpan().Path);
    }

    [Fact]
    public async Task A_file_that_is_not_handed_over_is_not_named() =>
        Assert.Equal(Location.None, Assert.Single(await FindingsAsync(("/.globalconfig", "is_global = true\nasync_pitfalls.loop_runer = x\n", false))).Location);

    [Fact]
    public async Task A_host_that_cannot_list_its_keys_is_asked_for_ours()
    {
        var compilation = (await ProjectOf().GetCompilationAsync())!;
        var options = new AnalyzerOptions([], new GivenOptions(new Dictionary<string, string> { ["async_pitfalls.fix_async_suffix"] = "maybe", ["async_pitfalls.unknown"] = "x" }, listsKeys: false));
        var finding = Assert.Single(await compilation.WithAnalyzers([new AP9001UnreadableOptionAnalyzer()], options).GetAnalyzerDiagnosticsAsync());
        Assert.Contains("'async_pitfalls.fix_async_suffix'", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static Project ProjectOf() => Workspaces.Create(Markup.Parse(Code, "AP9001").Files, Setup.Default).Projects.Single();

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(params (string Path, string Text, bool IsHandedOver)[] files)
    {
        var project = ProjectOf();
        foreach (var (path, text, isHandedOver) in files)
        {
            var source = SourceText.From(text, Encoding.UTF8);
            project = project.AddAnalyzerConfigDocument(Path.GetFileName(path), source, filePath: path).Project;
            if (isHandedOver)
                project = project.AddAdditionalDocument(Path.GetFileName(path), source, filePath: path).Project;
        }

        return await Workspaces.DiagnosticsAsync(project, [new AP9001UnreadableOptionAnalyzer()]);
    }
}
