using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0008: awaits tasks together before their results are read, or starts one only where it is awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0008LeftTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0008)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0008_WhenAll", (site, cancellation) => Task.FromResult(PlanWhenAll(site, cancellation))),
        new FixIdea("AP0008_MoveStart", (site, cancellation) => Task.FromResult(PlanMoveStart(site, cancellation))));

    private static Fix? PlanWhenAll(FixSite site, CancellationToken cancellation) =>
        MovedStart.LeftTaskAt(site, cancellation) is { Failing.IsEmpty: false } left && GatheredAwaits.Of(site, left.Failing, cancellation) is { } gathered
            ? new Fix(RuleText.Now("AP0008_FixWhenAll", string.Join(", ", gathered.Names)), gathered.Edits)
            : null;

    private static Fix? PlanMoveStart(FixSite site, CancellationToken cancellation) =>
        MovedStart.LeftTaskAt(site, cancellation) is { Failing.IsEmpty: true } left && MovedStart.Plan(site, left, cancellation) is { } edits
            ? new Fix(RuleText.Now("AP0008_FixMoveStart", CalledNames.TextOf(left.Call.Syntax)), edits)
            : null;
}
