using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What becomes of a task: observed, dropped, or lost on some path. A value that is used where it stands needs no
/// control flow; one that a variable holds is followed along every path to the function's end.
/// </summary>
internal sealed class TaskFates(AsyncModel model)
{
    private readonly TaskDestinations destinations = new(model);
    private readonly ConcurrentDictionary<IOperation, TaskFate> fates = new();
    private readonly ConditionalWeakTable<ControlFlowGraph, TaskEvents> events = new();

    /// <summary>The fate of the task that an expression makes.</summary>
    /// <param name="task">The operation of that expression: a call, property, or object creation.</param>
    /// <param name="endsSafely">Calls and awaits after which nothing is lost any more on a path, such as a wait for the program's shutdown; none where it is null.</param>
    /// <param name="cancellation">Stops the search.</param>
    public TaskFate Of(IOperation task, Func<IOperation, bool>? endsSafely = null, CancellationToken cancellation = default)
    {
        if (endsSafely is not null)
            return Find(task, new ObservationQuestion(endsSafely), cancellation);
        return fates.TryGetValue(task, out var known) ? known : fates.GetOrAdd(task, Find(task, new ObservationQuestion(null), cancellation));
    }

    /// <summary>Whether a task is lost where one await throws, and on no path without an exception.</summary>
    /// <param name="task">The expression that makes the task.</param>
    /// <param name="failing">The await.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool IsLostTo(IOperation task, SyntaxNode failing, CancellationToken cancellation) =>
        Find(task, new ObservationQuestion(null, await => await.Syntax == failing), cancellation).End == TaskEnd.LostToException;

    /// <summary>Whether an operation that stands in a function can be followed by its end: false where every path runs for ever or passes what ends it safely.</summary>
    /// <param name="from">A call.</param>
    /// <param name="endsSafely">Calls and awaits at which a path need not be followed further.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool ReachesEnd(IInvocationOperation from, Func<IOperation, bool> endsSafely, CancellationToken cancellation = default) =>
        model.FlowGraphs.Around(from, cancellation) is { } graph && EventsOf(graph).FindCall(from.Syntax) is var (block, index)
        && FlowWalk.ReachesEnd(graph, EventsOf(graph), block, index + 1, endsSafely, cancellation);

    /// <summary>Whether a path comes to a call, such as the disposal of what a task works with, before anything has awaited the task or waited for it.</summary>
    /// <param name="task">The call that makes the task.</param>
    /// <param name="place">Whether a call of the graph is the one that is meant.</param>
    /// <param name="endsSafely">Calls and awaits at which a path need not be followed further.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool IsRunningAt(
        IInvocationOperation task, Func<IOperation, bool> place, Func<IOperation, bool> endsSafely, CancellationToken cancellation = default)
    {
        var destination = destinations.Of(task);
        if (destination.Variable is { } variable)
        {
            return !CapturesOf(variable, task).Any()
                && Follow(task, destination, new RunningQuestion(place, endsSafely), cancellation) is { IsReached: true };
        }

        return model.FlowGraphs.Around(task, cancellation) is { } graph && EventsOf(graph).FindCall(task.Syntax) is var (block, index)
            && FlowWalk.Reaches(graph, EventsOf(graph), block, index + 1, place, endsSafely, cancellation);
    }

    /// <summary>Whether a task is awaited or returned where it stands, which can be told at a glance and is so for nearly every task.</summary>
    public bool IsGivenAwayInPlace(IOperation task) => task.Parent is IReturnOperation || model.Awaitables.IsAwaitedInPlace(task);

    /// <summary>Where the value of a task's expression goes, without asking for paths.</summary>
    public TaskDestination DestinationOf(IOperation task) => destinations.Of(task);

    /// <summary>
    /// Every place to which a value may go, on whatever path, also out of the variables that hold it, and of those they are
    /// copied to. Empty where it goes into a variable that nobody reads.
    /// </summary>
    public IReadOnlyList<TaskDestination> UsesOf(IOperation value)
    {
        var uses = new List<TaskDestination>();
        var variables = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IOperation>();
        open.Push(value);
        while (open.Count > 0)
        {
            var destination = destinations.Of(open.Pop());
            if (destination.Variable is not { } variable)
                uses.Add(destination);
            else if (variables.Add(variable))
                ReadsOf(variable, value).Reverse().ToList().ForEach(open.Push);
        }

        return uses;
    }

    /// <summary>Every read of a variable in the code around an operation, in nested functions too.</summary>
    public IEnumerable<IOperation> ReadsOf(ISymbol variable, IOperation around) =>
        MentionsOf(variable, around).Where(mention => !TaskEvents.IsTarget(mention));

    /// <summary>Every mention of a variable in the body around an operation, as the target of assignments and in nested functions too.</summary>
    public ImmutableArray<IOperation> MentionsOf(ISymbol variable, IOperation inBody) => VariableMentions.Around(inBody).Of(variable);

    /// <summary>What the paths of a task that a variable gets do with it; null where its function has no graph.</summary>
    /// <param name="task">The expression that makes the task.</param>
    /// <param name="destination">Its destination, which is a variable.</param>
    /// <param name="question">What is asked of the paths.</param>
    /// <param name="cancellation">Stops the search.</param>
    public TaskOutcome? Follow(IOperation task, TaskDestination destination, PathQuestion question, CancellationToken cancellation) =>
        destination.Variable is { } variable
        && model.FlowGraphs.Around(task, cancellation) is { } graph
        && EventsOf(graph).FindWrite(variable, destination.Place.Syntax) is { } write
            ? new TaskPaths(graph, EventsOf(graph), read => DestinationAt(read, task), question, cancellation).From(variable, write, Correlation.Of(task))
            : null;

    /// <summary>What the paths from a call do with a task that it makes, and that no variable gets there; null where its function has no graph.</summary>
    /// <param name="call">The call from which on the paths are followed.</param>
    /// <param name="holder">The variable that holds the task from there on otherwise, as a list does that it was added to; null where none does.</param>
    /// <param name="question">What is asked of the paths.</param>
    /// <param name="cancellation">Stops the search.</param>
    public TaskOutcome? FollowFrom(IInvocationOperation call, ISymbol? holder, PathQuestion question, CancellationToken cancellation) =>
        model.FlowGraphs.Around(call, cancellation) is { } graph && EventsOf(graph).FindCall(call.Syntax) is { } place
            ? new TaskPaths(graph, EventsOf(graph), read => DestinationAt(read, call), question, cancellation).From(holder, place, Correlation.Of(call))
            : null;

    /// <summary>Where nested functions mention a variable.</summary>
    public IEnumerable<IOperation> CapturesOf(ISymbol variable, IOperation task)
    {
        var function = Functions.Around(task.Syntax);
        return VariableMentions.Around(task).Of(variable).Where(mention => Functions.Around(mention.Syntax) != function);
    }

    private TaskFate Find(IOperation value, PathQuestion question, CancellationToken cancellation)
    {
        var destination = destinations.Of(value);
        return destination.Variable is { } variable
            ? OfVariable(value, destination, variable, question, cancellation)
            : new TaskFate(destination.End, destination.Place.Syntax)
            {
                Observers = question.EffectOf(destination) == PathEffect.Found ? ImmutableArray.Create(destination) : ImmutableArray<TaskDestination>.Empty,
            };
    }

    private TaskFate OfVariable(
        IOperation task, TaskDestination destination, ISymbol variable, PathQuestion question, CancellationToken cancellation)
    {
        var place = destination.Place.Syntax;
        if (CapturesOf(variable, task).FirstOrDefault() is { } capture)
            return new TaskFate(TaskEnd.Captured, capture.Syntax, variable);
        if (Follow(task, destination, question, cancellation) is not { } outcome)
            return new TaskFate(TaskEnd.Held, place, variable);

        TaskDestination? observed = outcome.Found.IsEmpty ? null : outcome.Found[0];
        var fate = outcome switch
        {
            { IsLost: true } => new TaskFate(observed is null ? TaskEnd.Unread : TaskEnd.LostOnPath, place, variable, outcome.Loss),
            { FailedAt: not null } when observed is not null => new TaskFate(TaskEnd.LostToException, place, variable, outcome.FailedAt),
            _ => observed is null ? new TaskFate(TaskEnd.Held, place, variable) : new TaskFate(observed.Value.End, observed.Value.Place.Syntax, variable),
        };
        return fate with { IsInspected = outcome.IsInspected, IsOnlyThrown = outcome.IsOnlyThrown, Observers = outcome.Found };
    }

    /// <summary>Where a read goes that the body around a task has; null for reads that nobody has written.</summary>
    private TaskDestination? DestinationAt(SyntaxNode read, IOperation task) =>
        VariableMentions.Around(task).Of(read) is { } mention ? destinations.Of(mention) : null;

    private TaskEvents EventsOf(ControlFlowGraph graph) => events.GetValue(graph, key => TaskEvents.Of(key));
}
