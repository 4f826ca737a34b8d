using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0003: awaits what the loop runner was to run.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0003NestedLoopCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0003)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0003_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } place
            || site.Semantics.GetOperation(place, cancellation) is not IInvocationOperation call
            || RunnerAwaits.Of(site, call, cancellation) is not { } mended)
            return null;
        return await Asyncifier.PlanAsync(site, place, cancellation).ConfigureAwait(false) is { } plan
            ? new Fix(plan.Title(mended.Title), [.. mended.Edits, .. plan.Edits])
            : null;
    }
}
