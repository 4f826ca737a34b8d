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

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0019: the token in scope, or that of a new optional parameter, stops the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0019EndlessLoopCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0019)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0019_Stop", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || site.Semantics.GetOperation(statement, cancellation) is not { } operation
            || site.Model.EndlessLoops.Of(operation, cancellation) is not { } loop)
            return null;
        if (site.Model.CancellationTokens.At(loop.First, site.Semantics) is { } token)
        {
            return StoppedLoop.Edits(site, loop, token.Name, token.IsSource, cancellation) is { } edits
                ? new Fix(RuleText.Now("AP0019_FixToken", token.Name), edits)
                : null;
        }

        if (site.Model.CancellationTokens.IsAnyAt(loop.First, site.Semantics)
            || await TokenParameter.PlanAsync(site, Functions.Around(loop.First)!, cancellation).ConfigureAwait(false) is not { } parameter
            || StoppedLoop.Edits(site, loop, parameter.Name, isSource: false, cancellation) is not { } stops)
            return null;
        var title = RuleText.Now(parameter.IsPublicSignature ? "AP0019_FixPublicParameter" : "AP0019_FixParameter", parameter.Method.Name);
        return new Fix(title, [.. stops, .. parameter.Edits]);
    }
}
