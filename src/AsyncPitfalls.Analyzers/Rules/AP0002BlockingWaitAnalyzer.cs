using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0002: a thread blocks until a task completes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0002BlockingWaitAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0002)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), BlockingWaits.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var cancellation = context.CancellationToken;
        if (model.GenuineWaits.Of(context.Operation, cancellation) is not { } wait
            || model.Unexecuted.Holds(wait.Operation)
            || model.BlockingDefects.HasBefore(wait.Operation, BlockingDefect.Task, cancellation)
            || model.LoopRunners.IsWaitOfRunner(wait, cancellation)
            || model.DedicatedThreads.Runs(wait.Name, context.Operation.SemanticModel!, cancellation))
            return;
        context.ReportDiagnostic(Finding.Of(Rule, wait.Name.GetLocation(), Message(wait, model, cancellation)));
    }

    private static LocalizableString Message(BlockingWait wait, AsyncModel model, CancellationToken cancellation)
    {
        var key = wait switch
        {
            { IsMethodGroup: true } => "AP0002_MessageDelegate",
            { Form: BlockingForm.SpinLoop or BlockingForm.SpinUntil } => "AP0002_MessageSpins",
            { Timeout: not null } => "AP0002_MessageTimeout",
            _ when model.WaitThreads.Deadlocks(wait, cancellation) => "AP0002_MessageDeadlock",
            _ when model.WaitThreads.IsOfPool(wait.Operation, cancellation) => "AP0002_MessagePool",
            _ => "AP0002_MessageThread",
        };
        return RuleText.Of(key, wait.Name.ToString(), model.BlockingWaits.Describe(wait));
    }
}
