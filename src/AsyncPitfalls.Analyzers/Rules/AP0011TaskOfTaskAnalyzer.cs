using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0011: of a task of a task only the outer one is observed, which completes when the inner one has begun.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0011TaskOfTaskAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0011)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation, OperationKind.ObjectCreation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.NestedTasks.Of(context.Operation, context.CancellationToken) is not { } found)
            return;
        var call = found.Maker.Syntax;
        Location[]? related = found.Use.Place.Syntax is var use && use.Span.Contains(call.Span) ? null : [use.GetLocation()];
        var name = found.Maker is IObjectCreationOperation ? found.Maker.Type!.Name : CalledNames.TextOf(call);
        context.ReportDiagnostic(Finding.Of(Rule, CalledNames.WholeOf(call), related, name, WhatHappens(found.Use)));
    }

    private static LocalizableString WhatHappens(TaskDestination use) => use.End switch
    {
        TaskEnd.Awaited => RuleText.Of("AP0011_IsAwaited"),
        TaskEnd.WaitedFor => RuleText.Of("AP0011_IsWaitedFor"),
        TaskEnd.Returned => RuleText.Of("AP0011_IsReturned"),
        TaskEnd.PassedOn or TaskEnd.Stored => RuleText.Of("AP0011_IsKept"),
        _ => RuleText.Of("AP0011_IsDropped"),
    };
}
