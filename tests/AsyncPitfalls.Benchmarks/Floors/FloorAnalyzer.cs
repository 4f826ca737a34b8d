using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>An analyzer that finds nothing: it costs what no analyzer that registers the same can do without.</summary>
internal abstract class FloorAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The id under which it would report.</summary>
    public const string Id = "FLOOR";

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new DiagnosticDescriptor(Id, "Finds nothing", "Finds nothing", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Register);
    }

    protected abstract void Register(CompilationStartAnalysisContext context);
}

/// <summary>Registers all that others have registered, each action by itself, and does nothing in any.</summary>
#pragma warning disable RS1001 // No host is to find it.
internal sealed class RegistrationFloor(IReadOnlyList<Registration> registrations) : FloorAnalyzer
{
    protected override void Register(CompilationStartAnalysisContext context)
    {
        foreach (var registration in registrations)
            registration.Register(context, ActionCalls.None);
    }
}

/// <summary>Asks for the kinds of operations that others ask for, but each once and in one action: what makes Roslyn build operations at all.</summary>
internal sealed class OperationFloor(IReadOnlyList<Registration> registrations) : FloorAnalyzer
{
    private readonly ImmutableArray<OperationKind> kinds = [.. registrations.SelectMany(registration => registration.Operations).Distinct().Order()];

    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationAction(static _ => { }, kinds);
}
