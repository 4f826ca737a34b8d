using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0015: yields first, or keeps the endless task in a field that <c>StopAsync</c> awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0015BlockedStartUpCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0015)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0015_Yield", PlanYieldAsync),
        new FixIdea("AP0015_Keep", (site, cancellation) => Task.FromResult(PlanKeep(site, cancellation))));

    private static async Task<Fix?> PlanYieldAsync(FixSite site, CancellationToken cancellation) =>
        MethodAt(site, StartFunction.ExecuteAsync, cancellation) is { } method
        && await YieldedStart.PlanAsync(site, method, cancellation).ConfigureAwait(false) is { } edits
            ? new Fix(RuleText.Now("AP0015_FixYield", method.Identifier.ValueText), edits)
            : null;

    private static Fix? PlanKeep(FixSite site, CancellationToken cancellation) =>
        MethodAt(site, StartFunction.StartAsync, cancellation) is { } method
        && KeptStart.Plan(site, method, cancellation) is var (name, edits)
            ? new Fix(RuleText.Now("AP0015_FixKeep", name), edits)
            : null;

    /// <summary>The method of a finding, where it is one of the given kind.</summary>
    private static MethodDeclarationSyntax? MethodAt(FixSite site, StartFunction kind, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf().FirstOrDefault(Functions.IsFunction) is MethodDeclarationSyntax method
        && site.Semantics.GetDeclaredSymbol(method, cancellation) is { } symbol
        && site.Model.StartUps.KindOf(symbol) == kind
            ? method
            : null;
}
