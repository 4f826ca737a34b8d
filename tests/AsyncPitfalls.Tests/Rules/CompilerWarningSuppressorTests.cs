using System.Collections.Immutable;
using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>The newest compilers do not know CS1998 any more; what these tests compare with is what this one says without us.</summary>
public sealed class CompilerWarningSuppressorTests
{
    private const string NeverAwaits =
        """
        class C
        {
            async Task M() { }
            Func<Task> f = async () => { };
            void N() { async Task Local() { } Local(); }
            Func<Task> g = async delegate { };
        }
        """;

    private const string LostInMain =
        """
        class P
        {
            static async Task Main()
            {
                WorkAsync();
                WorkAsync().ConfigureAwait(false);
                await Task.Yield();
            }

            static Task WorkAsync() => Task.Delay(1000);
        }
        """;

    private const string OffloadedLogging =
        """
        class C
        {
            async Task M()
            {
                Task.Run(() => Console.WriteLine());
                await Task.Yield();
            }
        }
        """;

    private const string Dropped =
        """
        class C
        {
            async Task M(Stream? stream)
            {
                stream?.FlushAsync();
                Task.Delay(1).ConfigureAwait(false);
                await Task.Yield();
            }
        }
        """;

    private const string Closed =
        """
        class C
        {
            async Task M(string path)
            {
                using var writer = new StreamWriter(path);
                writer.WriteLineAsync("x");
                await Task.Yield();
            }
        }
        """;

    private const string Ordinary =
        """
        class C
        {
            async Task M()
            {
                Task.Delay(1).ContinueWith(task => Console.WriteLine(task.Exception));
                await Task.Yield();
            }

            async Task N() => throw new Exception();
        }
        """;

    private const string TaskOfTask =
        """
        class C
        {
            async Task M()
            {
                Task.Factory.StartNew(async () => await Task.Delay(1));
                await Task.Delay(1);
            }
        }
        """;

    private const string HandedOver =
        """
        class C
        {
            void M() => new Thread(() => WorkAsync()).Start();

            Action N() => () => WorkAsync();

            static async Task WorkAsync() => await Task.Yield();
        }
        """;

    [Theory]
    [InlineData(NeverAwaits, "CS1998")]
    [InlineData(LostInMain, "CS4014")]
    [InlineData(OffloadedLogging, "CS4014")]
    [InlineData(TaskOfTask, "CS4014")]
    [InlineData(HandedOver, "CS4014")]
    [InlineData(Dropped, "CS4014")]
    [InlineData(Closed, "CS4014")]
    public async Task Warning_is_taken_back_where_a_rule_speaks(string code, string id) =>
        Assert.Empty(await ShownAsync(code, id, withUs: true));

    [Theory]
    [InlineData(NeverAwaits, "CS1998", "dotnet_diagnostic.AP0001.severity = none")]
    [InlineData(LostInMain, "CS4014", "dotnet_diagnostic.AP0006.severity = none")]
    [InlineData(OffloadedLogging, "CS4014", "dotnet_diagnostic.AP0005.severity = none")]
    [InlineData(OffloadedLogging, "CS4014", "dotnet_analyzer_diagnostic.category-AsyncBlocking.severity = none")]
    [InlineData(OffloadedLogging, "CS4014", "dotnet_analyzer_diagnostic.severity = none")]
    [InlineData(TaskOfTask, "CS4014", "dotnet_diagnostic.AP0011.severity = none")]
    [InlineData(HandedOver, "CS4014", "dotnet_diagnostic.AP0010.severity = none")]
    [InlineData(Dropped, "CS4014", "dotnet_diagnostic.AP0007.severity = none")]
    [InlineData(Closed, "CS4014", "dotnet_diagnostic.AP0020.severity = none")]
    [InlineData(Ordinary, "CS4014", "")]
    [InlineData(Ordinary, "CS1998", "")]
    public async Task Warning_stays_where_no_rule_speaks(string code, string id, string config)
    {
        var without = await ShownAsync(code, id, withUs: false, config);
        Assert.Equal(without, await ShownAsync(code, id, withUs: true, config));
        if (id == "CS4014")
            Assert.NotEmpty(without);
    }

    [Fact]
    public async Task Severity_of_the_rule_itself_may_be_raised() =>
        Assert.Empty(await ShownAsync(OffloadedLogging, "CS4014", withUs: true, "dotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.AP0005.severity = error"));

    [Fact]
    public async Task Command_line_turns_the_rule_off() =>
        Assert.NotEmpty(await ShownAsync(OffloadedLogging, "CS4014", withUs: true, specific: ("AP0005", ReportDiagnostic.Suppress)));

    private static async Task<IReadOnlyList<string>> ShownAsync(string code, string id, bool withUs, string config = "", (string Id, ReportDiagnostic Value)? specific = null)
    {
        var solution = Workspaces.Create(Markup.Parse(code, id).Files, Setup.Default with { EditorConfig = config });
        var project = solution.Projects.Single();
        var compilation = (await project.GetCompilationAsync())!;
        if (specific is var (rule, value))
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(rule, value)));
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new AP0001NeverAwaitsAnalyzer()];
        if (withUs)
            analyzers = analyzers.Add(new CompilerWarningSuppressor());
        var all = await compilation.WithAnalyzers(analyzers, project.AnalyzerOptions).GetAllDiagnosticsAsync();
        return [.. all.Where(diagnostic => diagnostic.Id == id && !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.Location.SourceSpan.ToString())];
    }
}
