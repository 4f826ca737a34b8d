using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Whether an async function has awaited before it comes to a place.</summary>
internal sealed class PrecedingAwaits(AsyncModel model)
{
    private readonly ConcurrentDictionary<ControlFlowGraph, HashSet<(SyntaxNode, OperationKind)>> preceded = new();

    /// <summary>Whether the function has awaited on some path to an operation, be it in an earlier turn of a loop. False where there is no graph.</summary>
    public bool Any(IOperation place, CancellationToken cancellation)
    {
        if (model.FlowGraphs.Around(place, cancellation) is not { } graph)
            return false;
        if (!preceded.TryGetValue(graph, out var operations))
            operations = preceded.GetOrAdd(graph, PrecededIn(graph, cancellation));
        return operations.Contains((place.Syntax, place.Kind));
    }

    /// <summary>
    /// Whether on some path to an operation the awaits before it have left something behind. False where there is no graph.
    /// </summary>
    /// <param name="place">The operation.</param>
    /// <param name="after">What an await makes of it: given the await, in the graph, and whether it was there before.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Leave(IOperation place, Func<IAwaitOperation, bool, bool> after, CancellationToken cancellation) =>
        model.FlowGraphs.Around(place, cancellation) is { } graph
        && FlowStates.At(graph, place, false, (operation, left) => operation is IAwaitOperation await ? after(await, left) : left, cancellation).Contains(true);

    /// <summary>All operations of a graph that an await precedes: found at once, as many calls of one function are asked about.</summary>
    private static HashSet<(SyntaxNode, OperationKind)> PrecededIn(ControlFlowGraph graph, CancellationToken cancellation)
    {
        var found = new HashSet<(SyntaxNode, OperationKind)>();
        FlowStates.Walk(graph, false, static (operation, awaited) => awaited || operation is IAwaitOperation, Note, cancellation);
        return found;

        void Note(IOperation operation, bool awaited)
        {
            if (awaited)
                found.Add((operation.Syntax, operation.Kind));
        }
    }
}
