using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a use of a task means for the path that comes to it.</summary>
internal enum PathEffect
{
    /// <summary>The path has to be followed further.</summary>
    GoesOn,

    /// <summary>The use is what was asked for; the path is of no further interest.</summary>
    Found,

    /// <summary>The path is of no further interest, though the use is not what was asked for.</summary>
    Over,
}

/// <summary>What is asked of the paths that a task takes: <see cref="TaskPaths"/> follows them.</summary>
internal abstract class PathQuestion
{
    /// <summary>What a use of the task means.</summary>
    public abstract PathEffect EffectOf(TaskDestination use);

    /// <summary>What an event that does not concern the task means, such as a read of another variable.</summary>
    /// <param name="other">The event.</param>
    /// <param name="isDoubtful">Whether the path has passed a branch that may well be the decision, made again, whether there is a task at all.</param>
    public virtual PathEffect EffectOf(TaskEvent other, bool isDoubtful) => PathEffect.GoesOn;

    /// <summary>Whether the first use that is found answers the question.</summary>
    public virtual bool IsAnsweredByOneUse => false;

    /// <summary>Whether nothing is lost after a call or await, since it keeps running what runs the task.</summary>
    public virtual bool EndsSafely(IOperation operation) => false;

    /// <summary>Whether a call is one to which it is asked whether a path comes; the path is of no further interest then.</summary>
    public virtual bool Seeks(IOperation call) => false;

    /// <summary>Whether an await may throw.</summary>
    public virtual bool MayFail(IOperation await) => true;

    /// <summary>Whether every operation, not only an await, may throw into a handler around it.</summary>
    public virtual bool AnythingMayFail => false;

    /// <summary>Whether asking the task for its state is care enough, so that the branches behind need not be followed.</summary>
    public virtual bool TrustsQuestionsForState => true;
}

/// <summary>Asks who observes a task.</summary>
/// <param name="endsSafely">Calls and awaits after which nothing is lost any more; none where it is null.</param>
/// <param name="mayFail">The awaits that may throw; all of them where it is null.</param>
internal sealed class ObservationQuestion(Func<IOperation, bool>? endsSafely, Func<IOperation, bool>? mayFail = null) : PathQuestion
{
    public override PathEffect EffectOf(TaskDestination use) => TaskDestinations.IsObserved(use) ? PathEffect.Found : PathEffect.GoesOn;

    public override bool EndsSafely(IOperation operation) => endsSafely?.Invoke(operation) == true;

    public override bool MayFail(IOperation await) => mayFail?.Invoke(await) != false;
}

/// <summary>Asks whether a task is still running at a call, wherever else it goes: being returned or stored, it is not waited for.</summary>
/// <param name="seeks">Whether a call is the one that is meant.</param>
/// <param name="endsSafely">Calls and awaits beyond which a path need not be followed.</param>
internal sealed class RunningQuestion(Func<IOperation, bool> seeks, Func<IOperation, bool> endsSafely) : PathQuestion
{
    public override PathEffect EffectOf(TaskDestination use) =>
        !TaskDestinations.IsObserved(use) || use is { End: TaskEnd.Returned } or { End: TaskEnd.Stored, Place: IAssignmentOperation } ? PathEffect.GoesOn : PathEffect.Over;

    public override bool EndsSafely(IOperation operation) => endsSafely(operation);

    public override bool Seeks(IOperation call) => seeks(call);

    public override bool MayFail(IOperation await) => false;
}
