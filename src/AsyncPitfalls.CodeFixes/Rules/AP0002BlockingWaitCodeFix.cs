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
        if (site.Node.Parent is not MemberAccessExpressionSyntax access || site.Semantics.GetOperation(access, cancellation) is not { } operation)
            return null;
        if (site.Model.BlockingWaits.Of(operation) is not { Awaited: not null } wait
            || await Asyncifier.PlanAsync(site, wait.Operation.Syntax, cancellation).ConfigureAwait(false) is not { } plan)
            return null;
        var edit = new NodeEdit(site.Document.Id, access, Awaiting.Purpose, (current, _) =>
            Awaiting.Await(((MemberAccessExpressionSyntax)current).Expression.InPlaceOf(current), access));
        return new Fix(plan.Title(wait.Awaited.Syntax.ToString()), [edit, .. plan.Edits]);
    }
}
