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

/// <summary>Mends AP0018: starts the endless task first, and awaits it last.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0018EndlessWaitCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0018)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0018_AwaitLast", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (StartedFirst.At(site, cancellation) is not { } started
            || started.Edits(site, cancellation) is not { } edits
            || await Asyncifier.PlanAsync(site, started.Place, cancellation).ConfigureAwait(false) is not { AwaitsCalls: false } plan)
            return null;
        var name = CalledNames.TextOf(started.Wait.Call.Syntax);
        var title = plan switch
        {
            { FunctionName: not { } } => RuleText.Now("AP0018_FixAwaitLast", name),
            { IsPublicSignature: true, FunctionName: var function } => RuleText.Now("AP0018_FixAwaitLastPublicAsync", name, function),
            { FunctionName: var function } => RuleText.Now("AP0018_FixAwaitLastAsync", name, function),
        };
        return new Fix(title, [.. plan.Edits, .. edits]);
    }
}
