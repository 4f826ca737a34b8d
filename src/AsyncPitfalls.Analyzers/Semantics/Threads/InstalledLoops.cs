using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Synchronization contexts that a function sets on the thread of its caller and leaves there. The context belongs to the
/// thread, not to the function: see https://learn.microsoft.com/dotnet/api/system.threading.synchronizationcontext.setsynchronizationcontext.
/// </summary>
internal sealed class InstalledLoops(AsyncModel model)
{
    private readonly LoopRestorers restorers = new(model);

    /// <summary>Whether a call sets a context that some path, also that of an exception, leaves without the previous one being set again.</summary>
    public bool IsLeft(IInvocationOperation call, CancellationToken cancellation) =>
        restorers.IsSet(call)
        && !restorers.Restores(call, cancellation)
        && call.SemanticModel is { } semantics
        && Functions.Around(call.Syntax) is { } function
        && !IsOwnThread(call, function, semantics, cancellation)
        && !restorers.IsRestorer(call, function, semantics, cancellation)
        && !restorers.HasCounterpart(call, function, semantics, cancellation)
        && !model.Unexecuted.Holds(call)
        && model.FlowGraphs.Around(call, cancellation) is { } graph
        && LeavesFrom(call, graph, semantics, cancellation);

    /// <summary>Whether a call sets the previous context again, which it has from a variable.</summary>
    public bool IsRestore(IInvocationOperation call, CancellationToken cancellation) =>
        restorers.IsSet(call) && call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: null } && restorers.Restores(call, cancellation);

    /// <summary>Whether nobody else uses the thread after the function: it is the procedure of a new thread or the entry point, or called from there alone.</summary>
    private bool IsOwnThread(IOperation place, SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        model.Surroundings.Of(function, semantics, cancellation) is Surrounding.ThreadProcedure or Surrounding.EntryPoint
        || model.DedicatedThreads.Runs(place.Syntax, semantics, cancellation)
        || model.CallSites.Of(function, semantics, cancellation) is { IsEmpty: false } calls
        && calls.All(call => call.SemanticModel is { } here && model.Surroundings.Around(call.Syntax, here, cancellation) is Surrounding.ThreadProcedure or Surrounding.EntryPoint);

    private bool LeavesFrom(IInvocationOperation call, ControlFlowGraph graph, SemanticModel semantics, CancellationToken cancellation)
    {
        var open = new Stack<(FlowTarget At, IOperation? After)>();
        var seen = new HashSet<FlowTarget>();
        foreach (var block in graph.Blocks)
        {
            if (FlowWalk.RunBy(block).FirstOrDefault(operation => operation.Syntax == call.Syntax && operation is IInvocationOperation) is not { } found)
                continue;
            foreach (var start in FlowWalk.From(graph, block.Ordinal))
                open.Push((start, found));
            break;
        }

        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (at, after) = open.Pop();
            var block = graph.Blocks[at.Block];
            if (block.Kind == BasicBlockKind.Exit)
                return true;
            var (isRestored, mayThrow) = Read(FlowWalk.RunBy(block).SkipWhile(operation => after is not null && operation != after).Skip(after is null ? 0 : 1), semantics, cancellation);
            // What restores in a 'finally' is trusted to get there.
            var next = mayThrow && at.Pending is null ? FlowWalk.Thrown(graph, at) : [];
            if (!isRestored)
                next = next.Concat(FlowWalk.Branches(block).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)));
            foreach (var target in next)
            {
                if (seen.Add(target))
                    open.Push((target, null));
            }
        }

        return false;
    }

    /// <summary>Whether operations come to a restore, and whether one before it may throw.</summary>
    private (bool IsRestored, bool MayThrow) Read(IEnumerable<IOperation> operations, SemanticModel semantics, CancellationToken cancellation)
    {
        var mayThrow = false;
        foreach (var operation in operations)
        {
            if (operation is IInvocationOperation call && restorers.IsSet(call))
            {
                // The graph's operations are copies that know nothing of what is around them.
                if (restorers.Restores(semantics.GetOperation(call.Syntax, cancellation) as IInvocationOperation ?? call, cancellation))
                    return (true, mayThrow);
                continue;
            }

            if (operation is IInvocationOperation { TargetMethod: var method } && restorers.Restores(method, cancellation))
                return (true, mayThrow);
            mayThrow |= operation is IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IDynamicInvocationOperation;
        }

        return (false, mayThrow);
    }
}
