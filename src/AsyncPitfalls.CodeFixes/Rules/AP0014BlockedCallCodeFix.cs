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
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0014: awaits the async sibling of what is called, or makes the chain of calls async and awaits that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0014BlockedCallCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0014)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0014_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (CallAt(site, cancellation) is not { } call)
            return null;
        return await PlanSiblingAsync(site, call, cancellation).ConfigureAwait(false)
            ?? await PlanChainAsync(site, call, cancellation).ConfigureAwait(false);
    }

    private static async Task<Fix?> PlanSiblingAsync(FixSite site, IInvocationOperation call, CancellationToken cancellation) =>
        ChainAwaits.OfSibling(site, call, cancellation) is { } awaited
        && await Asyncifier.PlanAsync(site, awaited.Spot, cancellation, throwsAggregates: false).ConfigureAwait(false) is { } plan
            ? new Fix(plan.Title(awaited.Name), [.. awaited.Edits, .. plan.Edits])
            : null;

    private static async Task<Fix?> PlanChainAsync(FixSite site, IInvocationOperation call, CancellationToken cancellation)
    {
        if (await ChainAwaits.OfAsync(site, site.Model.CallChains.TargetsOf(call, cancellation), cancellation).ConfigureAwait(false) is not { } awaits
            || await Asyncifier.PlanAsync(site, awaits.Spots, cancellation, awaits.ThrowsAggregates).ConfigureAwait(false) is not { } plan
            || !plan.Edits.Any(edit => edit.Document == site.Document.Id && edit.Node == call.Syntax))
            return null;
        var title = RuleText.Now(plan.IsPublicSignature ? "AP0014_FixChainPublic" : "AP0014_FixChain", call.TargetMethod.Name);
        return new Fix(title, [.. awaits.Edits, .. plan.Edits]);
    }

    /// <summary>The call that was found, by its name; null for reads and creations, which cannot be awaited.</summary>
    private static IInvocationOperation? CallAt(FixSite site, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Where(call => BlockingWaits.NameOf(call).SpanStart == site.Node.SpanStart)
            .Select(call => site.Semantics.GetOperation(call, cancellation))
            .OfType<IInvocationOperation>()
            .FirstOrDefault();
}
