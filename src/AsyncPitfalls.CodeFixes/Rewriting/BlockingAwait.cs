using System.Collections.Generic;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Rewriting;

/// <summary>What is awaited in the place of a blocking call.</summary>
/// <param name="Spot">The node that becomes an await, or that is made to await.</param>
/// <param name="Edits">The edits of the place itself.</param>
/// <param name="Name">What is awaited, for the title of the fix.</param>
internal sealed record BlockingAwait(SyntaxNode Spot, IReadOnlyList<NodeEdit> Edits, string Name)
{
    /// <summary>Whether the call threw an <c>AggregateException</c>, which an await does not.</summary>
    public bool ThrowsAggregates { get; init; }

    /// <summary>The await in the place of a blocking call; null where none means the same.</summary>
    public static BlockingAwait? Of(FixSite site, BlockingCall call) => call.Kind switch
    {
        BlockingKind.Sleep => AwaitedCalls.OfSleep(site, call),
        BlockingKind.Semaphore => AwaitedCalls.OfTwin(site, call),
        BlockingKind.Named => AwaitedCalls.OfSibling(site, call),
        BlockingKind.Process => AwaitedCalls.OfProcess(site, call),
        BlockingKind.Pair => AwaitedPairs.Of(site, call),
        BlockingKind.Sequence => AwaitedSequences.Of(site, call),
        BlockingKind.Parallel => AwaitedParallelLoops.Of(site, call),
        _ => null,
    };
}
