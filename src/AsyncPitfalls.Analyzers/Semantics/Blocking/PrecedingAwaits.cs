using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Whether an async function has awaited before it comes to a place.</summary>
internal sealed class PrecedingAwaits(AsyncModel model)
{
    /// <summary>Whether the function has awaited on some path to an operation, be it in an earlier turn of a loop. False where there is no graph.</summary>
    public bool Any(IOperation place, CancellationToken cancellation) => Leave(place, static (_, _) => true, cancellation);

    /// <summary>
    /// Whether on some path to an operation the awaits before it have left something behind. False where there is no graph.
    /// </summary>
    /// <param name="place">The operation.</param>
    /// <param name="after">What an await makes of it: given the await, in the graph, and whether it was there before.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Leave(IOperation place, Func<IAwaitOperation, bool, bool> after, CancellationToken cancellation) =>
        model.FlowGraphs.Around(place, cancellation) is { } graph
        && FlowStates.At(graph, place, false, (operation, left) => operation is IAwaitOperation await ? after(await, left) : left, cancellation).Contains(true);
}
