using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which awaitables never fail, so that awaiting them throws nothing, and leaving them hides nothing.</summary>
internal sealed class FaultlessTasks(AsyncModel model)
{
    /// <summary>The value of <c>ConfigureAwaitOptions.SuppressThrowing</c>.</summary>
    private const int SuppressThrowing = 2;

    /// <summary>Whether an awaitable cannot fail for certain, nor be cancelled by a token that it was given.</summary>
    public bool Is(IOperation awaitable, CancellationToken cancellation) => Is(awaitable, null, cancellation);

    private bool Is(IOperation awaitable, HashSet<ISymbol>? followed, CancellationToken cancellation) =>
        IsSuppressed(awaitable)
        || model.Awaitables.Behind(awaitable, throughWaitAsync: false) switch
        {
            IInvocationOperation call => IsMadeBy(call) && !GetsToken(call) || KeepsExceptions(call, cancellation),
            ILocalReferenceOperation local => AreAll(local, followed ?? new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation),
            _ => false,
        }
        // Asked last, as it follows the paths of the function.
        || model.CompletedTasks.IsKnownCompleted(awaitable, cancellation);

    /// <summary>Whether no value of a local can fail; it may be given its own value again, as in <c>task = task.Preserve()</c>.</summary>
    private bool AreAll(ILocalReferenceOperation local, HashSet<ISymbol> followed, CancellationToken cancellation) =>
        !followed.Add(local.Local)
        || model.AssignedValues.Of(local, cancellation) is { } values && values.All(value => value is IInvocationOperation && Is(value, followed, cancellation));

    /// <summary>Whether nobody misses a task that is left alone: it cannot fail, or is a pause that at most is cancelled.</summary>
    public bool IsHarmless(IInvocationOperation call, CancellationToken cancellation) => IsMadeBy(call) || Is(call, cancellation);

    /// <summary>Whether a call makes a pause, a turn of the loop, or a task that ends with whichever ends first.</summary>
    private bool IsMadeBy(IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, Name: "Delay" or "Yield" or "WhenAny" } method && KnownTypes.Same(method.ContainingType, model.Types.Task);

    private bool GetsToken(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit
        && KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken)
        && argument.Value is not (IDefaultValueOperation or IPropertyReferenceOperation { Property: { IsStatic: true, Name: "None" } }));

    private static bool IsSuppressed(IOperation awaitable)
    {
        while (awaitable is IConversionOperation or IParenthesizedOperation)
            awaitable = awaitable.ChildOperations.First();
        return awaitable is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: { Length: 1 } arguments }
            && arguments[0].Value.ConstantValue is { HasValue: true, Value: int options } && (options & SuppressThrowing) != 0;
    }

    /// <summary>Whether a call runs a delegate, or a method in sight, that lets no exception out.</summary>
    private bool KeepsExceptions(IInvocationOperation call, CancellationToken cancellation) =>
        model.FaultHandlers.Handles(call, cancellation)
        || call.TargetMethod.IsAsync
            && Bodies.SyntaxOf(call.TargetMethod, cancellation) is { } function
            && model.Compilation.ContainsSyntaxTree(function.SyntaxTree)
            && model.CaughtExceptions.KeepsAll(function, model.Bodies.SemanticsOf(function.SyntaxTree));
}
