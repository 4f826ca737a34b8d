using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A started task that one path observes and another leaves alone.</summary>
/// <param name="Call">The call that starts it.</param>
/// <param name="Local">The local that holds it.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Failing">The awaits that lose it by throwing, each right before one of its own; empty where a path without that loses it.</param>
internal sealed record LeftTask(IInvocationOperation Call, ILocalSymbol Local, TaskFate Fate, ImmutableArray<AwaitExpressionSyntax> Failing);

/// <summary>Which started tasks in locals are left: by a <c>return</c>, a <c>throw</c>, a branch, or the await of another task that fails.</summary>
internal sealed class LeftTasks(AsyncModel model)
{
    private readonly ConcurrentDictionary<IOperation, LeftTask?> found = new();

    /// <summary>The loss of the task that a call starts; null where every path observes it, nobody would miss it, or more specific findings speak.</summary>
    public LeftTask? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!model.Awaitables.IsTaskLike(call.Type) || model.TaskFates.IsGivenAwayInPlace(call)
            || model.TaskFates.DestinationOf(call) is not { End: TaskEnd.Held, Variable: ILocalSymbol local } destination || !model.TaskMakers.Makes(call)
            || model.SureObservations.Has(call, destination) && !model.SureObservations.MayComeTooLate(call, local))
            return null;
        return found.TryGetValue(call, out var known) ? known : found.GetOrAdd(call, Find(call, local, cancellation));
    }

    private LeftTask? Find(IInvocationOperation call, ILocalSymbol local, CancellationToken cancellation)
    {
        // Asked before the paths: most tasks that a path leaves are those of tests.
        if (IsMeant(call, cancellation))
            return null;
        var fate = model.TaskFates.Of(call, cancellation: cancellation);
        var failing = fate.End == TaskEnd.LostToException ? FailingBefore(call, fate, cancellation) : ImmutableArray<AwaitExpressionSyntax>.Empty;
        if (failing.IsEmpty && (fate.End != TaskEnd.LostOnPath || fate.IsInspected || IsHalfTyped(call, fate)))
            return null;
        return !model.Faultless.IsHarmless(call, cancellation) && !model.TaskDefects.HasBefore(call, TaskDefect.LeftOnPath, cancellation)
            ? new LeftTask(call, local, fate, failing)
            : null;
    }

    /// <summary>Whether what leaves the task is not a finished piece of code.</summary>
    private static bool IsHalfTyped(IInvocationOperation call, TaskFate fate) =>
        fate.Loss is ExpressionSyntax left && call.SemanticModel?.GetTypeInfo(left).Type is IErrorTypeSymbol;

    /// <summary>The awaits right before a task's own ones that lose it by throwing.</summary>
    public ImmutableArray<AwaitExpressionSyntax> FailingBefore(IOperation call, TaskFate fate, CancellationToken cancellation) => fate.Observers
        .Where(observer => observer.End == TaskEnd.Awaited)
        .Select(observer => observer.Place.Syntax is AwaitExpressionSyntax own ? AdjacentAwaits.Before(own) : null)
        .OfType<AwaitExpressionSyntax>()
        .Where(earlier => MayFail(earlier, call, cancellation) && model.TaskFates.IsLostTo(call, earlier, cancellation))
        .ToImmutableArray();

    private bool MayFail(AwaitExpressionSyntax await, IOperation call, CancellationToken cancellation) =>
        call.SemanticModel?.GetOperation(await, cancellation) is IAwaitOperation operation && !model.Faultless.Is(operation.Operation, cancellation);

    /// <summary>Whether a task may be left, however it ends: it says so itself, does not run, or is that of a test.</summary>
    private bool IsMeant(IInvocationOperation call, CancellationToken cancellation) =>
        model.Unexecuted.Holds(call)
        || FollowsUnstarted(call, cancellation)
        || model.Surroundings.IsInTest(call.Syntax, call.SemanticModel!, cancellation)
        || model.DeliberateDrops.Is(call);

    /// <summary>Whether a call makes a task that follows one which a constructor has made: it runs only after that has been started, wherever that is.</summary>
    private bool FollowsUnstarted(IInvocationOperation call, CancellationToken cancellation) =>
        call.TargetMethod.Name is "Unwrap" or "ContinueWith"
        && (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is ILocalReferenceOperation followed
        && model.Awaitables.IsTask(followed.Type)
        && Locals.OnlyValueOf(followed, cancellation) is IObjectCreationOperation;
}
