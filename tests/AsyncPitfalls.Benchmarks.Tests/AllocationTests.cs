using System.Collections.Immutable;
using AsyncPitfalls.Benchmarks.Floors;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Sets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>What the rules allocate for each node of code in which they find nothing, beside what they find once and keep.</summary>
public sealed class AllocationTests(AllocationTests.OrdinaryRun run) : IClassFixture<AllocationTests.OrdinaryRun>
{
    // AP0021 is called for whole members only, and looks for functions in them.
    public static TheoryData<string> Rules => [.. MeasuredSets.Ours.Rules.Remove("AP0021")];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Nothing_is_allocated_for_a_node_where_nothing_is_found(string rule)
    {
        Assert.NotEqual(0, run.CallsOf(rule).Count);
        var dear = run.CallsOf(rule).Dear.Where(call => !IsCandidate(rule, call.Node)).ToList();
        Assert.True(dear.Count == 0, string.Join("\n", dear.Select(call => $"{call.Bytes} bytes: {call.Node?.ToString().Split('\n')[0]}")));
    }

    [Fact]
    public async Task An_object_that_is_made_for_each_node_is_seen()
    {
        var analyzer = new ReplayedAnalyzer<SecondCalls>(new AllocatingAnalyzer(), new SecondCalls());
        await OrdinaryCode.Parse().WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(analyzer.Calls.Count, analyzer.Calls.Dear.Count);
        Assert.Equal(24 * analyzer.Calls.Count, analyzer.Calls.Bytes);
        Assert.NotEqual(0, analyzer.Calls.Count);
    }

    /// <summary>The nodes that a rule has to look closer at, to see that they are not what it looks for.</summary>
    private static bool IsCandidate(string rule, SyntaxNode? node) => rule switch
    {
        // Where work is started side by side: what the pool is given, what is awaited together, what the runs may share.
        "AP0003" or "AP0005" or "AP0018" or "AP0022" or "AP0024" => node?.SyntaxTree.FilePath == OrdinaryCode.SideBySide,
        // Queries of tasks.
        "AP0007" => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" } } && node.SyntaxTree.FilePath == OrdinaryCode.SideBySide,
        _ => false,
    };

    /// <summary>One run of all rules over <see cref="OrdinaryCode"/>.</summary>
    public sealed class OrdinaryRun : IAsyncLifetime
    {
        private readonly Dictionary<string, SecondCalls> calls = [];

        /// <summary>The second calls of a rule's actions.</summary>
        internal SecondCalls CallsOf(string rule) => calls[rule];

        public async Task InitializeAsync()
        {
            // What a process makes once, such as the delegates of lambdas that capture nothing, is there after the first run.
            await RunAsync();
            foreach (var analyzer in await RunAsync())
                calls.Add(analyzer.Id, analyzer.Calls);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        private static async Task<ImmutableArray<ReplayedAnalyzer<SecondCalls>>> RunAsync()
        {
            var code = OrdinaryCode.Parse();
            Assert.Empty(code.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            ImmutableArray<ReplayedAnalyzer<SecondCalls>> analyzers = [.. MeasuredSets.Ours.Create(code).Select(analyzer => new ReplayedAnalyzer<SecondCalls>(analyzer, new SecondCalls()))];
            // As in the benchmark: one thread, and all rules on.
            var configured = MeasuredSets.Ours.Configure(code, [.. analyzers]);
            var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            Assert.Empty(await new CompilationWithAnalyzers(configured, [.. analyzers], options).GetAnalyzerDiagnosticsAsync());
            return analyzers;
        }
    }
}

/// <summary>Allocates for each node that it is called for, as no rule may.</summary>
#pragma warning disable RS1001 // No host is to find it.
internal sealed class AllocatingAnalyzer : DiagnosticAnalyzer
{
    private static object? last;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new DiagnosticDescriptor("ALLOC", "Finds nothing", "Finds nothing", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(_ => last = new object(), OperationKind.Invocation);
    }
}
