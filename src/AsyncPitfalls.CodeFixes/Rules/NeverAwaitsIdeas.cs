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
    /// <summary>Removes <c>async</c> and returns completed tasks.</summary>
    public static readonly FixIdea ReturnCompleted = new("AP0001_ReturnCompleted", PlanReturnCompletedAsync);

    private static Task<Fix?> PlanReturnCompletedAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { } found
            || AsyncRemoval.Plan(site.Document, found.Function, site.Semantics, site.Model, [], cancellation) is not { } edits)
            return Task.FromResult<Fix?>(null);
        return Task.FromResult<Fix?>(new Fix(ReturnCompletedTitle(found), edits));
    }

    private static string ReturnCompletedTitle(NeverAwaitingFunction found) => (found.Symbol.MethodKind, found.Symbol.ReturnsVoid) switch
    {
        (MethodKind.AnonymousFunction, _) => RuleText.Now("AP0001_FixRemoveFromLambda"),
        (_, true) => RuleText.Now("AP0001_FixRemove", found.Spot.ValueText),
        _ => RuleText.Now("AP0001_FixReturnCompleted", found.Spot.ValueText),
    };

    private static NeverAwaitingFunction? Find(FixSite site, CancellationToken cancellation)
    {
        var token = site.Root.FindToken(site.Diagnostic.Location.SourceSpan.Start);
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            if (node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
                return site.Model.NeverAwaits.Of(node, site.Semantics, cancellation);
        }

        return null;
    }
}
