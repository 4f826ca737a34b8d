using System;
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
    /// The awaits behind which closing does a dropped task no harm: all of them where the task is a loop that only closing
    /// ends, and for what a connection does in order, those of its later commands. Empty for a source's token, which
    /// nobody cancels any more when it is disposed.
    /// </summary>
    public IReadOnlyCollection<SyntaxNode> AwaitsBeside(IInvocationOperation task, Closing closing, CancellationToken cancellation)
    {
        if (closing is not { Kind: ClosingKind.Disposal, Resource: { } resource })
            return [];
        var later = OwnOperations.Of(OwnOperations.FunctionAround(task))
            .OfType<IAwaitOperation>()
            .Where(await => await.Syntax.SpanStart > task.Syntax.SpanStart)
            .ToList();
        if (later.Count == 0)
            return [];
        var isLoop = EndlessWork.Loops(task, cancellation);
        return new HashSet<SyntaxNode>(later
            .Where(await => isLoop || IsCommand(task, resource) && model.Awaitables.Behind(await.Operation) is IInvocationOperation next && inputs.Hold(next, resource, cancellation))
            .Select(await => await.Syntax));
    }

    /// <summary>Whether a source is cancelled after the call that takes its token, which then needs it no longer.</summary>
    public bool IsCancelled(IInvocationOperation task, ISymbol source) =>
        OwnOperations.Of(OwnOperations.FunctionAround(task)).OfType<IInvocationOperation>().Any(cancel =>
            cancel.Syntax.SpanStart > task.Syntax.SpanStart
            && cancel.TargetMethod.Name is "Cancel" or "CancelAsync" or "TryCancel"
            && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(cancel.Instance ?? cancel.Arguments.FirstOrDefault()?.Value), source));

    /// <summary>Whether a task is one of the commands that a variable's object sends over a connection which another variable holds.</summary>
    private static bool IsCommand(IInvocationOperation task, ISymbol connection) =>
        Variables.SymbolOf(task.Instance) is { } receiver && !SymbolEqualityComparer.Default.Equals(receiver, connection);
}
