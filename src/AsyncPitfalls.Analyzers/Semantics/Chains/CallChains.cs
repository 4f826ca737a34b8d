using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Synchronous members of this compilation that block, directly or through others. Which bodies can come to block is first
/// told by names alone (<see cref="BlockingReach"/>); only those are read, each once, and only from where a call leads.
/// </summary>
internal sealed class CallChains(AsyncModel model)
{
    private readonly ConcurrentDictionary<IMethodSymbol, Link?> links = new(SymbolEqualityComparer.Default);
    private readonly BodySummaries summaries = new(model);

    /// <summary>Whether the name of what an operation runs is one that may block: the cheap question before <see cref="Of"/>.</summary>
    public bool MayBlock(IOperation operation, CancellationToken cancellation) => summaries.MayBlock(operation, cancellation);

    /// <summary>
    /// The shortest chain by which a call, a read or write of a property or indexer, or a creation comes to block, of equally
    /// short ones the first in source order. Null where nothing blocks, where a virtual call may run a target that does not,
    /// and for what is no synchronous member of this compilation. It does not look at the code around the operation.
    /// </summary>
    public CallChain? Of(IOperation operation, CancellationToken cancellation) =>
        TargetsOf(operation, cancellation) is { IsEmpty: false } targets ? ChainOf(operation.Syntax, targets[0]) : null;

    /// <summary>The members of this compilation of which a call, read or creation runs one; empty where one of them may not block.</summary>
    public ImmutableArray<IMethodSymbol> TargetsOf(IOperation operation, CancellationToken cancellation) =>
        summaries.RunBy(operation, cancellation) is { IsEmpty: false } targets && Through(targets, cancellation) is not null
            ? targets
            : ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>What in a synchronous member blocks, by itself or further down, in source order: the members that a call runs are empty for what blocks by itself.</summary>
    public IEnumerable<(IOperation Operation, ImmutableArray<IMethodSymbol> Targets)> BlockingPartsOf(IMethodSymbol member, CancellationToken cancellation) =>
        summaries.PartsOf(member, cancellation)
            .Where(part => part.Blocks is not null || Through(part.Targets, cancellation) is not null)
            .Select(part => (part.Operation, part.Targets));

    /// <summary>How far the farthest target is from what blocks; null where one of them never does.</summary>
    private int? Through(ImmutableArray<IMethodSymbol> targets, CancellationToken cancellation)
    {
        var farthest = 0;
        foreach (var target in targets)
        {
            if (LinkOf(target, cancellation) is not { } link)
                return null;
            farthest = System.Math.Max(farthest, link.Distance);
        }

        return farthest;
    }

    private CallChain ChainOf(SyntaxNode place, IMethodSymbol member)
    {
        var steps = ImmutableArray.CreateBuilder<ChainStep>();
        while (true)
        {
            steps.Add(new ChainStep(TextOf(member), place, member));
            var link = links[member]!;
            if (link.Blocks is { } end)
            {
                steps.Add(new ChainStep(end.Text, end.Place, null));
                return new CallChain(steps.ToImmutable(), end);
            }

            (place, member) = (link.Next!.Place, link.Next.Targets[0]);
        }
    }

    private static string TextOf(IMethodSymbol member) => member switch
    {
        { MethodKind: MethodKind.Constructor } => "new " + member.ContainingType.Name,
        { AssociatedSymbol: IPropertySymbol { IsIndexer: true } } => member.ContainingType.Name + "[]",
        { AssociatedSymbol: { } property } => LastOf(property.Name),
        _ => LastOf(member.Name),
    };

    /// <summary>The name of an explicit implementation without its interface.</summary>
    private static string LastOf(string name) => name.Substring(name.LastIndexOf('.') + 1);

    /// <summary>How a member comes to block; null where it does not.</summary>
    private Link? LinkOf(IMethodSymbol member, CancellationToken cancellation)
    {
        if (!links.TryGetValue(member, out var link))
        {
            Solve(member, cancellation);
            link = links[member];
        }

        return link;
    }

    /// <summary>
    /// Answers for a member and all that it leads to. Answers are kept only once everything they rest on has been read, so
    /// that recursion makes them depend neither on who was asked about first nor on who asks at the same time.
    /// </summary>
    private void Solve(IMethodSymbol first, CancellationToken cancellation)
    {
        var open = new Dictionary<IMethodSymbol, BodySummary>(SymbolEqualityComparer.Default);
        var found = new Dictionary<IMethodSymbol, Link?>(SymbolEqualityComparer.Default);
        var pending = new Stack<IMethodSymbol>([first]);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var member = pending.Pop();
            if (open.ContainsKey(member) || found.ContainsKey(member))
                continue;
            if (links.TryGetValue(member, out var known))
            {
                found.Add(member, known);
                continue;
            }

            var summary = summaries.Of(member, cancellation);
            if (summary.Blocks is { } blocks)
            {
                found.Add(member, new Link(0, blocks, null));
                continue;
            }

            open.Add(member, summary);
            foreach (var target in summary.Calls.SelectMany(call => call.Targets))
                pending.Push(target);
        }

        while (Nearest(open, found) is { Count: > 0 } nearest)
        {
            foreach (var (member, link) in nearest)
            {
                found.Add(member, link);
                open.Remove(member);
            }
        }

        foreach (var answered in found)
            links.TryAdd(answered.Key, answered.Value);
        foreach (var member in open.Keys)
            links.TryAdd(member, null);
    }

    /// <summary>Of the members without an answer those that are the fewest calls away from what blocks; none where none leads there.</summary>
    private static List<(IMethodSymbol Member, Link Link)> Nearest(Dictionary<IMethodSymbol, BodySummary> open, Dictionary<IMethodSymbol, Link?> found)
    {
        var nearest = new List<(IMethodSymbol, Link)>();
        var distance = int.MaxValue;
        foreach (var candidate in open)
        {
            if (LinkThrough(candidate.Value.Calls, found) is not { } link || link.Distance > distance)
                continue;
            if (link.Distance < distance)
                nearest.Clear();
            distance = link.Distance;
            nearest.Add((candidate.Key, link));
        }

        return nearest;
    }

    private static Link? LinkThrough(ImmutableArray<MemberCall> calls, Dictionary<IMethodSymbol, Link?> found)
    {
        Link? nearest = null;
        foreach (var call in calls)
        {
            var farthest = 0;
            foreach (var target in call.Targets)
                farthest = found.TryGetValue(target, out var link) && link is not null && farthest >= 0 ? System.Math.Max(farthest, link.Distance) : -1;
            if (farthest >= 0 && (nearest is null || farthest + 1 < nearest.Distance))
                nearest = new Link(farthest + 1, null, call);
        }

        return nearest;
    }

    /// <summary>How a member comes to block.</summary>
    /// <param name="Distance">How many calls away what blocks is: none where the member blocks itself.</param>
    /// <param name="Blocks">What blocks in the member itself.</param>
    /// <param name="Next">The call that leads on.</param>
    private sealed record Link(int Distance, BlockingPlace? Blocks, MemberCall? Next);
}
