using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Follows the paths of a function from a call that takes a lock until it is released.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="graph">The graph of the function.</param>
/// <param name="taking">The call that takes the lock.</param>
/// <param name="releases">Whether an operation of the graph releases it.</param>
/// <param name="cancellation">Stops the walk.</param>
internal sealed class LockPaths(AsyncModel model, ControlFlowGraph graph, LockCall taking, Func<IOperation, bool> releases, CancellationToken cancellation)
{
    private readonly LockOutcome outcome = new(taking);
    private readonly Stack<State> open = new();
    private readonly HashSet<State> seen = [];

    /// <summary>
    /// The first await that a path comes to with the lock; null where there is none. On a path that begins with an exception of
    /// something else it counts only where the lock is released later on: a lock that such a path leaves behind is another mistake.
    /// </summary>
    public IOperation? FirstAwait(SemanticModel semantics)
    {
        foreach (var block in graph.Blocks)
        {
            var operations = FlowWalk.RunBy(block).ToList();
            var index = operations.FindIndex(operation => operation is IInvocationOperation { IsImplicit: false } && operation.Syntax == taking.Call.Syntax);
            if (index < 0)
                continue;
            foreach (var start in FlowWalk.From(graph, block.Ordinal))
                open.Push(new State(start, true) { Next = index + 1 });
        }

        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Follow(open.Pop(), semantics) is { } await)
                return await;
        }

        return null;
    }

    private IOperation? Follow(State state, SemanticModel semantics)
    {
        var block = graph.Blocks[state.At.Block];
        foreach (var operation in FlowWalk.RunBy(block).Skip(state.Next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (releases(operation))
                return state.Awaited;
            outcome.Note(operation);
            if (outcome.IsForgottenAt(operation))
                state = state with { IsTold = false };
            if (state is { IsThrown: false } && MayThrow(operation))
                Throw(state);
            if (!model.SuspendingAwaits.Suspends(operation, semantics, cancellation))
                continue;
            if (!state.IsThrown)
                return operation;
            state = state with { Awaited = state.Awaited ?? operation };
        }

        var taken = state.IsTold && block.ConditionalSuccessor is not null && block.BranchValue is { } condition ? outcome.In(condition) : null;
        foreach (var (branch, isTrue) in FlowWalk.Branches(block))
        {
            if (taken is not null && isTrue is not null && taken != isTrue)
                continue;
            foreach (var target in FlowWalk.After(graph, state.At, branch))
                Open(state with { At = target, Next = 0 });
        }

        return null;
    }

    private void Throw(State state)
    {
        if (!FlowWalk.IsCaught(graph, state.At.Block))
            return;
        foreach (var handler in FlowWalk.Thrown(graph, state.At))
            Open(state with { At = handler, Next = 0, IsThrown = true });
    }

    private void Open(State state)
    {
        if (seen.Add(state))
            open.Push(state);
    }

    private static bool MayThrow(IOperation operation) =>
        operation is IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IDynamicInvocationOperation;

    /// <summary>Where a path is that holds the lock.</summary>
    /// <param name="At">The place.</param>
    /// <param name="IsTold">Whether what was told of the lock still says whether it is held.</param>
    private sealed record State(FlowTarget At, bool IsTold)
    {
        /// <summary>The first operation of the block that has not run yet.</summary>
        public int Next { get; init; }

        /// <summary>Whether something has thrown on the way here.</summary>
        public bool IsThrown { get; init; }

        /// <summary>The await that the path has passed with the lock after that.</summary>
        public IOperation? Awaited { get; init; }
    }
}
