using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What the paths from an assignment to the function's end do with the task that it puts into a variable.</summary>
/// <param name="Observed">What observes the task on the first path that does; null where none does.</param>
/// <param name="IsLost">Whether a path without an exception of something else leaves or overwrites it.</param>
/// <param name="Loss">Where that happens; null where it is no single place.</param>
/// <param name="FailedAt">The await that loses it by throwing; null where none does.</param>
/// <param name="IsInspected">Whether a path asks for its state.</param>
internal sealed record TaskOutcome(TaskDestination? Observed, bool IsLost, SyntaxNode? Loss, SyntaxNode? FailedAt, bool IsInspected);

/// <summary>Follows a variable that holds a task, and the variables it is copied to, along every path.</summary>
/// <param name="graph">The graph of the function.</param>
/// <param name="events">Its events.</param>
/// <param name="destinations">Where a read of a variable goes, by the syntax of the read and the variable; null where that is not known.</param>
/// <param name="endsSafely">Whether nothing is lost after a call or await, since it keeps running what runs the task.</param>
internal sealed class TaskPaths(
    ControlFlowGraph graph, TaskEvents events, Func<SyntaxNode, ISymbol, TaskDestination?> destinations, Func<IOperation, bool> endsSafely)
{
    private readonly Stack<State> open = new();
    private readonly HashSet<State> seen = [];
    private readonly HashSet<SyntaxNode> carrying = [];
    private readonly List<ISymbol> variables = [];
    private TaskDestination? observed;
    private bool isLost;
    private bool isInspected;
    private SyntaxNode? loss;
    private SyntaxNode? failedAt;

    /// <summary>The outcome for the task that an assignment puts into a variable; null where the graph does not have that assignment.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="assignment">The declarator or assignment.</param>
    /// <param name="correlated">What conditions decide whether the assignment runs: beyond a later branch on one of them nothing counts as lost.</param>
    public TaskOutcome? From(ISymbol variable, SyntaxNode assignment, ImmutableHashSet<ISymbol> correlated)
    {
        if (events.FindWrite(variable, assignment) is not var (block, index))
            return null;
        foreach (var start in FlowWalk.From(graph, block))
            open.Push(new State(start, index + 1, Add(variable), null, false));
        while (open.Count > 0 && !(isLost && observed is not null))
        {
            var state = open.Pop();
            if (seen.Add(state))
                Follow(state, correlated);
        }

        return new TaskOutcome(observed, isLost, loss, failedAt, isInspected);
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
        for (var i = state.NextEvent; i < inBlock.Count; i++)
        {
            if (!Happen(inBlock[i], state, ref holders))
                return;
        }

        var condition = block.ConditionalSuccessor is null ? null : block.BranchValue;
        if (condition is not null && Mentions(condition, correlated))
            state = state with { IsDoubtful = true };
        foreach (var branch in FlowWalk.Branches(block, condition is null ? (true, true) : Guards(condition, holders)))
            Continue(state, branch, holders);
    }

    /// <summary>Takes one event into account; false where the path is of no further interest.</summary>
    private bool Happen(TaskEvent item, State state, ref ulong holders)
    {
        switch (item.Kind)
        {
            case TaskEventKind.Read when (holders & Mask(item.Variable!)) != 0:
                return Read(item, ref holders);
            case TaskEventKind.Write when (holders & Mask(item.Variable!)) != 0 && !carrying.Contains(item.Operation.Syntax):
                holders &= ~Mask(item.Variable!);
                if (holders != 0)
                    return true;
                Lose(state, item.Operation.Syntax);
                return false;
            case TaskEventKind.Await or TaskEventKind.Call when endsSafely(item.Operation):
                return false;
            case TaskEventKind.Await when state.Thrower is null && failedAt is null:
                foreach (var target in FlowWalk.Thrown(graph, state.At))
                    open.Push(new State(target, 0, holders, item.Operation.Syntax, state.IsDoubtful));
                return true;
            default:
                return true;
        }
    }

    private bool Read(TaskEvent read, ref ulong holders)
    {
        if (destinations(read.Operation.Syntax, read.Variable!) is not { } destination)
            return false;
        if (TaskDestinations.IsObserved(destination))
        {
            observed ??= destination;
            return false;
        }

        isInspected |= destination is { End: TaskEnd.Inspected, Place: IPropertyReferenceOperation };
        if (destination.Variable is { } copy)
        {
            holders |= Add(copy);
            carrying.Add(destination.Place.Syntax);
        }

        return true;
    }

    private void Continue(State state, ControlFlowBranch? branch, ulong holders)
    {
        var isThrow = branch?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow;
        var place = isThrow || branch?.Semantics == ControlFlowBranchSemantics.Return ? branch!.Source.BranchValue?.Syntax : null;
        foreach (var target in FlowWalk.After(graph, state.At, branch))
            open.Push(new State(target, 0, holders, state.Thrower, state.IsDoubtful) { LeftAt = place ?? state.LeftAt });
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

        if (!isLost)
            loss = place ?? state.LeftAt;
        isLost = true;
    }

    /// <summary>Whether the task can still be lost where a condition is true, and where it is false: not where it is null or has completed.</summary>
    private (bool WhenTrue, bool WhenFalse) Guards(IOperation condition, ulong holders)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                var (whenTrue, whenFalse) = Guards(operand, holders);
                return (whenFalse, whenTrue);
            case IParenthesizedOperation parenthesized:
                return Guards(parenthesized.Operand, holders);
            case IIsNullOperation isNull when Holds(isNull.Operand, holders):
                return (false, true);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when Compared(comparison) is { } compared && Holds(compared, holders):
                return comparison.OperatorKind == BinaryOperatorKind.Equals ? (false, true) : (true, false);
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } pattern when Holds(pattern.Value, holders):
                return (false, true);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } pattern when Holds(pattern.Value, holders):
                return (true, false);
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled", Instance: { } task } when Holds(task, holders):
                return (false, true);
            default:
                // Any other question about the task itself, such as its status, is taken as care for it.
                return condition.DescendantsAndSelf().Any(operation => Holds(operation, holders)) ? (false, false) : (true, true);
        }
    }

    private static IOperation? Compared(IBinaryOperation comparison) =>
        IsNull(comparison.RightOperand) ? comparison.LeftOperand : IsNull(comparison.LeftOperand) ? comparison.RightOperand : null;

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private bool Holds(IOperation operation, ulong holders)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation switch
        {
            ILocalReferenceOperation local => (holders & Mask(local.Local)) != 0,
            IParameterReferenceOperation parameter => (holders & Mask(parameter.Parameter)) != 0,
            _ => false,
        };
    }

    private static bool Mentions(IOperation condition, ImmutableHashSet<ISymbol> symbols) =>
        !symbols.IsEmpty && condition.DescendantsAndSelf().Any(operation => Correlation.SymbolOf(operation) is { } symbol && symbols.Contains(symbol));

    /// <summary>The bit of a variable that holds the task somewhere; 0 for all others.</summary>
    private ulong Mask(ISymbol variable)
    {
        var index = variables.FindIndex(known => SymbolEqualityComparer.Default.Equals(known, variable));
        return index is < 0 or >= 64 ? 0 : 1UL << index;
    }

    private ulong Add(ISymbol variable)
    {
        if (Mask(variable) == 0)
            variables.Add(variable);
        return Mask(variable);
    }

    private sealed record State(FlowTarget At, int NextEvent, ulong Holders, SyntaxNode? Thrower, bool IsDoubtful)
    {
        /// <summary>The value that was returned or thrown last on the way here; not part of what makes states equal.</summary>
        public SyntaxNode? LeftAt { get; init; }

        public bool Equals(State? other) =>
            other is not null && At == other.At && NextEvent == other.NextEvent && Holders == other.Holders && IsDoubtful == other.IsDoubtful && ReferenceEquals(Thrower, other.Thrower);

        public override int GetHashCode() => (At.Block * 397 + NextEvent) ^ Holders.GetHashCode();
    }
}
