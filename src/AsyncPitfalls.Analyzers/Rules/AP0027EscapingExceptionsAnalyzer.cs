using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0027: a function that must be <c>async void</c> awaits where nothing catches, so that an exception ends the process.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0027EscapingExceptionsAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0027)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(
            operation => Analyze(operation, model),
            OperationKind.MethodBody, OperationKind.LocalFunction, OperationKind.AnonymousFunction);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.AsyncVoids.Of(context.Operation, context.CancellationToken) is { MustBe: true } found
            && model.AsyncVoids.EscapingAwait(found.Function, context.Operation.SemanticModel!, context.CancellationToken) is { } escaping)
            context.ReportDiagnostic(Finding.Of(Rule, found.Spot.GetLocation(), [escaping.GetLocation()], NameOf(found)));
    }

    private static LocalizableString NameOf(AsyncVoid found) => found.Event is { } subscribed
        ? RuleText.Of("AP0027_Handler", subscribed.Name)
        : RuleText.Of("AP0027_Named", found.Symbol.Name);
}
