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
            || BlockingAwait.Of(site, wait) is not { } awaited
            || await Asyncifier.PlanAsync(site, awaited.Spot, cancellation, awaited.ThrowsAggregates).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(awaited.Name), [.. awaited.Edits, .. plan.Edits]);
    }

    /// <summary>The wait that was found, by its name.</summary>
    private static BlockingWait? WaitAt(FixSite site, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .Select(site.Model.BlockingWaits.Of)
            .FirstOrDefault(wait => wait?.Name.Span == site.Node.Span);
}
