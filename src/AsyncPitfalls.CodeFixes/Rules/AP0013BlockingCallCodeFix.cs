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

/// <summary>Mends AP0013: awaits the counterpart of what blocks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0013BlockingCallCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0013)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0013_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (CallAt(site, cancellation) is not { } call
            || HoldsLock(call, site.Model, cancellation)
            || BlockingAwait.Of(site, call) is not { } awaited
            || await Asyncifier.PlanAsync(site, awaited.Spot, cancellation, awaited.ThrowsAggregates).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(awaited.Name), [.. awaited.Edits, .. plan.Edits]);
    }

    /// <summary>The blocking call that was found, by its name.</summary>
    private static BlockingCall? CallAt(FixSite site, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>()
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .OfType<IInvocationOperation>()
            .Select(call => site.Model.BlockingMembers.Of(call, cancellation))
            .FirstOrDefault(call => call?.Name.SpanStart == site.Node.SpanStart);

    /// <summary>Whether the function takes a lock that only the thread which took it can release: no await may come before its release.</summary>
    private static bool HoldsLock(BlockingCall call, AsyncModel model, CancellationToken cancellation) =>
        model.HeldLocks.Calls.In(OwnOperations.FunctionAround(call.Operation), cancellation).Any(held => held.Takes);
}
