using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A call that keeps its thread waiting, whatever it waits for.</summary>
/// <param name="Operation">The call, or the method group.</param>
/// <param name="Name">The name of the called member.</param>
internal sealed record BlockingCall(IOperation Operation, SyntaxNode Name);

/// <summary>What always blocks: sleeps, waits for handles and locks, blocking collections, processes, the console's input, parallel loops.</summary>
internal sealed class BlockingMembers(AsyncModel model)
{
    private readonly Dictionary<INamedTypeSymbol, string[]> members = MembersOf(model.Types);

    /// <summary>
    /// The blocking call that an operation is; null for all others, and for one with a constant time-out of zero. It asks
    /// neither where the call stands nor whether another defect comes before (<see cref="BlockingDefects"/>).
    /// </summary>
    public BlockingCall? Of(IOperation operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var method = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation group => group.Method,
            _ => null,
        };
        return method is not null && Names(method) && !ReturnsAtOnce(operation)
            ? new BlockingCall(operation, BlockingWaits.NameOf(operation.Syntax))
            : null;
    }

    private bool Names(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (members.TryGetValue(type.OriginalDefinition, out var names) && names.Contains(method.Name))
                return true;
        }

        return false;
    }

    private bool ReturnsAtOnce(IOperation operation) =>
        operation is IInvocationOperation call && call.Arguments.Any(argument =>
            argument.Parameter is { Type: var type }
            && (type.SpecialType == SpecialType.System_Int32 || KnownTypes.Same(type, model.Types.TimeSpan))
            && model.BlockingWaits.IsZero(argument.Value));

    private static Dictionary<INamedTypeSymbol, string[]> MembersOf(KnownTypes types)
    {
        var members = new Dictionary<INamedTypeSymbol, string[]>(SymbolEqualityComparer.Default);
        foreach (var (type, names) in new (INamedTypeSymbol? Type, string[] Names)[]
        {
            (types.Thread, ["Sleep", "Join"]),
            (types.WaitHandle, ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"]),
            (types.ManualResetEventSlim, ["Wait"]),
            (types.SemaphoreSlim, ["Wait"]),
            (types.CountdownEvent, ["Wait"]),
            (types.Parallel, ["For", "ForEach", "Invoke"]),
        })
        {
            if (type is not null)
                members[type] = names;
        }

        return members;
    }
}
