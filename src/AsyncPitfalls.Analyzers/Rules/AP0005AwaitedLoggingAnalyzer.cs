using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0005: synchronous logging is awaited, or sent to another thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0005AwaitedLoggingAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0005)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Await, OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (NeedlessLogging.Of(context.Operation, model, context.CancellationToken) is not { } found || model.Unexecuted.Holds(context.Operation))
            return;
        var severity = found.Kind == NeedlessLoggingKind.Console ? DiagnosticSeverity.Info : Rule.DefaultSeverity;
        context.ReportDiagnostic(Finding.Of(
            Rule, found.Whole.Syntax.GetLocation(), severity, related: null, Message(found)));
    }

    private static LocalizableString Message(NeedlessLogging found) => found.Kind switch
    {
        NeedlessLoggingKind.Awaited => RuleText.Of("AP0005_MessageAwaited", found.LogName),
        NeedlessLoggingKind.Offloaded => RuleText.Of("AP0005_MessageOffloaded", found.Call.TargetMethod.Name, found.LogName),
        _ => RuleText.Of("AP0005_MessageConsole", found.LogName),
    };
}
