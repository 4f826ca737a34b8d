using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0026: an async override or implementation never awaits; the task is dictated, the <c>async</c> is not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0026DictatedNeverAwaitsAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0026)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.MethodBody);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.NeverAwaits.Of(context.Operation) is { IsDictated: true } found)
            context.ReportDiagnostic(Finding.Of(Rule, found.Spot.GetLocation(), found.Spot.ValueText));
    }
}
