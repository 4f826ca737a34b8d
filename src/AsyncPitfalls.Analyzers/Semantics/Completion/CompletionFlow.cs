using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The flow of completion through one function: states are carried along its control-flow graph until they no longer
/// change. A handler gets what is known at every place of its <c>try</c> that may throw; a <c>finally</c> is gone through once for
/// each way into it, so that what is known on that way is still known behind it.
/// </summary>
internal sealed class CompletionFlow
{
    /// <summary>No real function comes near: joins only lose facts. Where it is reached, nothing is known.</summary>
    private const int MostVisits = 60;

    /// <summary>What is known, summed up over all operations that it is carried through. Where it is reached, all counts as completed, so that no rule speaks.</summary>
    private const long MostEffort = 2_000_000;

    private readonly ControlFlowGraph graph;
    private readonly CompletionQuestions ask;
    private readonly CompletionTransfer transfer;
    private readonly CompletionState?[] entries;
    private readonly int[] visits;
    private readonly SortedSet<int> open = new();
    private long effort;
    private readonly Dictionary<ControlFlowRegion, ImmutableArray<int>> handlers = new();

    public CompletionFlow(ControlFlowGraph graph, CompletionQuestions ask, CapturedAssignments captured, CancellationToken cancellation)
    {
        this.graph = graph;
        this.ask = ask;
        transfer = new CompletionTransfer(ask, captured, cancellation);
        entries = new CompletionState?[graph.Blocks.Length];
        visits = new int[graph.Blocks.Length];
    }

    /// <summary>What is found in the function where it is entered in a state.</summary>
    public CompletionRecord Run(CompletionState entry)
    {
        try
        {
            return Find(entry);
        }
        catch (InsufficientExecutionStackException)
        {
            // Of code that is nested more deeply than this thread can follow.
            return CompletionRecord.OfAll();
        }
    }

    private CompletionRecord Find(CompletionState entry)
    {
        var record = new CompletionRecord();
        Reach(0, entry);
        while (open.Count > 0)
        {
            var ordinal = open.Min;
            open.Remove(ordinal);
            if (++visits[ordinal] > MostVisits)
                return record;
            if (effort > MostEffort)
                return CompletionRecord.OfAll();
            var block = graph.Blocks[ordinal];
            Leave(block, VisitThrowing(block, entries[ordinal]!));
        }

        transfer.Record = record;
        transfer.Throws = transfer.Cancels = CompletionTransfer.Ignore;
        foreach (var block in graph.Blocks)
        {
            if (entries[block.Ordinal] is { } state)
                VisitBlock(block, state);
        }

        return record;
    }

    private CompletionState VisitBlock(BasicBlock block, CompletionState state)
    {
        foreach (var operation in block.Operations)
        {
            effort += 1 + state.Size;
            state = transfer.Visit(operation, state);
        }

        return block.BranchValue is { } value ? transfer.Visit(value, state) : state;
    }

    private CompletionState VisitThrowing(BasicBlock block, CompletionState state)
    {
        var reached = HandlersOf(block.EnclosingRegion);
        if (reached.IsEmpty)
        {
            transfer.Throws = transfer.Cancels = CompletionTransfer.Ignore;
            return VisitBlock(block, state);
        }

        CompletionState? last = null;
        transfer.Throws = thrown =>
        {
            // A handler that is reached with less knowledge learns nothing from a state with more.
            if (last is not null && thrown.AddsTo(last))
                return;
            last = thrown;
            Reach(reached, thrown);
        };
        transfer.Cancels = cancelled =>
        {
            foreach (var handler in reached)
            {
                if (CatchesCancellation(handler))
                    Reach(handler, cancelled);
            }
        };
        return VisitBlock(block, state);
    }

    private void Leave(BasicBlock block, CompletionState state)
    {
        foreach (var (branch, after) in Successors(block, state))
        {
            switch (branch.Semantics)
            {
                case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                    Reach(HandlersOf(block.EnclosingRegion), after);
                    break;
                case ControlFlowBranchSemantics.StructuredExceptionHandling:
                    Reach(HandlersOf(RegionThatEnds(block).EnclosingRegion), after);
                    break;
                case var _ when branch.Destination is { } destination:
                    Reach(destination.Ordinal, Through(branch.FinallyRegions, after));
                    break;
            }
        }
    }

    private IEnumerable<(ControlFlowBranch Branch, CompletionState State)> Successors(BasicBlock block, CompletionState state)
    {
        var (conditional, fallThrough) = (block.ConditionalSuccessor, block.FallThroughSuccessor);
        if (conditional is null || block.BranchValue is not { } condition)
        {
            if (fallThrough is not null)
                yield return (fallThrough, state);
            yield break;
        }

        var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        yield return (conditional, ask.Guards.Refine(state, condition, jumpsWhen));
        if (fallThrough is not null)
            yield return (fallThrough, ask.Guards.Refine(state, condition, !jumpsWhen));
    }

    /// <summary>The state behind the <c>finally</c> blocks that a branch goes through.</summary>
    private CompletionState Through(ImmutableArray<ControlFlowRegion> finallyRegions, CompletionState state)
    {
        foreach (var region in finallyRegions)
        {
            Reach(region.FirstBlockOrdinal, state);
            state = Through(region, state);
        }

        return state;
    }

    private CompletionState Through(ControlFlowRegion region, CompletionState state)
    {
        if (state == CompletionState.Unreachable)
            return state;
        var inside = new Dictionary<int, CompletionState> { [region.FirstBlockOrdinal] = state };
        var todo = new SortedSet<int> { region.FirstBlockOrdinal };
        var end = CompletionState.Unreachable;
        var (throws, cancels) = (transfer.Throws, transfer.Cancels);
        transfer.Throws = transfer.Cancels = CompletionTransfer.Ignore;
        for (var steps = 0; todo.Count > 0 && effort <= MostEffort && steps < MostVisits * (region.LastBlockOrdinal - region.FirstBlockOrdinal + 1); steps++)
        {
            var ordinal = todo.Min;
            todo.Remove(ordinal);
            var block = graph.Blocks[ordinal];
            foreach (var (branch, after) in Successors(block, VisitBlock(block, inside[ordinal])))
            {
                if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling && RegionThatEnds(block) == region)
                {
                    end = end.Join(after);
                }
                else if (branch.Destination is { } next && next.Ordinal >= region.FirstBlockOrdinal && next.Ordinal <= region.LastBlockOrdinal)
                {
                    var entered = branch.FinallyRegions.Aggregate(after, (current, nested) => Through(nested, current));
                    var joined = inside.TryGetValue(next.Ordinal, out var before) ? before.Join(entered) : entered;
                    if (!ReferenceEquals(joined, before) && joined != CompletionState.Unreachable && !joined.Equals(before))
                    {
                        inside[next.Ordinal] = joined;
                        todo.Add(next.Ordinal);
                    }
                }
            }
        }

        (transfer.Throws, transfer.Cancels) = (throws, cancels);
        return end;
    }

    private void Reach(ImmutableArray<int> blocks, CompletionState state)
    {
        foreach (var block in blocks)
            Reach(block, state);
    }

    private void Reach(int block, CompletionState state)
    {
        if (state == CompletionState.Unreachable)
            return;
        var before = entries[block];
        // Whoever comes by with more knowledge than those before leaves what is known of all as it is.
        if (before is not null && state.AddsTo(before))
            return;
        var joined = before is null || before.AddsTo(state) ? state : before.Join(state);
        if (ReferenceEquals(joined, before))
            return;
        entries[block] = joined;
        open.Add(block);
    }

    /// <summary>The first blocks of the handlers that an exception in a region may reach, up to the first that lets none by.</summary>
    private ImmutableArray<int> HandlersOf(ControlFlowRegion? region)
    {
        // Around the root of a nested function's graph are the regions of the graph that it is nested in.
        if (region is null or { Kind: ControlFlowRegionKind.Root })
            return ImmutableArray<int>.Empty;
        if (handlers.TryGetValue(region, out var known))
            return known;
        return handlers[region] = FindHandlers(region);
    }

    private ImmutableArray<int> FindHandlers(ControlFlowRegion region)
    {
        if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole)
            return HandlersOf(region.EnclosingRegion);
        var others = whole.NestedRegions.Where(nested => nested != region).ToList();
        var own = others.Select(nested => nested.FirstBlockOrdinal).ToImmutableArray();
        return whole.Kind == ControlFlowRegionKind.TryAndFinally || others.Any(CatchesAll)
            ? own
            : own.AddRange(HandlersOf(whole.EnclosingRegion));
    }

    private bool CatchesAll(ControlFlowRegion region) =>
        region.Kind == ControlFlowRegionKind.Catch
        && (region.ExceptionType is null or { SpecialType: SpecialType.System_Object } || KnownTypes.Same(region.ExceptionType, ask.Model.Types.Exception));

    /// <summary>Whether a handler, given by its first block, runs where a token has ended a wait.</summary>
    private bool CatchesCancellation(int handler)
    {
        for (var region = graph.Blocks[handler].EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Finally }; region = region.EnclosingRegion)
        {
            if (region.ExceptionType is { } caught)
                return caught.TypeKind == TypeKind.Error || KnownTypes.SameOrBelow(ask.Model.Types.OperationCanceledException, caught as INamedTypeSymbol);
        }

        return true;
    }

    private static ControlFlowRegion RegionThatEnds(BasicBlock block)
    {
        var region = block.EnclosingRegion;
        while (region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter) && region.EnclosingRegion is { } outer)
            region = outer;
        return region;
    }
}
