using System.Collections.Immutable;
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

/// <summary>Mends AP0004: awaits what the other loop does, or goes on without waiting for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0004ForeignLoopWaitCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0004)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0004_Await", PlanAwaitAsync),
        new FixIdea("AP0004_Post", PlanPostAsync));

    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (WaitAt(site, cancellation) is not { } wait
            || BlockingAwait.Of(site, HandOverAwaits.Of(wait, site.Model)) is not { } awaited
            || await Asyncifier.PlanAsync(site, awaited.Spot, cancellation, awaited.ThrowsAggregates).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(awaited.Name), [.. awaited.Edits, .. plan.Edits]);
    }

    private static Task<Fix?> PlanPostAsync(FixSite site, CancellationToken cancellation) => Task.FromResult(
        WaitAt(site, cancellation) is { Kind: ForeignWaitKind.Send, Operation: IInvocationOperation send } && SendToPost.Of(site, send) is { } edit
            ? new Fix(RuleText.Now("AP0004_FixPost"), [edit])
            : null);

    private static ForeignWait? WaitAt(FixSite site, CancellationToken cancellation)
    {
        for (var node = site.Node; node is ExpressionSyntax; node = node.Parent)
        {
            if (site.Semantics.GetOperation(node, cancellation) is { } operation
                && site.Model.ForeignLoops.Of(operation, cancellation) is { } wait
                && wait.Name == site.Node)
                return wait;
        }

        return null;
    }
}
