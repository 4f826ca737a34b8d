using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0013: async code calls what always blocks its thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0013BlockingCallAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0013)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), model.BlockingMembers.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var cancellation = context.CancellationToken;
        if (model.BlockingMembers.Of(context.Operation, cancellation) is not { } call
            || !model.AwaitingPlaces.Hold(call.Operation, cancellation)
            || call.Kind == BlockingKind.Sequence && model.BlockingSequences.IsEnumeratedElsewhere(call.Operation, cancellation)
            || IsGivenAsyncWork(call, model, cancellation)
            || model.BlockingDefects.HasBefore(call.Operation, BlockingDefect.AlwaysBlocks, cancellation))
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.LocationOf(call.Name), NameOf(call), Thread(call, model, cancellation), Instead(call, model, cancellation)));
    }

    /// <summary>Whether a parallel loop is given async callbacks: it waits for none of them, which is a defect of its own.</summary>
    private static bool IsGivenAsyncWork(BlockingCall call, AsyncModel model, CancellationToken cancellation) =>
        call is { Kind: BlockingKind.Parallel, Operation: IInvocationOperation loop }
        && loop.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())
            .OfType<IDelegateCreationOperation>()
            .Any(given => given.Target is IAnonymousFunctionOperation { Symbol.IsAsync: true } || model.UnawaitedCallbacks.Of(given.Target, cancellation) is not null);

    private static string NameOf(BlockingCall call) => call.Operation switch
    {
        IInvocationOperation { TargetMethod: var method } => CalledNames.Of(method),
        IMemberReferenceOperation { Member: var member } => CalledNames.Of(member),
        var creation => creation.Type?.Name ?? "",
    };

    private static LocalizableString Thread(BlockingCall call, AsyncModel model, CancellationToken cancellation) =>
        RuleText.Of(
            model.Surroundings.Around(call.Operation.Syntax, call.Operation.SemanticModel!, cancellation) == Surrounding.UserInterfaceHandler ? "AP0013_Thread_Ui"
            : model.WaitThreads.IsOfPool(call.Operation, cancellation) ? "AP0013_Thread_Pool"
            : "AP0013_Thread_Caller");

    private static LocalizableString Instead(BlockingCall call, AsyncModel model, CancellationToken cancellation) =>
        model.AwaitedCounterparts.NameOf(call, cancellation) is { } counterpart
            ? RuleText.Of("AP0013_Instead_Await", counterpart)
            : RuleText.Of(call.Kind switch
            {
                BlockingKind.Sequence when call.Operation is IInvocationOperation { TargetMethod.IsExtensionMethod: true } => "AP0013_Instead_ForEach",
                BlockingKind.Sequence or BlockingKind.Collection => "AP0013_Instead_Channel",
                BlockingKind.Handle or BlockingKind.Event or BlockingKind.Barrier or BlockingKind.Pulse => "AP0013_Instead_Signal",
                BlockingKind.Spin => "AP0013_Instead_Condition",
                BlockingKind.Thread or BlockingKind.Parallel or BlockingKind.TaskRun => "AP0013_Instead_Task",
                _ => "AP0013_Instead_Thread",
            });
}
