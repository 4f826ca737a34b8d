using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Lets a cancellation token stop an endless loop: as its condition, and in what is awaited inside.</summary>
internal static class StoppedLoop
{
    private const string Purpose = "stop the loop";

    /// <summary>The edits; null for a loop that <c>goto</c> makes, and where a function with a result has nothing to return after the loop and no block to throw in.</summary>
    /// <param name="site">The finding.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="name">The name of the token, or of its source.</param>
    /// <param name="isSource">Whether it is the name of a source.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<NodeEdit>? Edits(FixSite site, EndlessLoop loop, string name, bool isSource, CancellationToken cancellation)
    {
        var token = isSource ? Member(name, "Token") : IdentifierName(name);
        return Stop(site, loop, name, token) is { } stop
            ? [stop, .. LoopsIn(site, loop, cancellation).Select(inner => Stop(site, inner, name, token)).OfType<NodeEdit>(), .. Pass(site, loop, token, cancellation)]
            : null;
    }

    /// <summary>The endless loops inside one, which would no longer look endless once they pass the token on.</summary>
    private static IEnumerable<EndlessLoop> LoopsIn(FixSite site, EndlessLoop loop, CancellationToken cancellation) =>
        loop.First.DescendantNodes(node => !Functions.IsFunction(node))
            .OfType<StatementSyntax>()
            .Where(inner => inner is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
            .Select(inner => site.Semantics.GetOperation(inner, cancellation) is { } operation ? site.Model.EndlessLoops.Of(operation, cancellation) : null)
            .OfType<EndlessLoop>();

    private static NodeEdit? Stop(FixSite site, EndlessLoop loop, string name, ExpressionSyntax token)
    {
        if (MustReturn(loop, site))
            return Throw(site, loop, token);
        var condition = PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Member(name, "IsCancellationRequested"));
        return loop.First switch
        {
            WhileStatementSyntax { Condition: var endless } => new NodeEdit(site.Document.Id, endless, Purpose, (current, _) => condition.WithTriviaFrom(current)),
            DoStatementSyntax { Condition: var endless } => new NodeEdit(site.Document.Id, endless, Purpose, (current, _) => condition.WithTriviaFrom(current)),
            ForStatementSyntax { Condition: { } endless } => new NodeEdit(site.Document.Id, endless, Purpose, (current, _) => condition.WithTriviaFrom(current)),
            ForStatementSyntax => new NodeEdit(site.Document.Id, loop.First, Purpose, (current, _) => WithCondition((ForStatementSyntax)current, condition)),
            _ => null,
        };
    }

    private static ForStatementSyntax WithCondition(ForStatementSyntax loop, ExpressionSyntax condition) => loop
        .WithFirstSemicolonToken(loop.FirstSemicolonToken.TrailingTrivia.Count > 0 ? loop.FirstSemicolonToken : loop.FirstSemicolonToken.WithTrailingTrivia(Space))
        .WithCondition(condition);

    /// <summary>Whether the end of the function, which has to return a value, would be reached behind the loop.</summary>
    private static bool MustReturn(EndlessLoop loop, FixSite site) =>
        Functions.Around(loop.First) is { } function
        && Functions.SymbolOf(function, site.Semantics) is { } method
        && site.Model.Awaitables.ResultOf(method.ReturnType) is { SpecialType: not SpecialType.System_Void }
        && !loop.First.AncestorsAndSelf().TakeWhile(node => node != function).OfType<StatementSyntax>()
            .Any(statement => AdjacentAwaits.ListOf(statement)?.Last() is ReturnStatementSyntax or ThrowStatementSyntax);

    /// <summary>The edit that throws when the token is cancelled, first in each turn.</summary>
    private static NodeEdit? Throw(FixSite site, EndlessLoop loop, ExpressionSyntax token)
    {
        if (BodyOf(loop.First) is not BlockSyntax { Statements.Count: > 0 } body || Layout.IsOneLine(body))
            return null;
        return new NodeEdit(site.Document.Id, body, Purpose, (current, _) => ((BlockSyntax)current).WithStatements(((BlockSyntax)current).Statements.Insert(0,
            ExpressionStatement(InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, token, IdentifierName("ThrowIfCancellationRequested"))))
                .WithLeadingTrivia(Whitespace(Layout.InnerIndentation(body)))
                .WithTrailingTrivia(Layout.LineBreak(body)))));
    }

    private static StatementSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Statement: var body } => body,
        DoStatementSyntax { Statement: var body } => body,
        ForStatementSyntax { Statement: var body } => body,
        _ => null,
    };

    /// <summary>The edits that pass the token to each call whose task, or sequence, the loop awaits.</summary>
    private static IEnumerable<NodeEdit> Pass(FixSite site, EndlessLoop loop, ExpressionSyntax token, CancellationToken cancellation) =>
        Functions.OwnAwaits(Functions.Around(loop.First)!)
            .Where(await => loop.First.Span.Contains(await.Span))
            .SelectMany(await => await switch
            {
                AwaitExpressionSyntax { Expression: var awaited } => CallsIn(awaited),
                CommonForEachStatementSyntax { Expression: var sequence } => CallsIn(sequence),
                _ => [],
            })
            .Distinct()
            .Where(call => IsAsynchronous(site.Semantics.GetTypeInfo(call, cancellation).Type, site.Model))
            .Select(call => TokensInScope.Pass(site.Document, call, token, site.Semantics, site.Model, sameMethod: false))
            .OfType<NodeEdit>();

    private static IEnumerable<InvocationExpressionSyntax> CallsIn(ExpressionSyntax awaited) =>
        awaited.DescendantNodesAndSelf(node => !Functions.IsFunction(node)).OfType<InvocationExpressionSyntax>();

    private static bool IsAsynchronous(ITypeSymbol? type, AsyncModel model) =>
        model.Awaitables.ResultOf(type) is not null || KnownTypes.SameOrBelow(type, model.Types.AsyncEnumerableOfT);

    private static ExpressionSyntax Member(string name, string member) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName(name), IdentifierName(member));
}
