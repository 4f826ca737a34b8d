using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0020: a task leaves a <c>using</c>, <c>try</c> or lock while it still needs what ends there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0020ClosedTaskAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0020)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var call = (IInvocationOperation)context.Operation;
        if (model.ClosedTasks.Of(call, context.CancellationToken) is not { Closing: var closing })
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.WholeOf(call.Syntax), [closing.Place.GetLocation()!], CalledNames.TextOf(call.Syntax), WhatEnds(closing)));
    }

    private static LocalizableString WhatEnds(Closing closing) => closing.Kind switch
    {
        ClosingKind.SourceDisposal => RuleText.Of("AP0020_DisposesSource", closing.Name),
        ClosingKind.GivenBack => RuleText.Of("AP0020_GivesBack", closing.Name),
        ClosingKind.Unlocking => RuleText.Of("AP0020_Unlocks", closing.Name),
        ClosingKind.Uncaught => RuleText.Of("AP0020_LeavesCatch"),
        ClosingKind.Finished => RuleText.Of("AP0020_RunsFinally"),
        _ => RuleText.Of("AP0020_Disposes", closing.Name),
    };
}
