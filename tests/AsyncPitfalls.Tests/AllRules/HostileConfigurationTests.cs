using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Configuration that nobody writes on purpose: no rule throws on it or goes on for ever, and what can be read of it holds.</summary>
public sealed class HostileConfigurationTests
{
    private const string Code = "class C { Task<int> F() => Task.FromResult(1); public async Task M() { await Task.Yield(); _ = F().Result; } }";

    private const string Found = "AP0002";

    private const int Size = 200_000;

    /// <summary>Far more than it takes, also on a busy machine: what has not ended by then does not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What is long, what is nested deeply, and what regular expressions go over again and again.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["a long word"] = new string('x', Size),
        ["words far apart"] = "x" + new string(' ', Size) + "x",
        ["bars"] = new string('|', Size),
        ["question marks"] = new string('?', Size),
        ["a name of many parts"] = string.Join('.', Enumerable.Repeat("A", Size)),
        ["nearly a name of many parts"] = string.Join('.', Enumerable.Repeat("A", Size)) + "!",
        ["types in types, none closed"] = "M:A.B(" + string.Concat(Enumerable.Repeat("C{", Size)),
        ["types in types"] = "M:System.Threading.Tasks.Task.Run(" + string.Concat(Enumerable.Repeat("System.Func{", Size)) + new string('}', Size) + ")",
        ["types in types, as deep as is read"] = "M:System.Threading.Tasks.Task.Run(" + string.Concat(Enumerable.Repeat("A{", 300)) + "A" + new string('}', 300) + ")",
        ["parameters after parameters"] = "M:A.B" + string.Concat(Enumerable.Repeat("(~)", Size)),
        ["arities"] = "T:A" + string.Concat(Enumerable.Repeat("`9", Size)),
        ["a list of many names"] = string.Join('|', Enumerable.Range(0, 10_000).Select(number => $"M:N{number}.T.M?")),
    };

    public static TheoryData<string> Kinds => [.. Values.Keys];

    [Theory]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("[*.cs")]
    [InlineData("[[[[[[[[*.cs]]]]]]]]")]
    [InlineData("[{a,{b,{c,**.cs]")]
    [InlineData("= = =")]
    [InlineData("async_pitfalls.")]
    [InlineData("async_pitfalls. = x")]
    [InlineData("async_pitfalls.loop_runners")]
    [InlineData("async_pitfalls.loop_runners = |||?|?|")]
    [InlineData("async_pitfalls.AP0002.AP0002.loop_runners = ?")]
    [InlineData("dotnet_diagnostic..severity = error\ndotnet_diagnostic.AP0002.severity = \ndotnet_diagnostic.AP0002.severity.severity = none")]
    [InlineData("dotnet_diagnostic.AP0002.severity == warning")]
    [InlineData("\0\u0001\u0002\uFFFF\uD800 = \uDC00")]
    [InlineData("<<<<<<< HEAD\nasync_pitfalls.loop_runners = A.B\n=======\nasync_pitfalls.loop_runners = C.D\n>>>>>>> theirs")]
    public async Task Beside_broken_lines_the_rules_speak_as_ever(string lines) => Assert.Contains(Found, await FoundWithAsync(lines));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Options_may_hold_anything(string kind)
    {
        var options = RuleOption.All.ToDictionary(option => option.Key, _ => Values[kind]);
        Assert.Contains(Found, (await FindingsAsync(string.Join('\n', options.Select(option => $"{option.Key} = {option.Value}")), new GivenOptions(options, listsKeys: true))).Select(finding => finding.Id));
    }

    [Theory]
    [InlineData("async_pitfalls.")]
    [InlineData("async_pitfalls.AP0002.")]
    [InlineData("async_pitfalls.AP0002.x.")]
    public async Task A_key_of_a_megabyte_is_reported_in_short(string start)
    {
        var findings = await FindingsAsync($"{start}{new string('x', 1 << 20)} = true");
        var finding = Assert.Single(findings, finding => finding.Id == "AP9001");
        Assert.InRange(finding.GetMessage(CultureInfo.InvariantCulture).Length, 300, 1_000);
    }

    private static async Task<IEnumerable<string>> FoundWithAsync(string lines) => (await FindingsAsync(lines)).Select(finding => finding.Id);

    /// <summary>What all rules say, and none by throwing, with lines in a file that the build hands over, too.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="host">Reads the configuration instead of Roslyn, which goes over some lines again and again itself; null where Roslyn does.</param>
    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(string lines, AnalyzerConfigOptionsProvider? host = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var solution = Workspaces.Create(Markup.Parse(Code, "none").Files, Setup.Default with { EditorConfig = host is null ? lines : "" });
        var project = solution.Projects.Single()
            .AddAdditionalDocument(".editorconfig", SourceText.From($"[*.cs]\n{lines}\n", Encoding.UTF8), filePath: "/.editorconfig").Project;
        var options = host is null ? project.AnalyzerOptions : new AnalyzerOptions(project.AnalyzerOptions.AdditionalFiles, host);
        return await AllRulesRun.FindingsAsync((await project.GetCompilationAsync(patience.Token))!, options, cancellation: patience.Token);
    }
}
