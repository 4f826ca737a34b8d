using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What can be wrong with code that keeps a thread waiting, the most specific first: of several at one spot the first is said.</summary>
internal enum BlockingDefect
{
    /// <summary>It keeps the host from starting.</summary>
    StartUp,

    /// <summary>What is waited for never completes, so that what follows never runs.</summary>
    EndlessWait,

    /// <summary>It waits for the loop of another thread.</summary>
    ForeignLoop,

    /// <summary>It starts a loop inside a running one.</summary>
    NestedLoop,

    /// <summary>It waits for logging, which is synchronous.</summary>
    Logging,

    /// <summary>It waits for a task.</summary>
    Task,

    /// <summary>It takes a lock that only this thread can release, and holds it over an await.</summary>
    HeldLock,

    /// <summary>It blocks whatever it waits for.</summary>
    AlwaysBlocks,

    /// <summary>It calls what blocks further down.</summary>
    BlocksFurtherDown,

    /// <summary>It is synchronous though an awaited sibling exists.</summary>
    Sibling,
}

/// <summary>Which defect of blocking code is said where it has several: every subject that finds one asks here for those before it.</summary>
internal sealed class BlockingDefects(AsyncModel model)
{
    /// <summary>
    /// Whether a spot belongs to a defect that comes before a given one, so that this one is not to be said: the earlier
    /// one is there, or it would be but for what its rule passes over on purpose.
    /// </summary>
    /// <param name="operation">The call, the property or the method group that keeps a thread waiting, or an await.</param>
    /// <param name="defect">The defect that the caller has found.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool HasBefore(IOperation operation, BlockingDefect defect, CancellationToken cancellation) =>
        defect > BlockingDefect.StartUp && model.StartUps.Of(operation, cancellation) is not null
        || defect > BlockingDefect.EndlessWait && model.EndlessWaits.Of(operation, cancellation) is not null
        || defect > BlockingDefect.ForeignLoop && model.ForeignLoops.Concern(operation, cancellation)
        || defect > BlockingDefect.NestedLoop && operation is IInvocationOperation call && model.LoopRunners.IsRunner(call, cancellation)
        || defect > BlockingDefect.Logging && NeedlessLogging.Of(operation, model, cancellation) is not null
        || defect > BlockingDefect.Task && (model.BlockingWaits.Of(operation) is not null || model.BlockingWaits.IsPauseOfLoop(operation))
        || defect > BlockingDefect.HeldLock && operation is IInvocationOperation taking && model.HeldLocks.Of(taking, cancellation) is not null
        || defect > BlockingDefect.AlwaysBlocks && model.BlockingMembers.Of(operation, cancellation) is not null
        || defect > BlockingDefect.BlocksFurtherDown && model.CallChains.Of(operation, cancellation) is not null;
}
