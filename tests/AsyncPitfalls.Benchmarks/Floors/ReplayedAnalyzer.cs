using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>An analyzer with something called in the place of its actions. It is for one thread.</summary>
#pragma warning disable RS1001, RS1026, RS1036, RS1041 // No host is to find it.
internal sealed class ReplayedAnalyzer<T>(DiagnosticAnalyzer analyzer, T calls) : DiagnosticAnalyzer
    where T : ActionCalls
{
    /// <summary>The rule of the analyzer.</summary>
    public string Id => SupportedDiagnostics[0].Id;

    /// <summary>What is called instead.</summary>
    public T Calls => calls;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => analyzer.SupportedDiagnostics;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            foreach (var registration in RegistrationRecorder.Record([analyzer], start.Compilation))
                registration.Register(start, calls);
        });
    }
}
