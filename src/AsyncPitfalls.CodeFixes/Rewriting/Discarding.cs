using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Writes <c>_ = value</c>, which says that nobody looks after a value on purpose.</summary>
internal static class Discarding
{
    /// <summary>The <c>_</c> alone.</summary>
    // Only this kind of token is a discard for the compiler, not any identifier of that name.
    public static IdentifierNameSyntax Target { get; } = IdentifierName(Identifier(default, SyntaxKind.UnderscoreToken, "_", "_", default));

    /// <summary>The assignment; trivia around the value stays around the whole.</summary>
    public static AssignmentExpressionSyntax Discard(ExpressionSyntax value) =>
        AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            Target.WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            value.WithoutLeadingTrivia())
        .WithLeadingTrivia(value.GetLeadingTrivia());
}
