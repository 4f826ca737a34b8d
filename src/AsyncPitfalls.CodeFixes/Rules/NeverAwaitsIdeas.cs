using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rules;

/// <summary>How to mend an async function that never awaits, for AP0001 and AP0026 alike.</summary>
internal static class NeverAwaitsIdeas
{
    /// <summary>Awaits the tasks that the function drops, which is what its <c>async</c> was for.</summary>
    public static readonly FixIdea AwaitDropped = new("AP0001_AwaitDropped", PlanAwaitDroppedAsync);

    /// <summary>Removes <c>async</c> and returns completed tasks.</summary>
    public static readonly FixIdea ReturnCompleted = new("AP0001_ReturnCompleted", PlanReturnCompletedAsync);

    /// <summary>Makes the function synchronous, where every caller awaits at once.</summary>
    public static readonly FixIdea MakeSynchronous = new("AP0001_MakeSynchronous", PlanMakeSynchronousAsync);

    private static async Task<Fix?> PlanAwaitDroppedAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site.Diagnostic, site, cancellation) is not { } found
            || IsNeedlesslyVoid(found, site.Model)
            || await DroppedCalls.OfAsync(found.Function, site, cancellation).ConfigureAwait(false) is not { } dropped)
            return null;
        var title = dropped.Names.Count == 1 ? RuleText.Now("Fix_Await", dropped.Names[0]) : RuleText.Now("AP0001_FixAwaitAll");
        return new Fix(title, dropped.Edits);
    }

    /// <summary>Whether a function would be <c>async void</c> in earnest once it awaits, where nothing asks for it.</summary>
    private static bool IsNeedlesslyVoid(NeverAwaitingFunction found, AsyncModel model) =>
        found is { Symbol: { ReturnsVoid: true, MethodKind: not MethodKind.AnonymousFunction }, IsDictated: false } && !EventHandlers.HasShape(found.Symbol, model);

    private static Task<Fix?> PlanReturnCompletedAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site.Diagnostic, site, cancellation) is not { } found
            || AsyncRemoval.Plan(site.Document, found.Function, site.Semantics, site.Model, [], cancellation) is not { } edits)
            return Task.FromResult<Fix?>(null);
        return Task.FromResult<Fix?>(new Fix(ReturnCompletedTitle(found), edits));
    }

    private static async Task<Fix?> PlanMakeSynchronousAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site.Diagnostic, site, cancellation) is not { } found)
            return null;
        var together = site.Together.Select(diagnostic => Find(diagnostic, site, cancellation)).OfType<NeverAwaitingFunction>().ToList();
        return await Synchronous.PlanAsync(found, together, site, cancellation).ConfigureAwait(false) is { } edits
            ? new Fix(RuleText.Now("AP0001_FixMakeSynchronous", found.Spot.ValueText), edits)
            : null;
    }

    private static string ReturnCompletedTitle(NeverAwaitingFunction found) => (found.Symbol.MethodKind, found.Symbol.ReturnsVoid) switch
    {
        (MethodKind.AnonymousFunction, _) => RuleText.Now("AP0001_FixRemoveFromLambda"),
        (_, true) => RuleText.Now("AP0001_FixRemove", found.Spot.ValueText),
        _ => RuleText.Now("AP0001_FixReturnCompleted", found.Spot.ValueText),
    };

    private static NeverAwaitingFunction? Find(Diagnostic diagnostic, FixSite site, CancellationToken cancellation)
    {
        var token = site.Root.FindToken(diagnostic.Location.SourceSpan.Start);
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            if (node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
                return site.Model.NeverAwaits.Of(node, site.Semantics, cancellation);
        }

        return null;
    }
}
