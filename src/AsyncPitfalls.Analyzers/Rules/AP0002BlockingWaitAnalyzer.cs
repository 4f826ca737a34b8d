using System.Linq;
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
        if (model.BlockingWaits.Of(context.Operation) is { } wait
            && !wait.ReturnsAtOnce
            && !model.Unexecuted.Holds(wait.Operation)
            && !model.LoopRunners.IsWaitOfRunner(wait, context.CancellationToken)
            && !IsOver(wait, model, context.CancellationToken))
            context.ReportDiagnostic(Diagnostic.Create(Rule, wait.Name.GetLocation(), wait.Name.ToString()));
    }

    /// <summary>Whether what is waited for has completed before the wait, so that nothing blocks.</summary>
    private static bool IsOver(BlockingWait wait, AsyncModel model, CancellationToken cancellation) => wait.Form switch
    {
        BlockingForm.SpinLoop or BlockingForm.SpinUntil => false,
        BlockingForm.WaitAny => wait.Tasks.Any(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
        _ => !wait.Tasks.IsEmpty && wait.Tasks.All(task => model.CompletedTasks.IsKnownCompleted(task, cancellation)),
    };
}
