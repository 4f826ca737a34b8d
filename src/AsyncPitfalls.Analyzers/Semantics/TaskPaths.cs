using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What the paths from an assignment to the function's end do with the task that it puts into a variable.</summary>
/// <param name="Found">The uses that were asked for, on whichever path; only the first where that answers the question.</param>
/// <param name="IsLost">Whether a path without an exception of something else leaves or overwrites it.</param>
/// <param name="IsOnlyThrown">Whether each such path ends with a <c>throw</c>.</param>
/// <param name="Loss">Where that happens; null where it is no single place.</param>
/// <param name="FailedAt">The first await that loses it by throwing; null where none does.</param>
/// <param name="IsInspected">Whether a path asks for its state.</param>
internal sealed record TaskOutcome(
    ImmutableArray<TaskDestination> Found, bool IsLost, bool IsOnlyThrown, SyntaxNode? Loss, SyntaxNode? FailedAt, bool IsInspected)
{
    /// <summary>Whether a path comes to a call that the question seeks.</summary>
    public bool IsReached { get; init; }
}

/// <summary>Follows a variable that holds a task, and the variables it is copied to, along every path.</summary>
/// <param name="graph">The graph of the function.</param>
/// <param name="events">Its events.</param>
/// <param name="destinations">Where a read of a variable goes, by its syntax; null where nobody has written it.</param>
/// <param name="question">What is asked of the paths.</param>
/// <param name="cancellation">Stops the walk.</param>
internal sealed class TaskPaths(
    ControlFlowGraph graph, TaskEvents events, Func<SyntaxNode, TaskDestination?> destinations, PathQuestion question, CancellationToken cancellation)
{
    private readonly Stack<State> open = new();
    private readonly HashSet<State> seen = [];
    private readonly HashSet<SyntaxNode> carrying = [];
    private readonly Dictionary<ISymbol, int> variables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, TaskDestination> found = [];
    private bool isLost;
    private bool isThrown;
    private bool isInspected;
    private bool isReached;
    private SyntaxNode? loss;
    private SyntaxNode? failedAt;

    /// <summary>The outcome for the task that a variable holds from a place on.</summary>
    /// <param name="variable">The variable; null for a task that none holds.</param>
    /// <param name="place">The block and the event that gives it the task, or makes it.</param>
    /// <param name="correlated">What conditions decide whether that event happens: beyond a later branch on one of them nothing counts as lost.</param>
    public TaskOutcome From(ISymbol? variable, (int Block, int Event) place, ImmutableHashSet<ISymbol> correlated)
    {
        foreach (var start in FlowWalk.From(graph, place.Block))
            Open(new State(start, place.Event + 1, variable is null ? BigInteger.Zero : Add(variable)));
        while (open.Count > 0 && !isReached && !(question.IsAnsweredByOneUse && found.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            Follow(open.Pop(), correlated);
        }

        return new TaskOutcome(
            found.Values.OrderBy(use => use.Place.Syntax.SpanStart).ToImmutableArray(), isLost || isThrown, !isLost && isThrown, loss, failedAt, isInspected)
        {
            IsReached = isReached,
        };
    }

    private void Open(State state)
    {
        if (seen.Add(state))
            open.Push(state);
    }

    private void Follow(State state, ImmutableHashSet<ISymbol> correlated)
    {
        var block = graph.Blocks[state.At.Block];
        if (block.Kind == BasicBlockKind.Exit)
        {
            Lose(state, null);
            return;
        }

        var holders = state.Holders;
        var inBlock = events.In(state.At.Block);
        for (var i = state.NextEvent; i < inBlock.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Happen(inBlock[i], state, ref holders))
                return;
        }

        if (question.AnythingMayFail)
            Throw(state, holders, null);
        var end = events.EndOf(state.At.Block);
        if (end.Mentions(correlated))
            state = state with { IsDoubtful = true };
        var (whenTrue, whenFalse) = end.Condition is { } condition && end.MayTellOf(variables) ? WhatSays(condition, holders) : default;
        foreach (var (branch, isTrue) in end.Branches)
        {
            var meaning = isTrue is null ? TaskBranch.Open : isTrue.Value ? whenTrue : whenFalse;
            if (meaning != TaskBranch.Impossible)
                Continue(meaning == TaskBranch.CaredFor && question.TrustsQuestionsForState ? state with { IsDoubtful = true } : state, branch, holders);
        }
    }

    /// <summary>Takes one event into account; false where the path is of no further interest.</summary>
    private bool Happen(TaskEvent item, State state, ref BigInteger holders)
    {
        if ((item.Variable is null || !Holds(item.Variable, holders)) && question.EffectOf(item, state.IsDoubtful) == PathEffect.Over)
            return false;
        switch (item.Kind)
        {
            case TaskEventKind.Read when Holds(item.Variable!, holders):
                return Read(item, ref holders);
            case TaskEventKind.Write when item.Operation is IIsPatternOperation { Value: var matched } && events.VariableOf(matched) is { } source && Holds(source, holders):
                holders |= Add(item.Variable!);
                return true;
            case TaskEventKind.Write when Holds(item.Variable!, holders) && !carrying.Contains(item.Operation.Syntax):
                holders &= ~Mask(item.Variable!);
                if (!holders.IsZero)
                    return true;
                Lose(state, item.Operation.Syntax);
                return false;
            case TaskEventKind.Await or TaskEventKind.Call when question.EndsSafely(item.Operation):
                return false;
            case TaskEventKind.Call when question.Seeks(item.Operation):
                isReached |= !state.IsDoubtful;
                return false;
            case TaskEventKind.Await when state.Thrower is null && question.MayFail(item.Operation):
                Throw(state, holders, item.Operation.Syntax);
                return true;
            default:
                return true;
        }
    }

    private bool Read(TaskEvent read, ref BigInteger holders)
    {
        if (destinations(read.Operation.Syntax) is not { } destination)
            return read.Operation.IsImplicit;
        var effect = question.EffectOf(destination);
        if (effect == PathEffect.Found && !found.ContainsKey(destination.Place.Syntax))
            found.Add(destination.Place.Syntax, destination);
        if (effect != PathEffect.GoesOn)
            return false;

        isInspected |= destination is { End: TaskEnd.Inspected, Place: IPropertyReferenceOperation };
        if (destination.Variable is { } copy)
        {
            holders |= Add(copy);
            carrying.Add(destination.Place.Syntax);
        }

        return true;
    }

    private void Throw(State state, BigInteger holders, SyntaxNode? thrower)
    {
        foreach (var target in events.ThrownAt(state.At))
            Open(state with { At = target, NextEvent = 0, Holders = holders, Thrower = state.Thrower ?? thrower });
    }

    private void Continue(State state, ControlFlowBranch? branch, BigInteger holders)
    {
        var isThrow = branch?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow;

        // Nobody has written the exception of a switch expression that has no arm for a value.
        if (isThrow && branch!.Source.BranchValue is IObjectCreationOperation { IsImplicit: true } or IConversionOperation { Operand: IObjectCreationOperation { IsImplicit: true } })
            return;
        var place = isThrow || branch?.Semantics == ControlFlowBranchSemantics.Return ? branch!.Source.BranchValue?.Syntax : null;
        foreach (var target in FlowWalk.After(graph, state.At, branch))
        {
            Open(state with
            {
                At = target,
                NextEvent = 0,
                Holders = holders,
                LeftAt = place ?? state.LeftAt,
                IsThrown = isThrow ? !FlowWalk.IsCaught(graph, state.At.Block) : state.IsThrown,
            });
        }
    }

    private void Lose(State state, SyntaxNode? place)
    {
        if (state.IsDoubtful)
            return;
        if (state.Thrower is not null)
        {
            failedAt ??= state.Thrower;
            return;
        }

        if (!isLost && !(isThrown && state.IsThrown))
            loss = place ?? state.LeftAt;
        isLost |= !state.IsThrown;
        isThrown |= state.IsThrown;
    }

    private (TaskBranch WhenTrue, TaskBranch WhenFalse) WhatSays(IOperation condition, BigInteger holders) =>
        new TaskGuards(events.VariableOf, variable => Holds(variable, holders)).Of(condition);

    private bool Holds(ISymbol variable, BigInteger holders) => !(holders & Mask(variable)).IsZero;

    /// <summary>The bit of a variable that holds the task somewhere; 0 for all others.</summary>
    private BigInteger Mask(ISymbol variable) => variables.TryGetValue(variable, out var index) ? BigInteger.One << index : BigInteger.Zero;

    private BigInteger Add(ISymbol variable)
    {
        if (!variables.ContainsKey(variable))
            variables.Add(variable, variables.Count);
        return Mask(variable);
    }

    /// <summary>Where a path is, and what is known of it there.</summary>
    /// <param name="At">The place.</param>
    /// <param name="NextEvent">The first event of the block that has not happened yet.</param>
    /// <param name="Holders">The variables that hold the task, one bit each.</param>
    private sealed record State(FlowTarget At, int NextEvent, BigInteger Holders)
    {
        /// <summary>Whether a branch was passed that may well be the decision, made again, whether there is a task at all.</summary>
        public bool IsDoubtful { get; init; }

        /// <summary>Whether a <c>throw</c> that nothing catches is on the way to the function's end.</summary>
        public bool IsThrown { get; init; }

        /// <summary>The await that has failed on the way here; which one it was is not part of what makes states equal.</summary>
        public SyntaxNode? Thrower { get; init; }

        /// <summary>The value that was returned or thrown last on the way here; not part of what makes states equal.</summary>
        public SyntaxNode? LeftAt { get; init; }

        public bool Equals(State? other) =>
            other is not null && At == other.At && NextEvent == other.NextEvent && Holders == other.Holders
            && IsDoubtful == other.IsDoubtful && IsThrown == other.IsThrown && Thrower is null == other.Thrower is null;

        public override int GetHashCode() => (At.Block * 397 + NextEvent) ^ Holders.GetHashCode();
    }
}
