using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>Asks for the operations of all bodies and does nothing with them: what fails with it fails without any rule of ours.</summary>
#pragma warning disable RS1001 // Nobody loads it from this assembly.
internal sealed class BareAnalyzer : DiagnosticAnalyzer
#pragma warning restore RS1001
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("BARE", "Bare", "Bare", "Fuzz", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    /// <summary>Whether the compiler itself throws for a project, all at once or file by file.</summary>
    public static async Task<bool> FailsAsync(Project project, CancellationToken cancellation)
    {
        try
        {
            var compilation = (await project.GetCompilationAsync(cancellation))!;
            await Analysis(compilation).GetAllDiagnosticsAsync(cancellation);
            var anew = compilation.Clone();
            var analysis = Analysis(anew);
            foreach (var tree in anew.SyntaxTrees)
            {
#pragma warning disable RS1030 // No analyzer asks here.
                await analysis.GetAnalyzerSemanticDiagnosticsAsync(anew.GetSemanticModel(tree), null, cancellation);
#pragma warning restore RS1030
            }

            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Console.WriteLine($"The compiler fails without our rules: {exception.Message}");
            return true;
        }
    }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }

    private static CompilationWithAnalyzers Analysis(Compilation compilation) => compilation.WithAnalyzers([new BareAnalyzer()]);
}
