using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What can be wrong with a task that nobody looks after, the most specific first: of several at one task the first is said.</summary>
internal enum TaskDefect
{
    /// <summary>Its constructor has made it, and nobody starts it.</summary>
    NeverStarted,

    /// <summary>It is a task of a task, of which nobody observes the inner one.</summary>
    Nested,

    /// <summary>It is the body of a lambda whose delegate gives it to nobody, or its work is an <c>async void</c> function.</summary>
    Callback,

    /// <summary>A synchronous logging call is wrapped into a task.</summary>
    OffloadedLogging,

    /// <summary>What it works with is closed before it has completed.</summary>
    ClosedEarly,

    /// <summary>The end of the function ends what would run it.</summary>
    LostAtEnd,

    /// <summary>One path observes it, and another leaves it.</summary>
    LeftOnPath,

    /// <summary>Nobody observes it.</summary>
    Unobserved,
}

/// <summary>Which defect of a task is said where it has several: every subject that finds one asks here for those before it.</summary>
internal sealed class TaskDefects(AsyncModel model)
{
    /// <summary>Whether a task has a defect that comes before a given one, so that this one is not to be said.</summary>
    /// <param name="task">The expression that makes the task.</param>
    /// <param name="defect">The defect that the caller has found.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool HasBefore(IOperation task, TaskDefect defect, CancellationToken cancellation) =>
        defect > TaskDefect.NeverStarted && task is IObjectCreationOperation creation && model.UnstartedTasks.Is(creation, cancellation)
        || defect > TaskDefect.Nested && model.NestedTasks.Of(task, cancellation) is not null
        || defect > TaskDefect.Callback && task is IInvocationOperation body && (model.UnawaitedCallbacks.HasTask(body, cancellation) || model.UnawaitedCallbacks.IsWorkOf(body, cancellation))
        || defect > TaskDefect.OffloadedLogging && task is IInvocationOperation offloading && model.Loggers.OffloadedBy(offloading) is not null
        || defect > TaskDefect.ClosedEarly && task is IInvocationOperation closed && model.ClosedTasks.Of(closed, cancellation) is not null
        || defect > TaskDefect.LostAtEnd && task is IInvocationOperation lost && model.LostTasks.Of(lost, cancellation) is not null
        || defect > TaskDefect.LeftOnPath && task is IInvocationOperation left && model.LeftTasks.Of(left, cancellation) is not null;
}
