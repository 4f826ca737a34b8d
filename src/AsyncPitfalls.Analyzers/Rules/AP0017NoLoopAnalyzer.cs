using System.Collections.Generic;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0017: code on a thread of the pool, on a new one, or in a program without a loop asks for the loop of its thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0017NoLoopAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0017)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation, OperationKind.PropertyReference);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.MissingLoops.Of(context.Operation, context.CancellationToken) is not { } found)
            return;
        IEnumerable<Location>? related = found.Thread.Receiver is { } receiver ? [CalledNames.LocationOf(receiver.Syntax)] : null;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.LocationOf(found.Use.Syntax), related,
            NameOf(found.Use), RuleText.Of("AP0017_Effect_" + found.Kind), Where(found.Thread), Instead(found.Thread)));
    }

    private static LocalizableString Where(LooplessThread thread) => thread.Receiver is { } receiver && thread.Kind == LooplessKind.Pool
        ? RuleText.Of("AP0017_Where_Pool", NameOf(receiver))
        : RuleText.Of("AP0017_Where_" + thread.Kind);

    private static LocalizableString Instead(LooplessThread thread) =>
        RuleText.Of(thread.Kind == LooplessKind.EntryPoint ? "AP0017_Instead_Start" : "AP0017_Instead_Capture");

    private static string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => CalledNames.Of(call.TargetMethod),
        IEventAssignmentOperation { EventReference: IEventReferenceOperation subscribed } => CalledNames.Of(subscribed.Event),
        IPropertyReferenceOperation property => CalledNames.Of(property.Property),
        _ => operation.Type?.Name ?? operation.Syntax.ToString(),
    };
}
