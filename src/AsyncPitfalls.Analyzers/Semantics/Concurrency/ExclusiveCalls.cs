using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a call does to a lock that lets only one in.</summary>
internal enum ExclusiveCallKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It takes the lock.</summary>
    Takes,

    /// <summary>It releases the lock.</summary>
    Releases,
}

/// <summary>
/// Calls that take and release a lock which lets only one in: those of the framework by their types, but not a reader's lock, and a semaphore only where
/// it may have been made for one, and those of other libraries and of the user by what they are called, since all that they do is keep a rule silent.
/// </summary>
internal sealed class ExclusiveCalls(AsyncModel model)
{
    /// <summary>What a call does to such a lock.</summary>
    public ExclusiveCallKind KindOf(IInvocationOperation call, CancellationToken cancellation)
    {
        if (model.HeldLocks.Calls.Of(call, cancellation) is { } ofThread)
            return ofThread.Mode == LockCalls.Shared ? ExclusiveCallKind.None : ofThread.Takes ? ExclusiveCallKind.Takes : ExclusiveCallKind.Releases;
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "Wait" or "WaitAsync" or "WaitOne":
                return IsOfOne(call, cancellation) ? ExclusiveCallKind.Takes : ExclusiveCallKind.None;
            case "Release" or "Set" when IsOfOne(call, cancellation):
                return ExclusiveCallKind.Releases;
            case "CompareExchange" or "Exchange" when KnownTypes.Same(method.ContainingType, model.Types.Interlocked):
                return ExclusiveCallKind.Takes;
            default:
                return !IsOther(method) ? ExclusiveCallKind.None
                    : Begins(method, "Enter", "Lock", "TryLock", "Acquire", "TryAcquire") ? ExclusiveCallKind.Takes
                    : Begins(method, "Exit", "Unlock", "Release") ? ExclusiveCallKind.Releases
                    : ExclusiveCallKind.None;
        }
    }

    /// <summary>Whether what a call returns holds a lock until it is disposed.</summary>
    public bool GivesScope(IInvocationOperation call, CancellationToken cancellation) =>
        model.Types.ScopedLocks.Any(known => KnownTypes.Same(call.TargetMethod.ContainingType, known))
        || KindOf(call, cancellation) == ExclusiveCallKind.Takes;

    /// <summary>Whether an operation asks or changes a number so that only one gets each answer.</summary>
    public bool IsAtomic(IOperation operation) =>
        operation is IInvocationOperation call && KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Interlocked);

    /// <summary>Whether a method is neither the framework's nor one of a collection.</summary>
    private bool IsOther(IMethodSymbol method) =>
        !KnownTypes.SameOrBelow(method.ContainingType, model.Types.ThreadBoundLocks)
        && !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Types.Task?.ContainingAssembly)
        && !KnownTypes.SameOrBelow(method.ContainingType, model.Types.PlainEnumerable);

    private static bool Begins(IMethodSymbol method, params string[] words) =>
        words.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a call is a method of a lock that lets only one in, as far as the code tells: a semaphore that is made for more is none.</summary>
    private bool IsOfOne(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.Instance is not { } instance)
            return false;
        if (!KnownTypes.SameOrBelow(instance.Type, model.Types.Semaphores))
            return KnownTypes.SameOrBelow(instance.Type, model.Types.WaitHandle) || IsOther(call.TargetMethod) && !model.Awaitables.IsTaskOrValueTask(instance.Type);
        IReadOnlyList<IOperation>? values = instance is IObjectCreationOperation ? [instance] : model.AssignedValues.Of(ConditionalAccesses.Receiver(instance)!, cancellation);
        return values is null || !values.All(LetsSeveralIn);
    }

    private static bool LetsSeveralIn(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IObjectCreationOperation { Arguments: { IsEmpty: false } arguments }
            && arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value is { } count
            && count.ConstantValue is not { HasValue: true, Value: <= 1 };
    }
}
