using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What runs after the <c>finally</c> blocks on the way out of a <c>try</c>: those blocks one after the other, then the
/// block to which the branch leads. The graph itself has no edges for this.
/// </summary>
/// <param name="Finally">The next <c>finally</c> to run.</param>
/// <param name="Then">What follows when it has run.</param>
internal sealed record Unwinding(ControlFlowRegion Finally, FlowTarget Then);

/// <summary>A place in a graph that a path comes to: a block, and what is left to unwind when the <c>finally</c> that it is in ends.</summary>
/// <param name="Block">The ordinal of the block.</param>
/// <param name="Pending">What to do at the end of the <c>finally</c> around the block; null outside.</param>
internal sealed record FlowTarget(int Block, Unwinding? Pending);

/// <summary>Where the paths through a control-flow graph lead, with <c>finally</c> blocks run and explicit throws caught.</summary>
internal static class FlowWalk
{
    /// <summary>
    /// Where a path can begin that begins in a block: for one in a <c>finally</c> with each way to go on after that, else
    /// only with the block itself.
    /// </summary>
    public static IEnumerable<FlowTarget> From(ControlFlowGraph graph, int block)
    {
        if (RegionsAround(graph.Blocks[block]).FirstOrDefault(around => around.Kind == ControlFlowRegionKind.Finally) is not { } region)
            return [new FlowTarget(block, null)];
        return graph.Blocks
            .SelectMany(source => new[] { source.ConditionalSuccessor, source.FallThroughSuccessor })
            .OfType<ControlFlowBranch>()
            .Where(branch => branch.Destination is not null && branch.FinallyRegions.Contains(region))
            .Select(branch => Unwind(
                branch.FinallyRegions.RemoveRange(0, branch.FinallyRegions.IndexOf(region) + 1),
                new FlowTarget(branch.Destination!.Ordinal, null)))
            .Select(then => new FlowTarget(block, new Unwinding(region, then)));
    }

    /// <summary>The branches that leave a block, and whether its condition is true there; null for those that are taken anyway. A constant condition has one.</summary>
    public static IEnumerable<(ControlFlowBranch? Branch, bool? WhenTrue)> Branches(BasicBlock block)
    {
        if (block.ConditionalSuccessor is null || block.BranchValue is not { } value)
            return [(block.FallThroughSuccessor, null)];
        var (whenTrue, whenFalse) = block.ConditionKind == ControlFlowConditionKind.WhenTrue
            ? (block.ConditionalSuccessor, block.FallThroughSuccessor)
            : (block.FallThroughSuccessor, block.ConditionalSuccessor);
        if (value.ConstantValue is { HasValue: true, Value: bool constant })
            return [(constant ? whenTrue : whenFalse, null)];
        return [(whenTrue, true), (whenFalse, false)];
    }

    /// <summary>The operations of a block in the order in which they run: what an operation is made of comes before it.</summary>
    public static IEnumerable<IOperation> RunBy(BasicBlock block) =>
        (block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations).SelectMany(InOrder);

    private static IEnumerable<IOperation> InOrder(IOperation root)
    {
        var open = new Stack<(IOperation Operation, IOperation.OperationList.Enumerator Children)>();
        open.Push((root, root.ChildOperations.GetEnumerator()));
        while (open.Count > 0)
        {
            var (operation, children) = open.Pop();
            if (children.MoveNext())
            {
                var child = children.Current;
                open.Push((operation, children));
                open.Push((child, child.ChildOperations.GetEnumerator()));
            }
            else
            {
                yield return operation;
            }
        }
    }

    /// <summary>The places to which a branch can lead; empty where the path ends without reaching the end of the function.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="at">Where the path is.</param>
    /// <param name="branch">The branch that it takes; null for none.</param>
    public static IEnumerable<FlowTarget> After(ControlFlowGraph graph, FlowTarget at, ControlFlowBranch? branch)
    {
        switch (branch?.Semantics)
        {
            case ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return:
                return [Unwind(branch.FinallyRegions, new FlowTarget(branch.Destination!.Ordinal, at.Pending))];
            case ControlFlowBranchSemantics.StructuredExceptionHandling when at.Pending is { } pending:
                return [pending.Then];
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                return Thrown(graph, at);
            default:
                return [];
        }
    }

    /// <summary>
    /// The places to which an exception thrown in a block can lead: the handlers of the nearest <c>catch</c> around it, with
    /// the <c>finally</c> blocks on the way run first; the end of the function where there is no <c>catch</c>.
    /// </summary>
    public static IEnumerable<FlowTarget> Thrown(ControlFlowGraph graph, FlowTarget at)
    {
        var passed = new List<ControlFlowRegion>();
        foreach (var region in RegionsAround(graph.Blocks[at.Block]).Where(around => around.Kind == ControlFlowRegionKind.Try))
        {
            var outer = region.EnclosingRegion!;
            if (outer.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                passed.Add(outer.NestedRegions[1]);
                continue;
            }

            var handlers = outer.NestedRegions.Where(nested => nested != region).ToList();
            return handlers.Select(handler => Unwind(passed, new FlowTarget(handler.FirstBlockOrdinal, PendingIn(handler, at.Pending))));
        }

        return [Unwind(passed, new FlowTarget(graph.Blocks.Length - 1, null))];
    }

    /// <summary>Whether a <c>catch</c> is around a block, so that what is thrown there may not leave the function.</summary>
    public static bool IsCaught(ControlFlowGraph graph, int block) =>
        RegionsAround(graph.Blocks[block]).Any(region => region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion.Kind: ControlFlowRegionKind.TryAndCatch });

    /// <summary>Whether a block belongs to a <c>finally</c>, or to what the compiler makes one of, as of <c>using</c>.</summary>
    public static bool IsInFinally(BasicBlock block) => RegionsAround(block).Any(region => region.Kind == ControlFlowRegionKind.Finally);

    /// <summary>Whether a path from an event of a block reaches the function's end without passing what ends it safely.</summary>
    public static bool ReachesEnd(ControlFlowGraph graph, TaskEvents events, int block, int firstEvent, Func<IOperation, bool> endsSafely, CancellationToken cancellation) =>
        Reaches(graph, events, block, firstEvent, null, endsSafely, cancellation);

    /// <summary>Whether a path from an event of a block reaches a call, or the function's end where that is null, without passing what ends it safely.</summary>
    public static bool Reaches(
        ControlFlowGraph graph, TaskEvents events, int block, int firstEvent, Func<IOperation, bool>? isGoal, Func<IOperation, bool> endsSafely, CancellationToken cancellation)
    {
        var open = new Stack<(FlowTarget At, int FirstEvent)>(From(graph, block).Select(start => (start, firstEvent)));
        var seen = new HashSet<FlowTarget>();
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (at, first) = open.Pop();
            var current = graph.Blocks[at.Block];
            if (current.Kind == BasicBlockKind.Exit && isGoal is null)
                return true;
            var decisive = events.In(at.Block).Skip(first).FirstOrDefault(item =>
            {
                cancellation.ThrowIfCancellationRequested();
                return item.Kind is TaskEventKind.Call or TaskEventKind.Await && (isGoal?.Invoke(item.Operation) is true || endsSafely(item.Operation));
            });
            if (decisive is not null)
            {
                if (isGoal?.Invoke(decisive.Operation) is true)
                    return true;
                continue;
            }

            foreach (var next in Branches(current).SelectMany(leaving => After(graph, at, leaving.Branch)))
            {
                if (seen.Add(next))
                    open.Push((next, 0));
            }
        }

        return false;
    }

    /// <summary>The regions around a block, the innermost first. Beyond the root of a nested function's graph begin those of the graph around it, which are no part of this one.</summary>
    private static IEnumerable<ControlFlowRegion> RegionsAround(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region.Kind != ControlFlowRegionKind.Root; region = region.EnclosingRegion!)
            yield return region;
    }

    /// <summary>What is left to unwind in a region: an exception ends the <c>finally</c> blocks that it leaves, and what was to follow them never does.</summary>
    private static Unwinding? PendingIn(ControlFlowRegion region, Unwinding? pending)
    {
        while (pending is not null && !Contains(pending.Finally, region))
            pending = pending.Then.Pending;
        return pending;
    }

    private static bool Contains(ControlFlowRegion outer, ControlFlowRegion inner) =>
        outer.FirstBlockOrdinal <= inner.FirstBlockOrdinal && inner.LastBlockOrdinal <= outer.LastBlockOrdinal;

    private static FlowTarget Unwind(IReadOnlyList<ControlFlowRegion> regions, FlowTarget then)
    {
        for (var i = regions.Count - 1; i >= 0; i--)
            then = new FlowTarget(regions[i].FirstBlockOrdinal, new Unwinding(regions[i], then));
        return then;
    }
}
