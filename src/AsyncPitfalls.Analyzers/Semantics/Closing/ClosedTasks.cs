using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>A task that is still running when something ends that it needs.</summary>
/// <param name="Call">The call that makes the task.</param>
/// <param name="Closing">What ends.</param>
/// <param name="IsReturned">Whether the function returns the task; else it drops or stores it.</param>
internal sealed record ClosedTask(IInvocationOperation Call, Closing Closing, bool IsReturned);

/// <summary>Which tasks leave a <c>using</c>, a <c>try</c> or a lock before they have completed, although they still work with what ends there.</summary>
internal sealed class ClosedTasks(AsyncModel model)
{
    private readonly Closings closings = new(model);
    private readonly TaskInputs inputs = new(model);
    private readonly LateHandlers handlers = new(model);

    /// <summary>What ends too early for the task that a call makes; null where nothing does, or the task has completed by then.</summary>
    public ClosedTask? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (model.Awaitables.ResultOf(call.Type) is null || IsAnotherForm(call) || FunctionAround(call) is not { } function)
            return null;
        var closed = closings.Of(function);
        var isHeldBack = IsInTryOrLock(call);
        if (closed.Count == 0 && !isHeldBack)
            return null;
        var exit = TaskExit.Of(call, model, cancellation);
        if (exit is null || Find(call, exit, closed, isHeldBack, cancellation) is not { } closing)
            return null;
        return model.Unexecuted.Holds(call)
            || !exit.IsReturned && model.DeliberateDrops.Is(call)
            || model.TaskDefects.HasBefore(call, TaskDefect.ClosedEarly, cancellation)
            || model.CompletedTasks.IsKnownCompleted(call, cancellation)
                ? null
                : new ClosedTask(call, closing, exit.IsReturned);
    }

    /// <summary>Whether a call only gives the task that it is called on another form; <c>WaitAsync</c> makes one that ends with the token too.</summary>
    private bool IsAnotherForm(IInvocationOperation call) => call.TargetMethod.Name != "WaitAsync" && model.Awaitables.Behind(call) != call;

    private Closing? Find(IInvocationOperation call, TaskExit exit, IReadOnlyList<Closing> closed, bool isHeldBack, CancellationToken cancellation)
    {
        for (var i = closed.Count - 1; i >= 0; i--)
        {
            if (IsLeft(closed[i], call, exit, cancellation))
                return closed[i];
        }

        return isHeldBack && exit.ReturnedAt is { } returned && !Functions.IsAsync(Functions.Around(call.Syntax))
            ? LockAround(call, exit) ?? handlers.Around(call, returned)
            : null;
    }

    /// <summary>Whether a task is still running where something is closed that it works with, or whose lock it was to have.</summary>
    private bool IsLeft(Closing closing, IInvocationOperation call, TaskExit exit, CancellationToken cancellation)
    {
        if (closing.Scope is { } scope && (!scope.Contains(call.Syntax.Span) || exit.Store is { } store && IsDeclaredIn(store, scope)))
            return false;
        var isMeant = closing.Kind == ClosingKind.Unlocking
            ? IsUnguarded(call, exit)
            : (closing.IsCertain || exit.IsReturned) && inputs.Hold(call, closing.Resource!, cancellation);
        return isMeant
            && !(closing.Kind == ClosingKind.SourceDisposal && IsCancelled(closing.Resource!, call))
            && model.TaskFates.IsRunningAt(call, closing.IsMadeBy, operation => model.ShutdownWaits.Is(operation) || exit.IsLookedAfter(operation), cancellation);
    }

    private static bool IsDeclaredIn(ISymbol store, TextSpan scope) =>
        store is ILocalSymbol && store.DeclaringSyntaxReferences.Any(reference => scope.Contains(reference.Span));

    /// <summary>Whether a lock guarded what a function, which returns the task, has begun in it. A task that is kept, or made of tasks that run already, is only looked up under the lock.</summary>
    private bool IsUnguarded(IInvocationOperation call, TaskExit exit) =>
        exit.IsReturned && !exit.IsKept
        && !Functions.IsAsync(Functions.Around(call.Syntax))
        && (call.TargetMethod.Name == "Run" || !model.Awaitables.IsTaskOrValueTask(call.TargetMethod.ContainingType));

    /// <summary>Whether a source is cancelled after the call that takes its token, which then needs it no longer.</summary>
    private static bool IsCancelled(ISymbol source, IOperation call) =>
        FunctionAround(call) is { } function
        && OwnOperations.Of(function).OfType<IInvocationOperation>().Any(cancel =>
            cancel.TargetMethod.Name is "Cancel" or "CancelAsync"
            && cancel.Syntax.SpanStart > call.Syntax.SpanStart
            && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(cancel.Instance), source));

    private Closing? LockAround(IInvocationOperation call, TaskExit exit)
    {
        if (!IsUnguarded(call, exit))
            return null;
        for (var current = call.Parent; current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ILockOperation { Syntax: LockStatementSyntax syntax } && syntax.Statement.Span.Contains(exit.ReturnedAt!.Span))
                return new Closing(ClosingKind.Unlocking, syntax.Expression.ToString(), syntax.LockKeyword) { IsCertain = true };
        }

        return null;
    }

    private static bool IsInTryOrLock(IOperation call)
    {
        for (var current = call.Parent; current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ITryOperation or ILockOperation)
                return true;
        }

        return false;
    }

    private static IOperation? FunctionAround(IOperation operation)
    {
        while (operation.Parent is { } parent && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            operation = parent;
        return operation;
    }
}
