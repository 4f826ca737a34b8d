using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0022: changes a counter atomically, lets each task return its part, or uses a collection made for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0022SharedStateCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0022)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0022_Interlocked", (site, cancellation) => Plan(site, cancellation, shared =>
            InterlockedCalls.Of(site, shared) is { } call ? new Fix(RuleText.Now("AP0022_FixInterlocked", call.Method), [call.Edit]) : null)),
        new FixIdea("AP0022_Return", (site, cancellation) => Plan(site, cancellation, shared =>
            ReturnedParts.Of(site, shared, cancellation) is { } edits ? new Fix(RuleText.Now("AP0022_FixReturn", shared.Target.Syntax.ToString()), edits) : null)),
        new FixIdea("AP0022_Bag", (site, cancellation) => Plan(site, cancellation, shared =>
            ConcurrentBags.Of(site, shared, cancellation) is { } edits ? new Fix(RuleText.Now("AP0022_FixBag", shared.Target.Syntax.ToString()), edits) : null)));

    private static Task<Fix?> Plan(FixSite site, CancellationToken cancellation, Func<SharedChange, Fix?> plan) =>
        Task.FromResult(ChangeAt(site, cancellation) is { } shared ? plan(shared) : null);

    /// <summary>The change of a finding; null where it is no longer there.</summary>
    private static SharedChange? ChangeAt(FixSite site, CancellationToken cancellation) => site.Node
        .DescendantNodesAndSelf()
        .Where(node => node.Span.End == site.Diagnostic.Location.SourceSpan.End)
        .Select(node => site.Semantics.GetOperation(node, cancellation) is { } operation ? site.Model.SharedChanges.Of(operation, cancellation) : null)
        .FirstOrDefault(shared => shared is not null);
}
