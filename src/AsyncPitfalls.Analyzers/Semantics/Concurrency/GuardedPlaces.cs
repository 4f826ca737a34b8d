using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which ways a function comes to a place without a lock.</summary>
[Flags]
internal enum Unlocked
{
    /// <summary>In none: it holds a lock on every path, or no path comes there.</summary>
    Never = 0,

    /// <summary>On a path that has not awaited yet.</summary>
    BeforeAwait = 1,

    /// <summary>On a path that has awaited.</summary>
    AfterAwait = 2,
}

/// <summary>
/// Whether a function holds a lock where it comes to a place: <c>lock</c>, a scope that a lock gives, or a lock that is
/// taken and released by calls, which is followed along the paths.
/// </summary>
internal sealed class GuardedPlaces(AsyncModel model)
{
    // More than this many locks inside one another are counted as this many, so that a loop which only takes them ends.
    private const int Deepest = 4;

    private readonly ExclusiveCalls calls = new(model);

    /// <summary>In which ways the paths of the function around a place come there without holding a lock.</summary>
    public Unlocked At(IOperation place, CancellationToken cancellation)
    {
        if (IsInScope(place, cancellation))
            return Unlocked.Never;
        var function = OwnOperations.FunctionAround(place);
        var own = OwnOperations.Of(function).Where(operation => operation != function).ToList();

        // The graph has copies, and takes a lock statement apart into calls that nobody has written.
        var kinds = new Dictionary<SyntaxNode, ExclusiveCallKind>();
        foreach (var call in own.OfType<IInvocationOperation>())
        {
            if (calls.KindOf(call, cancellation) is not ExclusiveCallKind.None and var kind)
                kinds[call.Syntax] = kind;
        }

        return (kinds.Count > 0 || own.Any(IsAwaiting)) && model.FlowGraphs.Of(function, cancellation) is { } graph
            ? Arrivals(graph, place, kinds, cancellation)
            : Unlocked.BeforeAwait;
    }

    private static bool IsAwaiting(IOperation operation) => operation
        is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true };

    /// <summary>Whether a place is in what only one may run: a <c>lock</c>, the scope of one, a synchronized method, or what an atomic operation has decided.</summary>
    private bool IsInScope(IOperation place, CancellationToken cancellation)
    {
        foreach (var (outer, inner) in OwnOperations.Around(place))
        {
            switch (outer)
            {
                case ILockOperation lockStatement when lockStatement.Body == inner:
                case IUsingOperation scope when scope.Body == inner && scope.Resources.DescendantsAndSelf().Any(IsScopeOfLock):
                case IBlockOperation block when block.Operations.TakeWhile(earlier => earlier != inner).Any(earlier =>
                    earlier is IUsingDeclarationOperation declaration && declaration.DescendantsAndSelf().Any(IsScopeOfLock)):
                case IConditionalOperation choice when choice.Condition != inner && choice.Condition.DescendantsAndSelf().Any(calls.IsAtomic):
                    return true;
            }
        }

        return IsSynchronized(place);

        bool IsScopeOfLock(IOperation operation) => operation is IInvocationOperation call && calls.GivesScope(call, cancellation);
    }

    private static bool IsSynchronized(IOperation place) =>
        place.SemanticModel is { } semantics
        && Functions.Around(place.Syntax) is { } function
        && Functions.SymbolOf(function, semantics) is { } method
        && (method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0;

    private Unlocked Arrivals(ControlFlowGraph graph, IOperation place, Dictionary<SyntaxNode, ExclusiveCallKind> kinds, CancellationToken cancellation) =>
        FlowStates.At(graph, place, default(Passed), (operation, passed) => After(operation, passed, kinds, place.SemanticModel!, cancellation), cancellation)
            .Where(passed => passed.Locks == 0)
            .Aggregate(Unlocked.Never, (found, passed) => found | (passed.Awaited ? Unlocked.AfterAwait : Unlocked.BeforeAwait));

    private Passed After(IOperation operation, Passed passed, Dictionary<SyntaxNode, ExclusiveCallKind> kinds, SemanticModel semantics, CancellationToken cancellation) => operation switch
    {
        _ when !passed.Awaited && model.SuspendingAwaits.Suspends(operation, semantics, cancellation) => passed with { Awaited = true },
        IInvocationOperation when kinds.TryGetValue(operation.Syntax, out var kind) => passed with
        {
            Locks = kind == ExclusiveCallKind.Takes ? Math.Min(passed.Locks + 1, Deepest) : Math.Max(passed.Locks - 1, 0),
        },
        _ => passed,
    };

    /// <summary>What a path has come by.</summary>
    private readonly record struct Passed(bool Awaited, int Locks);
}
