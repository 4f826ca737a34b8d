using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What always blocks: sleeps, waits for handles and locks, blocking collections, processes, the console's input, parallel loops.</summary>
internal sealed class BlockingMembers(AsyncModel model)
{
    private readonly Dictionary<string, List<(INamedTypeSymbol Type, BlockingKind Kind)>> members = MembersOf(model.Types);
    private readonly BoundedCollections bounded = new(model);

    /// <summary>The members of the list, those left out that are found by what they do.</summary>
    public IEnumerable<(INamedTypeSymbol Type, string Name)> Members =>
        members.SelectMany(named => named.Value.Select(declared => (declared.Type, named.Key)));

    /// <summary>
    /// The blocking call that an operation is; null for all others, and for one with a constant time-out of zero. A method
    /// that is only made a delegate does not block. It asks neither where the call stands nor whether another defect comes
    /// before (<see cref="BlockingDefects"/>).
    /// </summary>
    public BlockingCall? Of(IOperation operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return operation is IInvocationOperation call && KindOf(call, cancellation) is { } kind && !ReturnsAtOnce(call)
            ? new BlockingCall(call, BlockingWaits.NameOf(call.Syntax), kind)
            : null;
    }

    private BlockingKind? KindOf(IInvocationOperation call, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        if (!members.TryGetValue(method.Name, out var declaring))
            return BeginEndPairs.BegunBy(call, model.Types, cancellation) is not null ? BlockingKind.Pair : null;
        foreach (var (type, kind) in declaring)
        {
            if (KnownTypes.SameOrBelow(method.ContainingType, type) && Waits(call, kind, cancellation))
                return kind;
        }

        return null;
    }

    private bool Waits(IInvocationOperation call, BlockingKind kind, CancellationToken cancellation) => kind switch
    {
        BlockingKind.Collection => call.TargetMethod.Name switch
        {
            "Add" => bounded.Holds(call.Instance, cancellation),
            "TryAdd" => call.Arguments.Any(IsTimeout) && bounded.Holds(call.Instance, cancellation),
            "TryTake" => call.Arguments.Any(IsTimeout),
            _ => true,
        },
        BlockingKind.Input => call.TargetMethod.IsStatic || model.Loggers.ConsoleStream(call.Instance, cancellation) is { Name: "In" },
        BlockingKind.Spin => call.TargetMethod.Name != "SpinWait" || IsInIdleLoop(call.Syntax),
        _ => true,
    };

    /// <summary>Whether a node is in a loop that holds its thread from its first turn to its last.</summary>
    private static bool IsInIdleLoop(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            if (Functions.IsFunction(outer))
                return false;
            if (outer is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
                return !outer.DescendantNodes(inner => !Functions.IsFunction(inner)).Any(inner => inner is AwaitExpressionSyntax);
        }

        return false;
    }

    private bool ReturnsAtOnce(IInvocationOperation call) =>
        call.Arguments.Any(argument => IsTimeout(argument) && model.BlockingWaits.IsZero(argument.Value));

    /// <summary>Whether an argument says how long to wait: a time span, or what the framework calls its milliseconds.</summary>
    public bool IsTimeout(IArgumentOperation argument) => argument.Parameter is { Type: var type, Name: var name }
        && (KnownTypes.Same(type, model.Types.TimeSpan)
            || type.SpecialType == SpecialType.System_Int32
                && (name.StartsWith("milliseconds", StringComparison.OrdinalIgnoreCase) || name.EndsWith("timeout", StringComparison.OrdinalIgnoreCase)));

    private static Dictionary<string, List<(INamedTypeSymbol Type, BlockingKind Kind)>> MembersOf(KnownTypes types)
    {
        var members = new Dictionary<string, List<(INamedTypeSymbol, BlockingKind)>>(StringComparer.Ordinal);
        foreach (var (type, kind, names) in new (INamedTypeSymbol? Type, BlockingKind Kind, string[] Names)[]
        {
            (types.Thread, BlockingKind.Sleep, ["Sleep"]),
            (types.Thread, BlockingKind.Thread, ["Join"]),
            (types.Thread, BlockingKind.Spin, ["SpinWait"]),
            (types.SpinWait, BlockingKind.Spin, ["SpinUntil"]),
            (types.WaitHandle, BlockingKind.Handle, ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"]),
            (types.ManualResetEventSlim, BlockingKind.Event, ["Wait"]),
            (types.CountdownEvent, BlockingKind.Event, ["Wait"]),
            (types.SemaphoreSlim, BlockingKind.Semaphore, ["Wait"]),
            (types.Barrier, BlockingKind.Barrier, ["SignalAndWait"]),
            (types.Monitor, BlockingKind.Pulse, ["Wait"]),
            (types.BlockingCollectionOfT, BlockingKind.Collection, ["Take", "TakeFromAny", "TryTake", "Add", "TryAdd"]),
            (types.BlockingCollectionOfT, BlockingKind.Sequence, ["GetConsumingEnumerable"]),
            (types.TaskAsyncEnumerableExtensions, BlockingKind.Sequence, ["ToBlockingEnumerable"]),
            (types.Process, BlockingKind.Process, ["WaitForExit"]),
            (types.Console, BlockingKind.Input, ["ReadLine", "ReadKey", "Read"]),
            (types.TextReader, BlockingKind.Input, ["ReadLine", "Read", "ReadBlock", "ReadToEnd"]),
            (types.Parallel, BlockingKind.Parallel, ["For", "ForEach", "Invoke"]),
            (types.Task, BlockingKind.TaskRun, ["RunSynchronously"]),
        })
        {
            if (type is null)
                continue;
            foreach (var name in names)
            {
                if (!members.TryGetValue(name, out var declaring))
                    members.Add(name, declaring = []);
                declaring.Add((type, kind));
            }
        }

        return members;
    }
}
