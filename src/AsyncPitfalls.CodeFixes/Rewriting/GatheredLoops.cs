using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>await Task.WhenAll(xs.Select(x => F(x)));</c> in the place of <c>foreach (var x in xs) await F(x);</c>.</summary>
internal static class GatheredLoops
{
    /// <summary>The edit; null where no query can be made of what the loop goes through.</summary>
    public static NodeEdit? Of(FixSite site, ForEachStatementSyntax loop, SerialAwait serial, CancellationToken cancellation)
    {
        var types = site.Model.Types;
        if (serial.Awaits[0] is not { } await || serial.Calls[0].Call.Syntax is not InvocationExpressionSyntax call || types.Enumerable is not { } enumerable
            || loop.Type is RefTypeSyntax or ScopedTypeSyntax
            || site.Semantics.GetTypeInfo(loop.Expression, cancellation).Type is not { } collection
            || !KnownTypes.SameOrBelow(collection, types.EnumerableOfT) && collection is not IArrayTypeSymbol { Rank: 1 }
            || !site.Semantics.GetForEachStatementInfo(loop).ElementConversion.IsIdentity
            || loop.ContainsDirectives)
            return null;
        var isImported = site.Semantics.LookupSymbols(loop.SpanStart, collection, "Select", includeReducedExtensionMethods: true)
            .Any(method => KnownTypes.Same(method.ContainingType, enumerable));
        var isConfigured = ConfiguredAwaits.Are(await);
        return new NodeEdit(site.Document.Id, loop, "gather the loop", (current, generator) =>
        {
            var written = (ForEachStatementSyntax)current;
            var awaited = written.Statement.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().First();
            var started = awaited.DescendantNodes().OfType<InvocationExpressionSyntax>().First(candidate => candidate.Span.Length == call.Span.Length);
            var task = site.Model.Awaitables.IsValueTask(serial.Calls[0].Call.Type) ? ValueTasks.AsTask(started.WithoutTrivia()) : started.WithoutTrivia();
            var lambda = SimpleLambdaExpression(
                default(SyntaxTokenList), Parameter(written.Identifier.WithoutTrivia()).WithTrailingTrivia(Space), Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space), null, task);
            var query = isImported
                ? Call(Source(written.Expression), "Select", lambda)
                : Call(Named(enumerable, generator), "Select", written.Expression.WithoutTrivia(), lambda);
            var together = ConfiguredAwaits.Configured(Call(TaskTypes.Plain(types, generator), "WhenAll", query), isConfigured);
            var comments = KeptComments.Outside(written, TextSpan.FromBounds(written.Expression.SpanStart, written.Expression.Span.End), started.Span);
            return ExpressionStatement(AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), together))
                .WithLeadingTrivia(written.GetLeadingTrivia())
                .WithTrailingTrivia(comments.Concat(written.GetTrailingTrivia()));
        });
    }

    private static ExpressionSyntax Source(ExpressionSyntax collection) =>
        collection is SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ThisExpressionSyntax or ParenthesizedExpressionSyntax
            ? collection.WithoutTrivia()
            : Awaiting.Parenthesized(collection.WithoutTrivia());

    private static ExpressionSyntax Named(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (ExpressionSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static ExpressionSyntax Call(ExpressionSyntax receiver, string method, params ExpressionSyntax[] arguments) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(method)),
        ArgumentList(SeparatedList(arguments.Select(Argument), Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), arguments.Length - 1))));
}
