using System.Text.Json;

namespace AsyncPitfalls.Package.Tests;

/// <summary>
/// A baseline in a solution of two projects that fails for every warning: one of two target frameworks, and a program that
/// needs it. Each test builds a copy of what the first one has accepted.
/// </summary>
public sealed class BaselineTests
{
    private const string Write = "-t:AsyncPitfallsBaseline";

    private const string Check = "-p:AsyncPitfallsBaselineCheck=true";

    private const string Baseline = "asyncpitfalls.baseline.sarif";

    private const string Use =
        """
        namespace App;

        public class Use(HttpClient http)
        {
            public string First() => new Lib.Prices(http).Read("a") + http.GetStringAsync("/first").Result;

            public string Second()
            {
                return http.GetStringAsync("/second").Result;
            }
        }

        """;

    private const string Prices =
        """
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Lib;

        public class Prices(HttpClient http)
        {
            public string Read(string sku) => http.GetStringAsync("/价格/" + sku).Result;

        #if NETSTANDARD
            public string Old(string sku) => http.GetStringAsync("/old/" + sku).Result;
        #else
            public string New(string sku) => http.GetStringAsync("/new/" + sku).Result;
        #endif

            public void Meant(Task task)
            {
        #pragma warning disable AP0002
                task.Wait();
        #pragma warning restore AP0002
            }
        }

        public interface IClock
        {
            Task ShowAsync();
        }

        public class Clock : IClock
        {
            public async Task ShowAsync() => Console.WriteLine();
        }

        """;

    private static readonly Lazy<Task<FreshFolder>> Accepted = new(AcceptAsync);

    [Fact]
    public async Task It_holds_what_all_target_frameworks_find_beside_each_project_and_nothing_of_the_machine()
    {
        var solution = await Accepted.Value;
        Assert.Equal(
            [
                ("AP0002", "Data/Prices.cs", "Lib.Prices.New"),
                ("AP0002", "Data/Prices.cs", "Lib.Prices.Old"),
                ("AP0002", "Data/Prices.cs", "Lib.Prices.Read"),
                ("AP0026", "Data/Prices.cs", "Lib.Clock.ShowAsync"),
            ],
            FindingsOf(solution.Read("Lib/" + Baseline)));
        Assert.Equal([("AP0002", "Use.cs", "App.Use.First"), ("AP0002", "Use.cs", "App.Use.Second")], FindingsOf(solution.Read("App/" + Baseline)));

        foreach (var text in new[] { solution.Read("Lib/" + Baseline), solution.Read("App/" + Baseline) })
        {
            Assert.DoesNotContain(Path.GetFileName(solution.Path), text, StringComparison.Ordinal);
            Assert.DoesNotContain("startLine", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', text);
        }
    }

    [Fact]
    public async Task What_it_knows_is_silent_in_a_strict_build_also_where_it_has_moved()
    {
        var solution = await CopyAsync();
        Directory.Move(solution.PathOf("Lib/Data"), solution.PathOf("Lib/Values"));
        solution.Write("App/Use.cs", "// A comment\n\n" + Use.Replace("    ", "\t", StringComparison.Ordinal).Replace("Second()", "Renamed()", StringComparison.Ordinal));

        (await solution.RunAsync(["build", "All.slnx", "-p:ErrorLog=findings.sarif%2Cversion=2.1"])).MustSucceed().MustNotSay(" AP");
        Assert.Empty(Sarif.FindingsIn(solution.PathOf("App/findings.sarif")));
        Assert.Equal(2, solution.Read("App/findings.sarif").Split("DiagnosticSuppressor { Suppression Id: APB0002").Length - 1);

        // What is known and has only moved is not mended.
        (await solution.RunAsync(["build", "All.slnx", Write, Check])).MustSucceed();
        // What has no squiggle has no fix either.
        (await solution.RunAsync(["format", "analyzers", "App/App.csproj", "--no-restore", "--verify-no-changes", "--diagnostics", "AP0002"])).MustSucceed();
    }

    [Fact]
    public async Task What_is_new_and_what_is_mended_fail_the_check()
    {
        var solution = await CopyAsync();
        solution.Write("Lib/Data/Prices.cs", Prices.Replace("public string Read(string sku) => http.GetStringAsync(\"/价格/\" + sku).Result;", "public string Read(string sku) => sku;", StringComparison.Ordinal));
        solution.Write("App/Use.cs", Use.Replace("    public string Second()", "    public string Copy()\n    {\n        return http.GetStringAsync(\"/second\").Result;\n    }\n\n    public string Second()", StringComparison.Ordinal));
        var before = solution.Read("Lib/" + Baseline);

        var check = await solution.RunAsync(["build", "All.slnx", Write, Check]);

        check.MustFail()
            .MustSay($"{solution.PathOf("Lib/" + Baseline)}(10): error APBASELINE1: AP0002 in 'Data/Prices.cs' is mended: 'public string Read(string sku) => http.GetStringAsync(\"/价格/\" + sku).Result;'")
            .MustSay($"{solution.PathOf("App/Use.cs")}(9,47): error AP0002: ")
            .MustNotSay($"{solution.PathOf("App/Use.cs")}(14,").MustNotSay($"{solution.PathOf("App/Use.cs")}(5,");
        Assert.Single(check.Output.Split('\n').Where(line => line.Contains("APBASELINE1", StringComparison.Ordinal)).Distinct());
        Assert.Equal(before, solution.Read("Lib/" + Baseline));

        (await solution.RunAsync(["build", "All.slnx", Write])).MustSucceed();
        Assert.Equal(before.Split('\n').Length - 1, solution.Read("Lib/" + Baseline).Split('\n').Length);
        Assert.Equal(3, FindingsOf(solution.Read("App/" + Baseline)).Count);
    }

    [Fact]
    public async Task A_damaged_one_is_named_with_the_reason_and_suppresses_nothing()
    {
        var solution = await CopyAsync();
        var text = solution.Read("App/" + Baseline);
        solution.Write("App/" + Baseline, text.Replace("      \"results\"", "<<<<<<< HEAD\n      \"results\"", StringComparison.Ordinal));

        (await solution.RunAsync(["build", "App", Check, Write])).MustFail()
            .MustSay($"{solution.PathOf("App/" + Baseline)}(7,1): error AP9003: The baseline '{Baseline}' suppresses nothing: line 7 is left of a merge conflict")
            .MustSay($"{solution.PathOf("App/Use.cs")}(5,").MustSay($"{solution.PathOf("App/Use.cs")}(9,");
    }

    private static async Task<FreshFolder> AcceptAsync()
    {
        var solution = await CreateAsync();
        (await solution.RunAsync(["build", "All.slnx", Write])).MustSucceed().MustNotSay(" AP0");
        return solution;
    }

    private static async Task<FreshFolder> CopyAsync()
    {
        var (accepted, copy) = (await Accepted.Value, await CreateAsync());
        foreach (var project in new[] { "Lib/", "App/" })
            copy.Write(project + Baseline, accepted.Read(project + Baseline));
        return copy;
    }

    private static async Task<FreshFolder> CreateAsync()
    {
        var solution = await FreshFolder.CreateAsync("Baseline");
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        solution.Write("NuGet.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{(await PackedPackage.GetAsync()).Feed}" />
                <add key="restored" value="{restored}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="AsyncPitfalls" /></packageSource>
                <packageSource key="restored"><package pattern="NETStandard.Library" /><package pattern="Microsoft.NETCore.Platforms" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        solution.Write("Directory.Build.props",
            """
            <Project>
              <PropertyGroup>
                <LangVersion>14</LangVersion>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AsyncPitfalls" Version="*" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        solution.Write("Lib/Lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks><ImplicitUsings>disable</ImplicitUsings></PropertyGroup></Project>""");
        solution.Write("App/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup></Project>""");
        solution.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>""");
        solution.Write("Lib/Data/Prices.cs", Prices);
        solution.Write("App/Use.cs", Use);
        return solution;
    }

    private static IReadOnlyList<(string Rule, string Path, string Member)> FindingsOf(string baseline) =>
    [
        .. JsonDocument.Parse(baseline).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => (Result: result, Place: result.GetProperty("locations")[0]))
            .Select(found => (
                found.Result.GetProperty("ruleId").GetString()!,
                found.Place.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!,
                found.Place.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()!)),
    ];
}
