using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>The inner task of an awaited task of a task, awaited too: <c>await await F()</c>.</summary>
internal static class AwaitedTwice
{
    /// <summary>The second await around one that is there; it is configured as the first one is.</summary>
    /// <param name="awaiting">The await of the outer task, in its current form.</param>
    /// <param name="place">What the result replaces, as it is before any edit.</param>
    public static ExpressionSyntax Of(AwaitExpressionSyntax awaiting, SyntaxNode place)
    {
        if (awaiting.Expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured } call)
            return Awaiting.Await(awaiting, place);
        var inner = Awaiting.Parenthesized(awaiting.WithoutTrivia());
        var again = call.WithExpression(configured.WithExpression(inner).WithOperatorToken(configured.OperatorToken.WithLeadingTrivia()));
        return Awaiting.Await(again, place).WithTriviaFrom(awaiting);
    }
}
