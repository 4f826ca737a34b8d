using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Writes <c>_ = value</c>, which says that nobody looks after a value on purpose.</summary>
internal static class Discarding
{
    /// <summary>The assignment; trivia around the value stays around the whole.</summary>
    public static AssignmentExpressionSyntax Discard(ExpressionSyntax value)
    {
        // Only this kind of token is a discard for the compiler, not any identifier of that name.
        var discard = Identifier(default, SyntaxKind.UnderscoreToken, "_", "_", TriviaList(Space));
        return AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            IdentifierName(discard),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            value.WithoutLeadingTrivia())
        .WithLeadingTrivia(value.GetLeadingTrivia());
    }
}
