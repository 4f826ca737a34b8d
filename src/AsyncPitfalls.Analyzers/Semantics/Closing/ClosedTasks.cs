using System.Collections.Concurrent;
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
internal sealed class ClosedTasks
{
    private readonly AsyncModel model;
    private readonly Closings closings;
    private readonly TaskInputs inputs;
    private readonly Companions companions;
    private readonly LateHandlers handlers;
    private readonly ConcurrentDictionary<IOperation, ClosedTask?> found = new();

    public ClosedTasks(AsyncModel model)
    {
        this.model = model;
        closings = new Closings(model);
        inputs = new TaskInputs(model);
        companions = new Companions(model);
        handlers = new LateHandlers(model, inputs);
    }

    /// <summary>What ends too early for the task that a call makes; null where nothing does, or the task has completed by then.</summary>
    public ClosedTask? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (model.Awaitables.ResultOf(call.Type) is null || model.Awaitables.IsAwaitedInPlace(call) || IsAnotherForm(call) || !TaskExit.MayBeOf(call, model))
            return null;
        var closed = closings.Of(OwnOperations.FunctionAround(call));
        var isHeldBack = IsInTryOrLock(call) && !Functions.IsAsync(Functions.Around(call.Syntax));
        if (!isHeldBack && !IsInScopeOfAny(call, closed))
            return null;
        return found.TryGetValue(call, out var known) ? known : found.GetOrAdd(call, Find(call, closed, isHeldBack, cancellation));
    }

    private ClosedTask? Find(IInvocationOperation call, IReadOnlyList<Closing> closed, bool isHeldBack, CancellationToken cancellation)
    {
        if (TaskExit.Of(call, model, cancellation) is not { } exit
            || (ClosedBefore(call, exit, closed, cancellation) ?? (isHeldBack ? LeftBefore(call, exit, cancellation) : null)) is not { } closing)
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

    /// <summary>The nearest of what a function closes before a task has completed that needs it.</summary>
    private Closing? ClosedBefore(IInvocationOperation call, TaskExit exit, IReadOnlyList<Closing> closed, CancellationToken cancellation)
    {
        for (var i = closed.Count - 1; i >= 0; i--)
        {
            if (IsInScope(call, closed[i]) && IsClosedBefore(closed[i], call, exit, cancellation))
                return closed[i];
        }

        return null;
    }

    /// <summary>Whether a call stands in the code at whose end something is closed; what a call closes has no such code.</summary>
    private static bool IsInScope(IInvocationOperation call, Closing closing) => closing.Scope is not { } scope || scope.Contains(call.Syntax.Span);

    private static bool IsInScopeOfAny(IInvocationOperation call, IReadOnlyList<Closing> closed)
    {
        for (var i = 0; i < closed.Count; i++)
        {
            if (IsInScope(call, closed[i]))
                return true;
        }

        return false;
    }

    private static bool IsInTryOrLock(IInvocationOperation call)
    {
        for (var outer = call.Parent; outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); outer = outer.Parent)
        {
            if (outer is ITryOperation or ILockOperation)
                return true;
        }

        return false;
    }

    private bool IsClosedBefore(Closing closing, IInvocationOperation call, TaskExit exit, CancellationToken cancellation)
    {
        if (closing.Scope is { } scope && exit.Store is ILocalSymbol store && IsDeclaredIn(store, scope))
            return false;
        var isMeant = closing.Kind switch
        {
            ClosingKind.Unlocking => IsGuarded(call, exit),
            ClosingKind.SourceDisposal => !exit.IsAwaitedElsewhere && Needs(call, closing, exit, cancellation) && !companions.IsCancelled(call, closing.Resource!),
            _ => Needs(call, closing, exit, cancellation),
        };
        if (!isMeant)
            return false;
        var uses = !exit.IsDropped ? [] : companions.UsesBeside(call, closing, cancellation);
        return model.TaskFates.IsRunningAt(
            call, closing.IsMadeBy, operation => uses.Contains(operation.Syntax) || model.ShutdownWaits.Is(operation) || exit.IsLookedAfter(operation), cancellation);
    }

    /// <summary>Whether a task works with what is closed; what is closed by a plain call, which may well be the end that the task is to come to, counts only for tasks that are returned.</summary>
    private bool Needs(IInvocationOperation call, Closing closing, TaskExit exit, CancellationToken cancellation) =>
        (closing.IsCertain || exit.IsReturned) && inputs.Hold(call, closing.Resource!, countsOwned: !exit.IsDropped, cancellation);

    private static bool IsDeclaredIn(ISymbol store, TextSpan scope) =>
        store.DeclaringSyntaxReferences.Any(reference => scope.Contains(reference.Span));

    /// <summary>Whether a lock was to guard what a function begins in it and returns. A task that is kept, or made of tasks that run already, is only looked up under the lock.</summary>
    private bool IsGuarded(IInvocationOperation call, TaskExit exit) =>
        exit is { IsReturned: true, IsKept: false }
        && !Functions.IsAsync(Functions.Around(call.Syntax))
        && (call.TargetMethod.Name == "Run" || !model.Awaitables.IsTaskOrValueTask(call.TargetMethod.ContainingType));

    /// <summary>The lock, <c>catch</c> or <c>finally</c> that a function leaves with a task that was to stay inside.</summary>
    private Closing? LeftBefore(IInvocationOperation call, TaskExit exit, CancellationToken cancellation) =>
        exit.ReturnedAt is not { } returned ? null
            : IsGuarded(call, exit) && LockAround(call, returned) is { } locked ? locked
            : handlers.Around(call, returned, cancellation);

    private static Closing? LockAround(IInvocationOperation call, SyntaxNode returned) => OwnOperations.Around(call)
        .Select(around => around.Outer.Syntax)
        .OfType<LockStatementSyntax>()
        .Where(held => held.Statement.Span.Contains(returned.Span))
        .Select(held => new Closing(ClosingKind.Unlocking, held.Expression.ToString(), held.LockKeyword) { IsCertain = true })
        .FirstOrDefault();
}
