using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0009: returns a task, which every caller awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0009AsyncVoidCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0009)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0009_ReturnTask", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (site.Node.FirstAncestorOrSelf<SyntaxNode>(Functions.IsFunction) is not { } function
            || site.Semantics.GetDeclaredSymbol(function, cancellation) is not IMethodSymbol method
            || await Asyncifier.PlanTaskAsync(site, CodePlace.Of(site, function), cancellation).ConfigureAwait(false) is not { } plan)
            return null;
        var title = (plan.AwaitsCalls, plan.IsPublicSignature) switch
        {
            (true, true) => "AP0009_FixReturnTaskAndAwaitPublic",
            (true, false) => "AP0009_FixReturnTaskAndAwait",
            (false, true) => "AP0009_FixReturnTaskPublic",
            (false, false) => "AP0009_FixReturnTask",
        };
        return new Fix(RuleText.Now(title, method.Name), plan.Edits);
    }
}
