using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Tasks that are dropped beside what a function goes on with, until it closes what they work with: that is how they end.</summary>
internal sealed class Companions(AsyncModel model)
{
    /// <summary>
    /// The awaits and calls behind which closing does a dropped task no harm: every await where the task is a loop that only
    /// closing ends, and where a signal is closed, what gives it or waits for it.
    /// </summary>
    public IReadOnlyCollection<SyntaxNode> UsesBeside(IInvocationOperation task, Closing closing, CancellationToken cancellation)
    {
        if (closing is not { Kind: ClosingKind.Disposal, Resource: { } resource })
            return [];
        var isLoop = EndlessWork.Loops(task, cancellation);
        var isSignal = KnownTypes.SameOrBelow(Variables.TypeOf(resource), model.Types.Signals);
        if (!isLoop && !isSignal)
            return [];
        return new HashSet<SyntaxNode>(OwnOperations.Of(OwnOperations.FunctionAround(task))
            .Where(later => later.Syntax.SpanStart > task.Syntax.SpanStart && later switch
            {
                IAwaitOperation => isLoop,
                IInvocationOperation call => isSignal && IsOf(call.Instance, resource) && !Closings.Closes(call.TargetMethod),
                _ => false,
            })
            .Select(later => later.Syntax));
    }

    /// <summary>Whether a source is cancelled after the call that takes its token, which then needs it no longer.</summary>
    public bool IsCancelled(IInvocationOperation task, ISymbol source) =>
        OwnOperations.Of(OwnOperations.FunctionAround(task)).OfType<IInvocationOperation>().Any(cancel =>
            cancel.Syntax.SpanStart > task.Syntax.SpanStart
            && cancel.TargetMethod.Name is "Cancel" or "CancelAsync" or "TryCancel"
            && IsOf(cancel.Instance ?? cancel.Arguments.FirstOrDefault()?.Value, source));

    private static bool IsOf(IOperation? receiver, ISymbol variable) => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(receiver), variable);
}
