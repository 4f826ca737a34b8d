using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0002: a thread blocks until a task completes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0002BlockingWaitAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0002)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), BlockingWaits.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.BlockingWaits.Of(context.Operation) is { ReturnsAtOnce: false } wait && !model.Unexecuted.Holds(context.Operation))
            context.ReportDiagnostic(Diagnostic.Create(Rule, wait.Name.GetLocation(), wait.Name.ToString()));
    }
}
