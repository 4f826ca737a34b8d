using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>What paths through a function have come by when they reach a place.</summary>
internal static class FlowStates
{
    /// <summary>The states in which paths from the function's start come to an operation; none where no path does.</summary>
    /// <typeparam name="T">What is known of a path, of which there must be few.</typeparam>
    /// <param name="graph">The graph of the function around the operation.</param>
    /// <param name="place">The operation, which the graph has a copy of.</param>
    /// <param name="start">The state at the start.</param>
    /// <param name="after">What an operation of the graph makes of a state; they are asked in the order in which they run.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static HashSet<T> At<T>(ControlFlowGraph graph, IOperation place, T start, Func<IOperation, T, T> after, CancellationToken cancellation)
        where T : struct, IEquatable<T>
    {
        var found = new HashSet<T>();
        Walk(graph, start, after, Note, cancellation);
        return found;

        void Note(IOperation operation, T state)
        {
            if (operation.Syntax == place.Syntax && operation.Kind == place.Kind)
                found.Add(state);
        }
    }

    /// <summary>Tells of each operation of a graph in which states paths come to it.</summary>
    /// <typeparam name="T">What is known of a path, of which there must be few.</typeparam>
    /// <param name="graph">The graph of a function.</param>
    /// <param name="start">The state at the start.</param>
    /// <param name="after">What an operation of the graph makes of a state; they are asked in the order in which they run.</param>
    /// <param name="reach">Is told of an operation and a state with which a path comes to it.</param>
    /// <param name="cancellation">Stops the walk.</param>
    public static void Walk<T>(ControlFlowGraph graph, T start, Func<IOperation, T, T> after, Action<IOperation, T> reach, CancellationToken cancellation)
        where T : struct, IEquatable<T>
    {
        var open = new Stack<(FlowTarget At, T State)>();
        var seen = new HashSet<(FlowTarget, T)>();
        Visit(new FlowTarget(0, null), start);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (at, state) = open.Pop();
            var block = graph.Blocks[at.Block];
            foreach (var operation in FlowWalk.RunBy(block))
            {
                cancellation.ThrowIfCancellationRequested();
                reach(operation, state);
                var next = after(operation, state);
                if (next.Equals(state))
                    continue;
                // An operation may throw before it has done this, and what follows it after.
                VisitHandlers(at, state);
                state = next;
            }

            VisitHandlers(at, state);
            foreach (var next in FlowWalk.Branches(block).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)))
                Visit(next, state);
        }

        void Visit(FlowTarget target, T state)
        {
            if (seen.Add((target, state)))
                open.Push((target, state));
        }

        void VisitHandlers(FlowTarget at, T state)
        {
            if (!FlowWalk.IsCaught(graph, at.Block))
                return;
            foreach (var handler in FlowWalk.Thrown(graph, at))
                Visit(handler, state);
        }
    }
}
