using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A call that takes a lock, or releases it, which only the thread that took it can release.</summary>
/// <param name="Call">The call.</param>
/// <param name="Lock">The expression that names the lock.</param>
/// <param name="Mode">In which of several ways it is held: to read or to write; the same for the call that takes it and the one that releases it.</param>
/// <param name="Takes">Whether the call takes the lock; else it releases it.</param>
internal sealed record LockCall(IInvocationOperation Call, IOperation Lock, string Mode, bool Takes)
{
    /// <summary>What names the lock again; null where that is another one each time.</summary>
    public ValuePath? Path { get; init; }

    /// <summary>The field, property, local or parameter that holds the lock; null where none does.</summary>
    public ISymbol? Holder { get; init; }

    /// <summary>What is passed by reference to be told whether the lock was taken; null where nothing is.</summary>
    public IOperation? Taken => Call.Arguments.FirstOrDefault(argument => argument.Parameter is { RefKind: RefKind.Ref, Type.SpecialType: SpecialType.System_Boolean })?.Value;

    /// <summary>Whether the call returns that it has taken the lock.</summary>
    public bool TellsByResult => Call.Type?.SpecialType == SpecialType.System_Boolean;

    /// <summary>Whether the call may come back without the lock; <c>WaitOne()</c> without a time-out never does, whatever it returns.</summary>
    public bool MayFail => TellsByResult ? Call.TargetMethod.Name != "WaitOne" || !Call.Arguments.IsEmpty : Taken is not null && Call.TargetMethod.Name == "TryEnter";

    /// <summary>Whether another call takes or releases the same lock in the same way.</summary>
    public bool IsSameLock(LockCall other) =>
        Mode == other.Mode && (Path is not null && Path.Equals(other.Path) || Path is null && SymbolEqualityComparer.Default.Equals(Holder, other.Holder) && Holder is not null);
}

/// <summary>The calls that take and release what belongs to a thread: <c>Monitor</c>, <c>Mutex</c>, <c>ReaderWriterLockSlim</c>, <c>SpinLock</c>, <c>Lock</c>.</summary>
internal sealed class LockCalls(AsyncModel model)
{
    /// <summary>How a lock is held that lets others in who hold it so too.</summary>
    public const string Shared = "read";

    private const string Exclusively = "";

    private readonly ValuePaths paths = new(model);

    /// <summary>What a call does with a lock; null for all other calls, and for those that nobody has written.</summary>
    public LockCall? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.IsImplicit || Meaning(call, cancellation) is not var (mode, takes) || TargetOf(call) is not { } target)
            return null;
        var named = Named(target, cancellation);
        return new LockCall(call, target, mode, takes) { Path = paths.Of(named), Holder = HolderOf(named) };
    }

    /// <summary>The calls with which a function itself takes and releases locks.</summary>
    public IEnumerable<LockCall> In(IOperation function, CancellationToken cancellation) =>
        OwnOperations.Of(function)
            .OfType<IInvocationOperation>()
            .Select(call => Of(call, cancellation))
            .OfType<LockCall>();

    /// <summary>The field, property, local or parameter that an expression names as the holder of a lock, through a local that only stands for it; null for other expressions.</summary>
    public ISymbol? HolderOf(IOperation expression, CancellationToken cancellation) => HolderOf(Named(expression, cancellation));

    private (string Mode, bool Takes)? Meaning(IInvocationOperation call, CancellationToken cancellation)
    {
        var type = call.TargetMethod.ContainingType;
        switch (call.TargetMethod.Name)
        {
            case "Enter" or "TryEnter" when IsExclusive(type):
                return (Exclusively, true);
            case "Exit" when IsExclusive(type):
                return (Exclusively, false);
            case "WaitOne" when KnownTypes.Same(type, model.Types.WaitHandle) && IsMutex(call.Instance, cancellation):
                return (Exclusively, true);
            case "ReleaseMutex" when KnownTypes.Same(type, model.Types.Mutex):
                return (Exclusively, false);
            case "EnterReadLock" or "TryEnterReadLock" or "ExitReadLock" when KnownTypes.Same(type, model.Types.ReaderWriterLockSlim):
                return (Shared, call.TargetMethod.Name != "ExitReadLock");
            case "EnterWriteLock" or "TryEnterWriteLock" or "ExitWriteLock" when KnownTypes.Same(type, model.Types.ReaderWriterLockSlim):
                return ("write", call.TargetMethod.Name != "ExitWriteLock");
            case "EnterUpgradeableReadLock" or "TryEnterUpgradeableReadLock" or "ExitUpgradeableReadLock" when KnownTypes.Same(type, model.Types.ReaderWriterLockSlim):
                return ("upgradeable", call.TargetMethod.Name != "ExitUpgradeableReadLock");
            case "AcquireReaderLock" or "AcquireWriterLock" when KnownTypes.Same(type, model.Types.ReaderWriterLock):
                return (Exclusively, true);
            case "ReleaseReaderLock" or "ReleaseWriterLock" or "ReleaseLock" when KnownTypes.Same(type, model.Types.ReaderWriterLock):
                return (Exclusively, false);
            default:
                return null;
        }
    }

    private bool IsExclusive(INamedTypeSymbol type) =>
        KnownTypes.Same(type, model.Types.Monitor) || KnownTypes.Same(type, model.Types.Lock) || KnownTypes.Same(type, model.Types.SpinLock);

    /// <summary>Whether a handle is a mutex, by its type or by all that it is ever given.</summary>
    private bool IsMutex(IOperation? handle, CancellationToken cancellation)
    {
        handle = ConditionalAccesses.Receiver(handle);
        return handle is not null
            && (KnownTypes.SameOrBelow(handle.Type, model.Types.Mutex)
                || model.AssignedValues.Of(handle, cancellation) is { Count: > 0 } values
                    && values.All(value => KnownTypes.SameOrBelow((value is IConversionOperation conversion ? conversion.Operand : value).Type, model.Types.Mutex)));
    }

    private static IOperation? TargetOf(IInvocationOperation call) =>
        call.Instance ?? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;

    /// <summary>What names a lock: a local that was given it where it is declared, and never another, stands for what it was given.</summary>
    private static IOperation Named(IOperation target, CancellationToken cancellation)
    {
        target = Unwrapped(target);
        return target is ILocalReferenceOperation local
            && Locals.OnlyValueOf(local, cancellation) is { } value
            && Unwrapped(value) is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation
                ? Unwrapped(value)
                : target;
    }

    private static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation or IConditionalAccessInstanceOperation)
        {
            var inner = operation switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                _ => ConditionalAccesses.Receiver(operation),
            };
            if (inner is null || inner == operation)
                return operation;
            operation = inner;
        }

        return operation;
    }

    private static ISymbol? HolderOf(IOperation named) => named switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation or IPropertyReferenceOperation => ((IMemberReferenceOperation)named).Member.OriginalDefinition,
        IInstanceReferenceOperation { Type: { } type } => type.OriginalDefinition,
        ITypeOfOperation typeOf => typeOf.TypeOperand.OriginalDefinition,
        IInvocationOperation call => call.TargetMethod.OriginalDefinition,
        IArrayElementReferenceOperation element => HolderOf(Unwrapped(element.ArrayReference)),
        _ => null,
    };
}
