using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0016: a lock or a value that belongs to one thread is carried over an await, after which another thread may go on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0016HeldLockAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0016)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        context.RegisterOperationAction(operation => AnalyzeCall(operation, model), OperationKind.Invocation);
        if (model.Types.ThreadStaticAttribute is not null)
            context.RegisterOperationAction(operation => AnalyzeRead(operation, model), OperationKind.FieldReference);
        if (model.Types.ThreadLocalOfT is not null)
            context.RegisterOperationAction(operation => AnalyzeRead(operation, model), OperationKind.PropertyReference);
    }

    private void AnalyzeCall(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.HeldLocks.Of((IInvocationOperation)context.Operation, context.CancellationToken) is { } held)
            context.ReportDiagnostic(Finding.Of(Rule, CalledNames.WholeOf(held.Taking.Call.Syntax), [held.Await.GetLocation()], Message(held)));
    }

    private static LocalizableString Message(HeldLock held)
    {
        var key = held switch
        {
            { IsReleased: false } => "AP0016_MessageKept",
            { KeepsThread: true } => "AP0016_MessageTakenAgain",
            _ => "AP0016_MessageReleased",
        };
        return RuleText.Of(key, held.Taking.Lock.Syntax.ToString());
    }

    private void AnalyzeRead(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.ThreadBoundValues.Strays(context.Operation, context.CancellationToken) && !model.Unexecuted.Holds(context.Operation))
            context.ReportDiagnostic(Finding.Of(Rule, context.Operation.Syntax.GetLocation(), RuleText.Of("AP0016_MessageValue", model.ThreadBoundValues.Of(context.Operation)!.Name)));
    }
}
