using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>Makes a function async, and its callers, so that an <c>await</c> can stand where none could: all or nothing.</summary>
internal static class Asyncifier
{
    /// <summary>
    /// What has to change so that <paramref name="spot"/> can become an <c>await</c>: null where it cannot. The edit of the
    /// spot itself is the caller's, see <see cref="AwaitEdits"/>.
    /// </summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="spot">The node that becomes an <c>await</c>, or that one is put into.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="throwsAggregates">Whether the spot threw an <c>AggregateException</c> so far, so that a <c>catch</c> of it would no longer catch.</param>
    public static Task<AsyncifyPlan?> PlanAsync(FixSite site, SyntaxNode spot, CancellationToken cancellation, bool throwsAggregates = true) =>
        PlanAsync(site, [CodePlace.Of(site, spot)], cancellation, throwsAggregates);

    /// <summary>What has to change so that several spots, of any files, can become awaits together: null where one cannot.</summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="spots">The nodes that become awaits, or that one is put into.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="throwsAggregates">Whether one of the spots threw an <c>AggregateException</c> so far.</param>
    public static Task<AsyncifyPlan?> PlanAsync(FixSite site, IReadOnlyList<CodePlace> spots, CancellationToken cancellation, bool throwsAggregates) =>
        PlanAsync(site, spots[0], throwsAggregates, chain => FollowAsync(chain, spots), cancellation);

    /// <summary>What has to change so that an <c>async void</c> function returns a task that every caller awaits: null where one cannot, or would wait for ever.</summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="function">The function.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Task<AsyncifyPlan?> PlanTaskAsync(FixSite site, CodePlace function, CancellationToken cancellation) => PlanAsync(
        site,
        function,
        throwsAggregates: false,
        async chain => await chain.FollowTaskAsync(function).ConfigureAwait(false)
            && !(chain.Calls.Any() && EndlessWork.NeverReturns(function.Node, function.Model)),
        cancellation);

    private static async Task<bool> FollowAsync(FunctionChain chain, IReadOnlyList<CodePlace> spots)
    {
        foreach (var spot in spots)
        {
            if (!await chain.FollowAsync(spot).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<AsyncifyPlan?> PlanAsync(
        FixSite site, CodePlace place, bool throwsAggregates, Func<FunctionChain, Task<bool>> followAsync, CancellationToken cancellation)
    {
        var chain = new FunctionChain(site.Document.Project.Solution, throwsAggregates, cancellation);
        if (!await followAsync(chain).ConfigureAwait(false) || await RunnerWaits.AwaitedIn(chain, site.Diagnostic, cancellation).ConfigureAwait(false) is not { } work)
            return null;
        // What the work of a runner throws goes to the callers of the whole chain.
        return work.ThrowsAggregates && !throwsAggregates
            ? await PlanAsync(site, place, throwsAggregates: true, followAsync, cancellation).ConfigureAwait(false)
            : PlanOf(chain, site, place, work.Edits, cancellation);
    }

    /// <summary>The edits of a chain that was followed to its end; null where a call cannot be awaited in its form, or a new name is taken.</summary>
    private static AsyncifyPlan? PlanOf(FunctionChain chain, FixSite site, CodePlace spot, IReadOnlyList<NodeEdit> more, CancellationToken cancellation)
    {
        var edits = new List<NodeEdit>(more);
        foreach (var call in chain.Calls)
        {
            if (AwaitEdits.Of(call.Document, call.Semantics, call.Model, (ExpressionSyntax)call.Node) is not { } awaits)
                return null;
            edits.AddRange(awaits);
            if (TokensInScope.Pass(call.Document, (InvocationExpressionSyntax)call.Node, call.Semantics, call.Model, sameMethod: true) is { } token)
                edits.Add(token);
        }

        if (AsyncSuffix.Edits(chain, site.Diagnostic.Id) is not { } renames)
            return null;
        edits.AddRange(Declarations(chain, cancellation));
        edits.AddRange(renames);
        edits.AddRange(chain.BecomeAsync.SelectMany(function => MeantDrops.In(function, cancellation)));
        return new AsyncifyPlan(edits, NameOf(chain, spot), chain.Retyped.Any(method => IsSeenOutside(method, site.Semantics.Compilation, cancellation)));
    }

    private static IEnumerable<NodeEdit> Declarations(FunctionChain chain, CancellationToken cancellation)
    {
        var retyped = new HashSet<SyntaxNode>(chain.ReturnTasks.Select(place => place.Node));
        var async = new HashSet<SyntaxNode>(chain.BecomeAsync.Select(place => place.Node));
        return chain.BecomeAsync.SelectMany(function => FunctionRewriter.MakeAsync(function, retyped.Contains(function.Node), cancellation))
            .Concat(chain.ReturnTasks.Where(place => !async.Contains(place.Node)).SelectMany(FunctionRewriter.ReturnTask));
    }

    /// <summary>The name of the function around the spot, where it becomes async and has one.</summary>
    private static string? NameOf(FunctionChain chain, CodePlace spot) =>
        Functions.Around(spot.Node) is { } function and not AnonymousFunctionExpressionSyntax && chain.BecomeAsync.Any(place => place.Node == function)
            ? Functions.SymbolOf(function, spot.Semantics)?.Name
            : null;

    private static bool IsSeenOutside(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Visibility.IsSeenOutside(method)
        && !SymbolEqualityComparer.Default.Equals(compilation.GetEntryPoint(cancellation), method);
}
