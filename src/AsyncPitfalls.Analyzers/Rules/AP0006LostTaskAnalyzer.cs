using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0006: a task is dropped, or left by some path, where the end of the function ends what would still run it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0006LostTaskAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0006)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var call = (IInvocationOperation)context.Operation;
        if (model.LostTasks.Of(call, context.CancellationToken) is not { } lost)
            return;
        var name = BlockingWaits.NameOf(call.Syntax).ToString();
        Location[]? related = lost.Fate.Loss is { } loss ? [loss.GetLocation()] : null;
        context.ReportDiagnostic(Finding.Of(Rule, CalledNames.WholeOf(call.Syntax), related, name, WhatEnds(lost.End)));
    }

    private static LocalizableString WhatEnds(FunctionEnd end)
    {
        var isLambda = end.Function is AnonymousFunctionExpressionSyntax;
        return end.Surrounding switch
        {
            Surrounding.EntryPoint when end.Name is null => RuleText.Of("AP0006_EndsProgram"),
            Surrounding.EntryPoint => RuleText.Of("AP0006_EndsProcess", end.Name!),
            Surrounding.LoopDelegate => RuleText.Of(isLambda ? "AP0006_EndsLoopOf" : "AP0006_EndsLoop", end.Name!),
            Surrounding.HostedService => RuleText.Of("AP0006_EndsService", end.Name!),
            Surrounding.CloudFunction => RuleText.Of("AP0006_EndsInvocation", end.Name!),
            Surrounding.Test => RuleText.Of("AP0006_EndsTest", end.Name!),
            Surrounding.Disposal => RuleText.Of("AP0006_EndsObject", end.Name!),
            _ => RuleText.Of(isLambda ? "AP0006_EndsRequestOf" : "AP0006_EndsRequest", end.Name!),
        };
    }
}
