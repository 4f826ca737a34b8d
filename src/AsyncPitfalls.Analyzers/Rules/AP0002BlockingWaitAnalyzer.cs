using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

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
        if (model.BlockingWaits.Of(context.Operation) is not { } wait
            || wait.ReturnsAtOnce
            || model.Unexecuted.Holds(wait.Operation)
            || model.BlockingDefects.HasBefore(wait.Operation, BlockingDefect.Task, cancellation)
            || model.LoopRunners.IsWaitOfRunner(wait, cancellation)
            || model.DedicatedThreads.Runs(wait.Name, context.Operation.SemanticModel!, cancellation)
            || IsOver(wait, model, cancellation)
            || WaitsForLogging(wait, model))
            return;
        context.ReportDiagnostic(Diagnostic.Create(Rule, wait.Name.GetLocation(), Message(wait, model, cancellation)));
    }

    /// <summary>Whether what is waited for has completed before the wait, so that nothing blocks.</summary>
    private static bool IsOver(BlockingWait wait, AsyncModel model, CancellationToken cancellation) => wait.Form switch
    {
        BlockingForm.SpinLoop or BlockingForm.SpinUntil => false,
        BlockingForm.WaitAny => wait.Tasks.Any(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
        _ => !wait.Tasks.IsEmpty && wait.Tasks.All(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
    };

    /// <summary>Whether the task only logs, so that neither it nor the wait should be there.</summary>
    private static bool WaitsForLogging(BlockingWait wait, AsyncModel model) =>
        wait.Awaited is { } task
        && model.Awaitables.Behind(task) is IInvocationOperation call
        && OffloadedLogging.Of(call, model) is not null;

    private static LocalizableString Message(BlockingWait wait, AsyncModel model, CancellationToken cancellation)
    {
        var key = wait switch
        {
            { IsMethodGroup: true } => "AP0002_MessageDelegate",
            { Form: BlockingForm.SpinLoop or BlockingForm.SpinUntil } => "AP0002_MessageSpins",
            { Timeout: not null } => "AP0002_MessageTimeout",
            _ when model.WaitThreads.Deadlocks(wait, cancellation) => "AP0002_MessageDeadlock",
            _ when model.WaitThreads.IsOfPool(wait, cancellation) => "AP0002_MessagePool",
            _ => "AP0002_MessageThread",
        };
        return RuleText.Of(key, wait.Name.ToString(), model.BlockingWaits.Describe(wait));
    }
}
