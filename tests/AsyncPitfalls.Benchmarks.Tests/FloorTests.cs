using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>The floors do what ours cannot do without, and nothing else.</summary>
public sealed class FloorTests
{
    private static readonly CSharpCompilation Compilation = Corpus.Generated(100).Parse()[0].WithReferences(SharedFrameworks.AllReferences);

    [Fact]
    public void The_floor_registers_what_ours_register()
    {
        var ours = MeasuredSets.RegisteredByOurs(Compilation);
        Assert.Equal(Listed(ours), Listed(RegistrationRecorder.Record([new RegistrationFloor(ours)], Compilation)));
    }

    /// <summary>Where its types are there, each rule looks at something; a rule that the recorder does not see would be missing in the floor.</summary>
    [Fact]
    public void Each_rule_of_ours_registers_something() => Assert.All(
        MeasuredSets.Ours.Create(Compilation),
        analyzer => Assert.NotEmpty(RegistrationRecorder.Record([analyzer], Compilation)));

    [Fact]
    public void The_operation_floor_asks_once_for_each_kind_that_ours_ask_for()
    {
        var ours = MeasuredSets.RegisteredByOurs(Compilation);
        var floor = Assert.Single(RegistrationRecorder.Record([new OperationFloor(ours)], Compilation));
        Assert.Equal(ours.SelectMany(registration => registration.Operations).Distinct().Order(), floor.Operations);
    }

    [Fact]
    public async Task The_control_flow_floor_reads_every_kind_of_async_body()
    {
        var code = CSharpSyntaxTree.ParseText(
            """
            using System;
            using System.Threading.Tasks;

            await Task.Yield();

            class Bodies
            {
                private readonly Func<Task> field = async () => await Task.Yield();

                async Task Method() => await Task.Yield();

                void Nested()
                {
                    async Task Local()
                    {
                        Func<Task> inner = async () => await Task.Yield();
                        await inner();
                    }

                    Run(async () => await Local());
                }

                void Run(Func<Task> work) => work();
            }
            """);
        var program = CSharpCompilation.Create("Bodies", [code], SharedFrameworks.NetReferences, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        Assert.Empty(program.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        // An exception in an analyzer would be a finding.
        Assert.Empty(await program.WithAnalyzers([new ControlFlowFloor()]).GetAnalyzerDiagnosticsAsync());
    }

    public static TheoryData<string> Sets => [.. MeasuredSets.All.Select(set => set.Key).Where(key => key != MeasuredSets.Compiler.Key && !key.EndsWith("-all", StringComparison.Ordinal))];

    /// <summary>An analyzer whose rules are off is not called at all, and would seem to be fast.</summary>
    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Every_set_of_rules_is_run(string key)
    {
        var sample = await Measurement.RunAsync(Corpus.Generated(100), MeasuredSets.All.Single(set => set.Key == key), CancellationToken.None);
        Assert.True(sample.AnalyzerMs > 0);
        Assert.Equal(0, sample.Crashes);
    }

    private static IEnumerable<string> Listed(IEnumerable<Registration> registrations) => registrations.Select(registration => $"{registration.Action}: {registration.Kinds}");
}
