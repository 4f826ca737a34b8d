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

/// <summary>Mends AP0002: awaits the task that is waited for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0002BlockingWaitCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0002)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0002_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        ExpressionSyntax? place = site.Node.Parent as MemberAccessExpressionSyntax ?? (ExpressionSyntax?)(site.Node.Parent as MemberBindingExpressionSyntax);
        if (place?.Parent is InvocationExpressionSyntax call && call.Expression == place)
            place = call;
        if (place is null || site.Semantics.GetOperation(place, cancellation) is not { } operation)
            return null;
        if (site.Model.BlockingWaits.Of(operation) is not { Awaited: not null } wait
            || await Asyncifier.PlanAsync(site, place, cancellation).ConfigureAwait(false) is not { } plan
            || AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, Receiver) is not { } edits)
            return null;
        return new Fix(plan.Title(wait.Awaited.Syntax.ToString()), [.. edits, .. plan.Edits]);
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax current) => current switch
    {
        InvocationExpressionSyntax invocation => Receiver(invocation.Expression),
        MemberAccessExpressionSyntax access => access.Expression,
        _ => null,
    };
}
