using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0002: awaits what is waited for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0002BlockingWaitCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0002)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0002_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (WaitAt(site, cancellation) is not { } wait
            || AwaitedForms.Of(wait, site.Model) is not { } form
            || AwaitEdits.Of(site.Document, site.Semantics, site.Model, form.Place, form.Awaited) is not { } awaits
            || await Asyncifier.PlanAsync(site, form.Place, cancellation, form.ThrowsAggregates).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(form.Name), [.. awaits, .. TokenFor(wait, site), .. plan.Edits]);
    }

    /// <summary>The edit that passes a token in scope to the call that is awaited.</summary>
    private static IEnumerable<NodeEdit> TokenFor(BlockingWait wait, FixSite site) =>
        wait is { Token: null, Awaited: { } awaited }
        && site.Model.Awaitables.Behind(awaited).Syntax is InvocationExpressionSyntax call
        && wait.Operation.Syntax.Span.Contains(call.Span)
        && TokensInScope.Pass(site.Document, call, site.Semantics, site.Model, sameMethod: false) is { } edit
            ? [edit]
            : [];

    /// <summary>The wait that was found, by its name.</summary>
    private static BlockingWait? WaitAt(FixSite site, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .Select(site.Model.BlockingWaits.Of)
            .FirstOrDefault(wait => wait?.Name.Span == site.Node.Span);
}
