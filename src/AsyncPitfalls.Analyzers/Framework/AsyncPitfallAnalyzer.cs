using System.Collections.Immutable;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Framework;

/// <summary>The base of every rule: it says which rule it is and, per compilation, what it looks at.</summary>
internal abstract class AsyncPitfallAnalyzer : DiagnosticAnalyzer
{
    protected AsyncPitfallAnalyzer(DiagnosticDescriptor rule)
    {
        Rule = rule;
        SupportedDiagnostics = ImmutableArray.Create(rule);
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>The one rule that this analyzer reports.</summary>
    protected DiagnosticDescriptor Rule { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var model = AsyncModel.For(start.Compilation, start.Options);
            if (model.Types.Task is not null)
                Register(new WrittenCode(start, model), model);
        });
    }

    /// <summary>
    /// Registers the narrowest actions that can find the pitfall in this compilation, and none where the compilation
    /// lacks the types that the pitfall needs.
    /// </summary>
    protected abstract void Register(CompilationStartAnalysisContext context, AsyncModel model);
}
