using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Functions whose body is an expression that has to become a statement, because another one must follow it.</summary>
internal static class ExpressionBodies
{
    /// <summary>
    /// A function whose body is <c>{ value; return result; }</c> in place of <c>=> value</c>; a lambda stays on its line, and
    /// a comment behind the function stays behind the value.
    /// Null for functions of other kinds.
    /// </summary>
    /// <param name="current">The function, in its current form.</param>
    /// <param name="original">The function, as it is before any edit.</param>
    /// <param name="value">The expression of the current form.</param>
    /// <param name="result">What is returned.</param>
    public static SyntaxNode? WithReturn(SyntaxNode current, SyntaxNode original, ExpressionSyntax value, ExpressionSyntax result)
    {
        var call = ExpressionStatement(value.WithoutTrivia());
        var end = Return(result);
        if (current is LambdaExpressionSyntax lambda)
            return lambda.WithBody(OneLine(call, end).WithTriviaFrom(value));
        if (current.GetLastToken() is not { RawKind: (int)SyntaxKind.SemicolonToken, TrailingTrivia: var behind } semicolon)
            return null;
        var ended = current.ReplaceToken(semicolon, semicolon.WithTrailingTrivia(behind.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        call = call.WithTrailingTrivia(behind.Where(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        return WithBlock(ended, original, Layout.Block(original, call, end));
    }

    /// <summary>A function whose body is a block in place of <c>=> value</c>; null for functions of other kinds.</summary>
    /// <param name="current">The function, in its current form.</param>
    /// <param name="original">The function, as it is before any edit.</param>
    /// <param name="block">The block, which holds the value.</param>
    public static SyntaxNode? WithBlock(SyntaxNode current, SyntaxNode original, BlockSyntax block)
    {
        var lineBreak = Layout.LineBreak(original);
        return current switch
        {
            LambdaExpressionSyntax lambda => lambda
                .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(Before(lambda, lineBreak)))
                .WithBody(block.WithTrailingTrivia(lambda.Body.GetTrailingTrivia())),
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method => method
                .WithParameterList(method.ParameterList.WithTrailingTrivia(method.ConstraintClauses.Count == 0 ? Before(method.ParameterList, arrow, lineBreak) : method.ParameterList.GetTrailingTrivia()))
                .WithConstraintClauses(List(method.ConstraintClauses.Select(clause => clause == method.ConstraintClauses.Last() ? clause.WithTrailingTrivia(lineBreak) : clause)))
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(block.WithTrailingTrivia(method.SemicolonToken.TrailingTrivia)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => local
                .WithParameterList(local.ParameterList.WithTrailingTrivia(local.ConstraintClauses.Count == 0 ? Before(local.ParameterList, arrow, lineBreak) : local.ParameterList.GetTrailingTrivia()))
                .WithConstraintClauses(List(local.ConstraintClauses.Select(clause => clause == local.ConstraintClauses.Last() ? clause.WithTrailingTrivia(lineBreak) : clause)))
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(block.WithTrailingTrivia(local.SemicolonToken.TrailingTrivia)),
            _ => null,
        };
    }

    /// <summary><c>return result;</c></summary>
    public static ReturnStatementSyntax Return(ExpressionSyntax result) =>
        ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), result.WithoutTrivia(), Token(SyntaxKind.SemicolonToken));

    /// <summary>What stands between the arrow of a lambda and the new block: comments, and a line break.</summary>
    private static IEnumerable<SyntaxTrivia> Before(LambdaExpressionSyntax lambda, SyntaxTrivia lineBreak) =>
        KeptComments.InOneLine(lambda.ArrowToken.TrailingTrivia.Concat(lambda.Body.GetLeadingTrivia()).Where(KeptComments.IsComment)).Append(lineBreak);

    /// <summary>What stands between the parameters and the new block: comments around the arrow, and a line break.</summary>
    private static SyntaxTriviaList Before(ParameterListSyntax parameters, ArrowExpressionClauseSyntax arrow, SyntaxTrivia lineBreak)
    {
        var comments = parameters.GetTrailingTrivia()
            .Concat(arrow.ArrowToken.LeadingTrivia)
            .Concat(arrow.ArrowToken.TrailingTrivia)
            .Concat(arrow.Expression.GetLeadingTrivia())
            .Where(KeptComments.IsComment);
        return TriviaList(KeptComments.InOneLine(comments).Append(lineBreak));
    }

    private static BlockSyntax OneLine(params StatementSyntax[] statements) => Block(
        Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space),
        List(statements.Select(statement => statement.WithTrailingTrivia(Space))),
        Token(SyntaxKind.CloseBraceToken));
}
