using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0009: a method or local function is <c>async void</c> although nothing asks for that.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0009AsyncVoidAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0009)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.MethodBody, OperationKind.LocalFunction);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.AsyncVoids.Of(context.Operation, context.CancellationToken) is { MustBe: false } found)
            context.ReportDiagnostic(Finding.Of(Rule, found.Spot.GetLocation(), found.Spot.ValueText));
    }
}
