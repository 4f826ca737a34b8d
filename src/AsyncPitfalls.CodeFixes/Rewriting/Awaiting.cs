using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Puts <c>await</c> before an expression, with parentheses only where they are needed.</summary>
internal static class Awaiting
{
    /// <summary>The purpose of every edit that puts <c>await</c> before the node itself.</summary>
    public const string Purpose = "await";

    /// <summary>
    /// <c>await awaited</c>, fit to stand where <paramref name="place"/> stands: <c>(await F()).Length</c>, but
    /// <c>1 + await F()</c>. Trivia around <paramref name="awaited"/> stays around the whole.
    /// </summary>
    /// <param name="awaited">What is awaited, in its current form.</param>
    /// <param name="place">The node that the result replaces, as it is before any edit.</param>
    public static ExpressionSyntax Await(ExpressionSyntax awaited, SyntaxNode place)
    {
        var operand = awaited.WithoutLeadingTrivia().WithoutTrailingTrivia();
        if (BindsLooserThanAwait(operand))
            operand = Parenthesized(operand);
        ExpressionSyntax result = AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), operand);
        if (NeedsParentheses(place))
            result = Parenthesized(result);
        return result.WithLeadingTrivia(awaited.GetLeadingTrivia()).WithTrailingTrivia(awaited.GetTrailingTrivia());
    }

    /// <summary>Whether an <c>await</c> that stands where a node stands must be in parentheses.</summary>
    public static bool NeedsParentheses(SyntaxNode place) => place.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == place,
        ElementAccessExpressionSyntax element => element.Expression == place,
        InvocationExpressionSyntax invocation => invocation.Expression == place,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == place,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Parentheses that go away by themselves where they are not needed.</summary>
    public static ParenthesizedExpressionSyntax Parenthesized(ExpressionSyntax expression) =>
        ParenthesizedExpression(expression.WithoutTrivia())
            .WithTriviaFrom(expression)
            .WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>
    /// Comments that stand between an expression and the end of what it is replaced with, such as those before the dot in
    /// <c>t /* done */ .Result</c>: they follow the expression, all other trivia there is dropped.
    /// </summary>
    /// <param name="kept">The part that stays, in its current form; what is made anew has its own trivia and only gets that around the whole.</param>
    /// <param name="whole">The current form of what it replaces, which begins with it.</param>
    public static ExpressionSyntax InPlaceOf(this ExpressionSyntax kept, SyntaxNode whole)
    {
        if (!whole.Contains(kept))
            return kept.WithLeadingTrivia(whole.GetLeadingTrivia()).WithTrailingTrivia(whole.GetTrailingTrivia());
        var between = whole.DescendantTrivia()
            .Where(trivia => trivia.SpanStart >= kept.Span.End && trivia.SpanStart < whole.Span.End)
            .Where(trivia => trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            .SelectMany(comment => new[] { Space, InLine(comment) });
        return kept.WithLeadingTrivia(whole.GetLeadingTrivia())
            .WithTrailingTrivia(between.Concat(whole.GetTrailingTrivia()));
    }

    /// <summary>A comment that does not reach to the end of its line.</summary>
    public static SyntaxTrivia InLine(SyntaxTrivia comment) =>
        comment.IsKind(SyntaxKind.SingleLineCommentTrivia) ? Comment($"/*{comment.ToString().Substring(2)} */") : comment;

    private static bool BindsLooserThanAwait(ExpressionSyntax expression) => expression switch
    {
        BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax
            or WithExpressionSyntax or RangeExpressionSyntax or IsPatternExpressionSyntax or AnonymousFunctionExpressionSyntax
            or QueryExpressionSyntax or ThrowExpressionSyntax => true,
        _ => false,
    };
}
