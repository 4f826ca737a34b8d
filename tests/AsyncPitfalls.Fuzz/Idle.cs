using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>Looks at every operation and does nothing: what the compiler takes by itself to give operations to analyzers.</summary>
#pragma warning disable RS1001, RS1036, RS1041 // It is no analyzer of the package.
public sealed class Idle : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<OperationKind> Kinds = [.. Enum.GetValues<OperationKind>().Distinct()];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("IDLE", "Idle", "Idle", "Idle", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(_ => { }, Kinds);
        context.RegisterOperationBlockAction(_ => { });
    }
}
