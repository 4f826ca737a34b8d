using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0018: code stands after an await or wait of what never completes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0018EndlessWaitAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0018)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), EndlessWaits.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.EndlessWaits.Of(context.Operation, context.CancellationToken) is not { } wait
            || model.BlockingDefects.HasBefore(wait.Operation, BlockingDefect.EndlessWait, context.CancellationToken))
            return;
        var location = wait.Operation is IAwaitOperation ? wait.Operation.Syntax.GetLocation() : CalledNames.LocationOf(wait.Operation.Syntax);
        context.ReportDiagnostic(Finding.Of(Rule, location, [wait.After[0].GetLocation()], CalledNames.TextOf(wait.Call.Syntax)));
    }
}
