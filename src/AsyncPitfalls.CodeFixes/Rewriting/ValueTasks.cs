using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Value tasks where tasks are wanted.</summary>
internal static class ValueTasks
{
    /// <summary><c>F().AsTask()</c>, with the trivia behind <c>F()</c> behind the whole.</summary>
    public static ExpressionSyntax AsTask(ExpressionSyntax value) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, value.WithoutTrailingTrivia(), IdentifierName("AsTask")))
            .WithTrailingTrivia(value.GetTrailingTrivia());
}
