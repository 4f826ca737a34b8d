using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>What is awaited in the members of a chain of calls, so that none of them blocks any more.</summary>
/// <param name="Spots">The nodes that become awaits; the calls of the chain's own members are not among them.</param>
/// <param name="Edits">The edits of these places.</param>
/// <param name="ThrowsAggregates">Whether one of the places threw an <c>AggregateException</c>.</param>
internal sealed record ChainAwaits(IReadOnlyList<CodePlace> Spots, IReadOnlyList<NodeEdit> Edits, bool ThrowsAggregates)
{
    /// <summary>The awaits in members that block, and in those that they run; null where something there has no awaited counterpart.</summary>
    public static async Task<ChainAwaits?> OfAsync(FixSite site, ImmutableArray<IMethodSymbol> members, CancellationToken cancellation)
    {
        var spots = new List<CodePlace>();
        var edits = new List<NodeEdit>();
        var throwsAggregates = false;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<IMethodSymbol>(members);
        while (open.Count > 0)
        {
            var member = open.Dequeue();
            if (!seen.Add(member))
                continue;
            // What shares the signature returns a task from now on too, and is to block as little.
            if (await MethodFamily.OfAsync(member, site.Document.Project.Solution, cancellation).ConfigureAwait(false) is { } family)
            {
                foreach (var related in family.Members)
                    open.Enqueue(related);
            }

            foreach (var (operation, targets) in site.Model.CallChains.BlockingPartsOf(member, cancellation))
            {
                var document = site.Document.Project.Solution.GetDocument(operation.Syntax.SyntaxTree);
                if (await CodePlace.OfAsync(document, operation.Syntax, cancellation).ConfigureAwait(false) is not { } place
                    || place.Semantics.GetOperation(place.Node, cancellation) is not { } own)
                    return null;
                if (AwaitOf(place.SiteOf(site.Diagnostic), own, cancellation) is { } awaited)
                {
                    spots.Add(place.At(awaited.Spot));
                    edits.AddRange(awaited.Edits);
                    throwsAggregates |= awaited.ThrowsAggregates;
                }
                else if (targets.IsEmpty ? !IsFindingByItself(own, place.Model) : own is not IInvocationOperation { TargetMethod.MethodKind: not MethodKind.Constructor })
                {
                    return null;
                }
                else
                {
                    foreach (var target in targets)
                        open.Enqueue(target);
                }
            }
        }

        return spots.Count == 0 ? null : new ChainAwaits(spots, edits, throwsAggregates);
    }

    /// <summary>The await of the sibling in the place of a call; null where there is none, or it would come back to this call.</summary>
    public static BlockingAwait? OfSibling(FixSite site, IOperation operation, CancellationToken cancellation)
    {
        if (operation is not IInvocationOperation call)
            return null;
        var siblings = site.Model.Siblings.All(call, cancellation).ToList();
        return siblings.Count > 0 && !new SiblingCycles(site.Model).Close(call, siblings[0].Name, siblings, cancellation)
            ? SiblingCalls.Await(site, call, siblings)
            : null;
    }

    /// <summary>What is awaited in the place of something that blocks by itself, or through a member that has an awaitable sibling.</summary>
    private static BlockingAwait? AwaitOf(FixSite site, IOperation operation, CancellationToken cancellation)
    {
        var model = site.Model;
        if (model.ForeignLoops.OfCalledByAsync(operation, cancellation) is { } foreign)
            return BlockingAwait.Of(site, HandOverAwaits.Of(foreign, model));
        if (model.BlockingWaits.Of(operation) is { } wait)
            return BlockingAwait.Of(site, wait);
        if (model.BlockingMembers.Of(operation, RuleCatalog.AP0014, cancellation) is { } blocking)
            return BlockingAwait.Of(site, blocking);
        if (operation is IInvocationOperation call && model.LoopRunners.IsRunner(call, cancellation))
            return RunnerAwaits.Of(site, call, cancellation) is { } run ? new BlockingAwait(call.Syntax, run.Edits, run.Title) : null;
        return OfSibling(site, operation, cancellation);
    }

    /// <summary>Whether something that has no awaited counterpart is found by a rule wherever it stands, so that it is no news in an async function.</summary>
    private static bool IsFindingByItself(IOperation operation, AsyncModel model) => model.BlockingWaits.Of(operation) is not null;
}
