using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Puts <c>await Task.Yield();</c> first in a method, so that whoever calls it goes on at once.</summary>
internal static class YieldedStart
{
    private const string Purpose = "yield first";

    /// <summary>The edits; null where the method cannot be async.</summary>
    public static async Task<IReadOnlyList<NodeEdit>?> PlanAsync(FixSite site, MethodDeclarationSyntax method, CancellationToken cancellation)
    {
        if (method.ExpressionBody is { Expression: var value })
        {
            return Functions.IsAsync(method) || await Asyncifier.PlanAsync(site, value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not null
                ? [new NodeEdit(site.Document.Id, method, Purpose, (current, generator) => WithBlock((MethodDeclarationSyntax)current, method, site.Model, generator))]
                : null;
        }

        if (method.Body?.Statements.FirstOrDefault() is not { } first
            || await Asyncifier.PlanAsync(site, first, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { AwaitsCalls: false } plan)
            return null;
        return [.. plan.Edits, .. StatementLists.InsertBefore(site.Document, first, generator => [Yield(site.Model, generator)])];
    }

    private static StatementSyntax Yield(AsyncModel model, SyntaxGenerator generator) =>
        ExpressionStatement(AwaitExpression(
            Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space),
            InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(model.Types, generator), IdentifierName("Yield")))));

    /// <summary>The method with a block in place of its expression, which is awaited there.</summary>
    private static SyntaxNode WithBlock(MethodDeclarationSyntax current, MethodDeclarationSyntax original, AsyncModel model, SyntaxGenerator generator)
    {
        var value = current.ExpressionBody!.Expression;
        var last = ExpressionStatement((Functions.IsAsync(original) ? value : Awaiting.Await(value, original.ExpressionBody!.Expression)).WithoutTrivia());
        var method = (MethodDeclarationSyntax)ExpressionBodies.WithBlock(current, original, Layout.Block(original, Yield(model, generator), last))!;
        return Functions.IsAsync(original) ? method : FunctionRewriter.WithAsync(method);
    }
}
