using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>What is awaited in the place of a blocking call.</summary>
/// <param name="Spot">The node that becomes an await, or that is made to await.</param>
/// <param name="Edits">The edits of the place itself.</param>
/// <param name="Name">What is awaited, for the title of the fix.</param>
internal sealed record BlockingAwait(SyntaxNode Spot, IReadOnlyList<NodeEdit> Edits, string Name)
{
    /// <summary>Whether the call threw an <c>AggregateException</c>, which an await does not.</summary>
    public bool ThrowsAggregates { get; init; }

    /// <summary>The await in the place of a wait for tasks, with the token in scope; null where none means the same.</summary>
    public static BlockingAwait? Of(FixSite site, BlockingWait wait) =>
        Of(site, AwaitedForms.Of(wait, site.Model)) is { } awaited
            ? awaited with { Edits = [.. WithoutThread(site, wait), .. awaited.Edits, .. TokenFor(site, wait)] }
            : null;

    /// <summary>The edits for a thread that does nothing but wait for the call that is awaited.</summary>
    private static IReadOnlyList<NodeEdit> WithoutThread(FixSite site, BlockingWait wait) =>
        wait is { Awaited: { } awaited, Token: null, Operation.Syntax: ExpressionSyntax place } && site.Model.Awaitables.Behind(awaited) is IInvocationOperation call
            ? DirectTasks.Around(site, place, call.TargetMethod, TokenFor(site, wait).Any() ? TokensInScope.NameAt(call.Syntax, site.Semantics, site.Model) : null)
            : [];

    /// <summary>The await that a form stands for; null where there is none, or it cannot stand there.</summary>
    public static BlockingAwait? Of(FixSite site, AwaitedForm? form) =>
        form is not null && AwaitEdits.Of(site.Document, site.Semantics, site.Model, form.Place, form.Awaited) is { } edits
            ? new BlockingAwait(form.Place, edits, form.Name) { ThrowsAggregates = form.ThrowsAggregates }
            : null;

    /// <summary>The edit that passes a token in scope to the call that is awaited.</summary>
    private static IEnumerable<NodeEdit> TokenFor(FixSite site, BlockingWait wait) =>
        wait is { Token: null, Awaited: { } awaited }
        && site.Model.Awaitables.Behind(awaited).Syntax is InvocationExpressionSyntax call
        && wait.Operation.Syntax.Span.Contains(call.Span)
        && TokensInScope.Pass(site.Document, call, site.Semantics, site.Model, sameMethod: false) is { } edit
            ? [edit]
            : [];

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
