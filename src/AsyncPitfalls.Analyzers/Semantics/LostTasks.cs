using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A task that is lost since a function's end ends what would still run it.</summary>
/// <param name="Call">The call that makes the task.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="End">What ends.</param>
internal sealed record LostTask(IInvocationOperation Call, TaskFate Fate, FunctionEnd End);

/// <summary>Which tasks are dropped, or left by some path, in functions whose end ends what would run them.</summary>
internal sealed class LostTasks(AsyncModel model)
{
    /// <summary>The loss of the task that a call makes; null where it is observed, has completed, or outlives the function.</summary>
    public LostTask? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!model.Awaitables.IsTaskLike(call.Type) || model.TaskFates.IsGivenAwayInPlace(call)
            || !IsPlainTask(call.Type) || model.Awaitables.Behind(call) != call || IsElement(call))
            return null;
        var destination = model.TaskFates.DestinationOf(call);
        if (destination.End is not (TaskEnd.Dropped or TaskEnd.Discarded or TaskEnd.Held) || IsLambdaBody(destination.Place)
            || model.SureObservations.Has(call, destination))
            return null;
        if (model.DeliberateDrops.Is(call) || model.Unexecuted.Holds(call) || call.SemanticModel is not { } semantics
            || Functions.Around(call.Syntax) is not { } function || model.FunctionEnds.Of(function, semantics, cancellation) is not { } end)
            return null;

        Func<IOperation, bool>? endsSafely = end.Surrounding == Surrounding.EntryPoint ? model.ShutdownWaits.Is : null;
        var fate = model.TaskFates.Of(call, endsSafely, cancellation);
        if (!fate.IsLost || fate.IsInspected && end.Surrounding == Surrounding.Test)
            return null;
        return model.FunctionEnds.Follows(end, call, cancellation) && !IsLeftToOthers(call, cancellation) ? new LostTask(call, fate, end) : null;
    }

    /// <summary>The end that would lose a task which is dropped at a call; null where nothing ends there.</summary>
    public FunctionEnd? EndAfter(IInvocationOperation call, CancellationToken cancellation) =>
        call.SemanticModel is { } semantics
        && Functions.Around(call.Syntax) is { } function
        && model.FunctionEnds.Of(function, semantics, cancellation) is { } end
        && model.FunctionEnds.Follows(end, call, cancellation)
            ? end
            : null;

    /// <summary>Whether the result of a task is no further task.</summary>
    private bool IsPlainTask(ITypeSymbol? type) => model.Awaitables.ResultOf(model.Awaitables.ResultOf(type)) is null;

    /// <summary>Whether a task is what a collection or cache of tasks holds: who put it in can wait for it.</summary>
    private static bool IsElement(IInvocationOperation call) =>
        call.TargetMethod is { MethodKind: not MethodKind.DelegateInvoke, OriginalDefinition.ReturnType: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type } };

    /// <summary>Whether the task has completed already, or a more specific finding says what there is to say.</summary>
    private bool IsLeftToOthers(IInvocationOperation call, CancellationToken cancellation) =>
        model.TaskDefects.HasBefore(call, TaskDefect.LostAtEnd, cancellation)
        || model.Loggers.IsConsoleTask(call, cancellation)
        || model.CompletedTasks.IsKnownCompleted(call, cancellation);

    /// <summary>Whether the statement that drops a task is the body of a lambda that is to return nothing: the lambda's conversion is what is wrong there.</summary>
    public static bool IsLambdaBody(IOperation statement) => statement.Syntax.Parent is LambdaExpressionSyntax;
}
