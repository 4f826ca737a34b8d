using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0006: awaits the task, or keeps it running and awaits it at the end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0006LostTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0006)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0006_Await", PlanAwaitAsync),
        new FixIdea("AP0006_AwaitAtEnd", PlanAwaitAtEndAsync));

    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (DroppedTask.At(site, cancellation) is not { } dropped
            || EndlessWork.HoldsUpStart(dropped.Lost.Call, dropped.Lost.End, cancellation)
            || EndlessWork.NeverEnds(dropped.Lost.Call, site.Model, cancellation)
            || AwaitedNow(site, dropped) is not { } edits
            || await Asyncifier.PlanAsync(site, dropped.Value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(dropped.Name), [.. edits, .. plan.Edits]);
    }

    /// <summary>The edits that await the task where it is dropped; null where a variable holds it that something reads.</summary>
    private static IReadOnlyList<NodeEdit>? AwaitedNow(FixSite site, DroppedTask dropped)
    {
        var fate = dropped.Lost.Fate;
        return fate is { End: TaskEnd.Dropped or TaskEnd.Discarded } or { End: TaskEnd.Unread, IsInspected: false }
            ? AwaitedDrops.Of(site, dropped.Place, dropped.Value, fate.Variable)
            : null;
    }

    private static async Task<Fix?> PlanAwaitAtEndAsync(FixSite site, CancellationToken cancellation)
    {
        if (DroppedTask.At(site, cancellation) is not { } dropped)
            return null;
        if (FieldOfService.IsFor(dropped.Lost, site.Model))
            return FieldOfService.Plan(site, dropped, cancellation) is { } kept ? new Fix(RuleText.Now("AP0006_FixInStop", dropped.Name), kept) : null;
        if (EndlessWork.NeverEnds(dropped.Lost.Call, site.Model, cancellation)
            || PendingTask.Plan(site, dropped, cancellation) is not { } edits
            || await Asyncifier.PlanAsync(site, dropped.Value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        var title = plan.FunctionName is { } function
            ? RuleText.Now(plan.IsPublicSignature ? "AP0006_FixAtEndPublicAsync" : "AP0006_FixAtEndAsync", dropped.Name, function)
            : RuleText.Now("AP0006_FixAtEnd", dropped.Name);
        return new Fix(title, [.. plan.Edits, .. edits]);
    }
}
