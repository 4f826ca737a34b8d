using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Tasks that are dropped on purpose beside what a function goes on with, until it closes what they work with: that is how they end.</summary>
internal sealed class Companions(AsyncModel model, TaskInputs inputs)
{
    /// <summary>
    /// The awaits and calls behind which closing does a dropped task no harm: every await where the task is a loop that only
    /// closing ends, what uses a connection after a command that it sends in order, what signals or waits for the task
    /// where a signal is closed. Empty for a source's token, which nobody cancels any more when it is disposed.
    /// </summary>
    public IReadOnlyCollection<SyntaxNode> UsesBeside(IInvocationOperation task, Closing closing, CancellationToken cancellation)
    {
        if (closing is not { Kind: ClosingKind.Disposal, Resource: { } resource })
            return [];
        var isLoop = EndlessWork.Loops(task, cancellation);
        var isSignal = KnownTypes.SameOrBelow(Variables.TypeOf(resource), model.Types.Signals);
        var sender = Variables.SymbolOf(task.Instance) is { } receiver && !Same(receiver, resource) ? receiver : null;
        return new HashSet<SyntaxNode>(OwnOperations.Of(OwnOperations.FunctionAround(task))
            .Where(later => later.Syntax.SpanStart > task.Syntax.SpanStart && later switch
            {
                IAwaitOperation await => isLoop || sender is not null && Sends(model.Awaitables.Behind(await.Operation), resource, cancellation),
                IInvocationOperation call when model.Awaitables.ResultOf(call.Type) is null => Variables.SymbolOf(call.Instance) is { } used && !Closings.Closes(call.TargetMethod)
                    && (isSignal && Same(used, resource) || sender is not null && (Same(used, sender) || Same(used, resource))),
                _ => false,
            })
            .Select(later => later.Syntax));
    }

    /// <summary>Whether a task that is awaited is a command of the connection too.</summary>
    private bool Sends(IOperation awaited, ISymbol resource, CancellationToken cancellation) =>
        (awaited is ILocalReferenceOperation ? model.AssignedValues.Of(awaited, cancellation) : [awaited])?
            .Any(value => model.Awaitables.Behind(value) is IInvocationOperation next && inputs.Hold(next, resource, cancellation)) is true;

    /// <summary>Whether a source is cancelled after the call that takes its token, which then needs it no longer.</summary>
    public bool IsCancelled(IInvocationOperation task, ISymbol source) =>
        OwnOperations.Of(OwnOperations.FunctionAround(task)).OfType<IInvocationOperation>().Any(cancel =>
            cancel.Syntax.SpanStart > task.Syntax.SpanStart
            && cancel.TargetMethod.Name is "Cancel" or "CancelAsync" or "TryCancel"
            && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(cancel.Instance ?? cancel.Arguments.FirstOrDefault()?.Value), source));

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
