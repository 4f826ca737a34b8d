using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Every option changes each of its rules: by the general key and by the rule's own, in the folders that it is set for.</summary>
public sealed class OptionEffectTests
{
    private const string Inside = "Inside";
    private const string Outside = "Outside";

    private const string Shared =
        """
        public class Device
        {
            public int Read() => 1;
            public int Count() => 1;
        }

        public class Cache
        {
            public int Get() => 1;
            public Task<int> GetAsync() => Task.FromResult(1);
        }

        public class Pump
        {
            public void Turn() { }
        }

        public static class Audit
        {
            public static void Write(string text) { }
        }

        namespace Extras
        {
            public static class DeviceExtensions
            {
                public static Task<int> CountAsync(this Device device) => null!;
            }
        }
        """;

    /// <summary>An option, one of its rules, a value, and what the value makes the rule report, or makes it pass over.</summary>
    private static readonly (string Option, string Rule, string Value, bool Reports, string Body)[] Effects =
    [
        ("blocking_methods", "AP0013", "M:Device.Read", true, "async Task M() { await Task.Yield(); new Device().Read(); }"),
        ("blocking_methods", "AP0014", "M:Device.Read", true, "async Task M() { await Task.Yield(); Load(); } void Load() => new Device().Read();"),
        ("blocking_methods", "AP0015", "M:Device.Read", true, "public Task StartAsync(CancellationToken token) { new Device().Read(); return Task.CompletedTask; }"),
        ("nonblocking_methods", "AP0013", "M:System.Threading.Thread.Sleep", false, "async Task M() { await Task.Yield(); Thread.Sleep(1000); }"),
        ("nonblocking_methods", "AP0014", "M:System.Threading.Thread.Sleep", false, "async Task M() { await Task.Yield(); Load(); } void Load() => Thread.Sleep(1000);"),
        ("nonblocking_methods", "AP0015", "M:System.Threading.Thread.Sleep", false, "public Task StartAsync(CancellationToken token) { Thread.Sleep(1000); return Task.CompletedTask; }"),
        ("nonblocking_methods", "AP0028", "M:Cache.Get", false, "async Task<int> M() { await Task.Yield(); return new Cache().Get(); }"),
        ("loop_runners", "AP0003", "M:Pump.Turn", true, "async Task M() { await Task.Yield(); new Pump().Turn(); }"),
        ("logging_types", "AP0005", "T:Audit", true, "async Task M() { await Task.Run(() => Audit.Write(\"text\")); }"),
        ("sibling_types", "AP0028", "Extras.DeviceExtensions", true, "async Task<int> M() { await Task.Yield(); return new Device().Count(); }"),
    ];

    public static IEnumerable<object[]> OfRules => Effects.Select(effect => new object[] { effect.Option, effect.Rule });

    [Fact]
    public void Each_option_of_an_analyzer_is_tried_with_each_of_its_rules() => Assert.Equal(
        RuleOption.All.Except([FixOptions.AsyncSuffix]).SelectMany(option => option.Rules.Select(rule => (option.Name, rule))).Order(),
        Effects.Select(effect => (effect.Option, effect.Rule)).Order());

    [Theory]
    [MemberData(nameof(OfRules))]
    public async Task The_general_key_changes_the_rule(string option, string rule)
    {
        await Changes(option, rule, "");
        await Changes(option, rule, $"async_pitfalls.{option} = VALUE", Inside, Outside);
    }

    [Theory]
    [MemberData(nameof(OfRules))]
    public Task The_key_of_the_rule_changes_it(string option, string rule) =>
        Changes(option, rule, $"async_pitfalls.{rule}.{option} = VALUE", Inside, Outside);

    [Theory]
    [MemberData(nameof(OfRules))]
    public Task The_key_of_another_rule_does_not(string option, string rule) =>
        Changes(option, rule, string.Join('\n', RuleOption.All.Single(known => known.Name == option).Rules.Where(other => other != rule).Select(other => $"async_pitfalls.{other}.{option} = VALUE")));

    [Theory]
    [MemberData(nameof(OfRules))]
    public Task The_key_of_the_rule_wins_over_the_general_one(string option, string rule) =>
        Changes(option, rule, $"async_pitfalls.{option} = VALUE\nasync_pitfalls.{rule}.{option} =");

    [Theory]
    [MemberData(nameof(OfRules))]
    public async Task A_section_of_a_folder_changes_only_that_folder(string option, string rule)
    {
        await Changes(option, rule, $"[Test/{Inside}/**.cs]\nasync_pitfalls.{option} = VALUE", Inside);
        await Changes(option, rule, $"async_pitfalls.{option} = VALUE\n[Test/{Inside}/**.cs]\nasync_pitfalls.{rule}.{option} =", Outside);
    }

    /// <summary>The folders in which a configuration makes a rule differ from what it does without one.</summary>
    private static async Task Changes(string option, string rule, string editorConfig, params string[] folders)
    {
        var (_, _, value, reports, body) = Effects.Single(effect => effect.Option == option && effect.Rule == rule);
        var isService = body.Contains("StartAsync", StringComparison.Ordinal);
        var code = string.Concat(new[] { Inside, Outside }.Select(folder =>
            $$"""

            === Test/{{folder}}/Code.cs
            namespace {{folder}};
            class Code{{(isService ? " : Microsoft.Extensions.Hosting.IHostedService" : "")}}
            {
                {{body}}
                {{(isService ? "public Task StopAsync(CancellationToken token) => Task.CompletedTask;" : "")}}
            }
            """));
        var setup = Setup.AspNet with { EditorConfig = editorConfig.Replace("VALUE", value, StringComparison.Ordinal) };
        var analyzer = Package.Analyzers.Single(known => known.SupportedDiagnostics[0].Id == rule);
        var found = (await Workspaces.DiagnosticsAsync(Workspaces.Create(Markup.Parse(Shared + code, rule).Files, setup), analyzer)).ToList();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var changed = new[] { Inside, Outside }.Where(folder => reports == found.Any(diagnostic => diagnostic.Location.SourceTree!.FilePath.Contains(folder, StringComparison.Ordinal)));
        Assert.Equal(folders, changed);
    }
}
