using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0004: a thread blocks until the loop of another thread has done something.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0004ForeignLoopWaitAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0004)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), BlockingWaits.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.ForeignLoops.Of(context.Operation, context.CancellationToken) is not { IsMeant: false } wait
            || model.Unexecuted.Holds(wait.Operation)
            || model.BlockingDefects.HasBefore(wait.Operation, BlockingDefect.ForeignLoop, context.CancellationToken))
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.LocationOf(wait.Name), wait.Source is { } source ? [CalledNames.LocationOf(source.Syntax)] : [],
            CalledNames.TextOf(wait.Name), Loop(wait), RuleText.Of("AP0004_Instead_" + wait.Kind)));
    }

    /// <summary>What runs the loop: the dispatcher, the control's thread, the context, the thread that is joined.</summary>
    private static LocalizableString Loop(ForeignWait wait) => wait.Kind switch
    {
        ForeignWaitKind.Join => RuleText.Of("AP0004_Loop_Thread", CalledNames.Of(wait.Source is IMethodReferenceOperation group ? group.Method : ((IInvocationOperation)wait.Source!).TargetMethod)),
        ForeignWaitKind.Send => RuleText.Of("AP0004_Loop_Context"),
        _ when (wait.Source ?? wait.Operation) is IInvocationOperation call => RuleText.Of("AP0004_Loop_Other", CalledNames.Of(call.TargetMethod)),
        _ => RuleText.Of("AP0004_Loop_Dispatcher"),
    };
}
