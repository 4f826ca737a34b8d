using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Whether an async function has awaited before it comes to a place.</summary>
internal sealed class PrecedingAwaits(AsyncModel model)
{
    /// <summary>Whether the function has awaited on some path to an operation, be it in an earlier turn of a loop. False where there is no graph.</summary>
    public bool Any(IOperation place, CancellationToken cancellation) => Arrivals(place, cancellation).Contains(true);

    /// <summary>Whether the function has awaited on every path to an operation. True for what no path reaches; false where there is no graph.</summary>
    public bool All(IOperation place, CancellationToken cancellation)
    {
        var arrivals = Arrivals(place, cancellation);
        return model.FlowGraphs.Around(place, cancellation) is not null && !arrivals.Contains(false);
    }

    /// <summary>
    /// Whether on some path to an operation the awaits before it have left something behind. False where there is no graph.
    /// </summary>
    /// <param name="place">The operation.</param>
    /// <param name="after">What an await makes of it: given the await, in the graph, and whether it was there before.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Leave(IOperation place, Func<IAwaitOperation, bool, bool> after, CancellationToken cancellation) =>
        Arrivals(place, after, cancellation).Contains(true);

    private HashSet<bool> Arrivals(IOperation place, CancellationToken cancellation) => Arrivals(place, (_, _) => true, cancellation);

    /// <summary>In which ways paths come to a place: having awaited, or not.</summary>
    private HashSet<bool> Arrivals(IOperation place, Func<IAwaitOperation, bool, bool> after, CancellationToken cancellation)
    {
        var found = new HashSet<bool>();
        if (model.FlowGraphs.Around(place, cancellation) is not { } graph)
            return found;
        var open = new Stack<(FlowTarget At, bool Awaited)>();
        var seen = new HashSet<(FlowTarget, bool)>();
        Visit(new FlowTarget(0, null), false);
        while (open.Count > 0 && found.Count < 2)
        {
            cancellation.ThrowIfCancellationRequested();
            var (at, awaited) = open.Pop();
            var block = graph.Blocks[at.Block];
            foreach (var operation in FlowWalk.RunBy(block))
            {
                if (operation.Syntax == place.Syntax && operation.Kind == place.Kind)
                    found.Add(awaited);
                if (operation is not IAwaitOperation await || after(await, awaited) is var then && then == awaited)
                    continue;
                // The operand may throw before it suspends, and what follows it may throw after.
                VisitHandlers(at, awaited);
                awaited = then;
            }

            VisitHandlers(at, awaited);
            foreach (var next in FlowWalk.Branches(block).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)))
                Visit(next, awaited);
        }

        return found;

        void Visit(FlowTarget target, bool awaited)
        {
            if (seen.Add((target, awaited)))
                open.Push((target, awaited));
        }

        void VisitHandlers(FlowTarget at, bool awaited)
        {
            if (!FlowWalk.IsCaught(graph, at.Block))
                return;
            foreach (var handler in FlowWalk.Thrown(graph, at))
                Visit(handler, awaited);
        }
    }
}
