using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0001: an async function never awaits, so it is a synchronous one with a state machine.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0001NeverAwaitsAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0001)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(
            operation => Analyze(operation, model),
            OperationKind.MethodBody, OperationKind.LocalFunction, OperationKind.AnonymousFunction);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.NeverAwaits.Of(context.Operation) is { IsDictated: false } found)
            context.ReportDiagnostic(Finding.Of(Rule, found.Spot.GetLocation(), NameOf(found.Symbol)));
    }

    private static LocalizableString NameOf(IMethodSymbol function) =>
        function.MethodKind == MethodKind.AnonymousFunction
            ? RuleText.Of("AP0001_MessageLambda")
            : RuleText.Of("AP0001_MessageNamed", function.Name);
}
