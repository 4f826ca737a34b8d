using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Makes a method that awaits nothing return completed tasks, because its signature has to return a task:
/// <c>return x;</c> becomes <c>return Task.FromResult(x);</c>.
/// </summary>
internal static class CompletedReturns
{
    private const string Result = "AsyncPitfalls.Result";
    private const string ExplicitType = "explicit";

    /// <summary>The edits that mark what a method returns; <see cref="Finish"/> does the rest.</summary>
    /// <param name="document">The document of the method.</param>
    /// <param name="method">The method's declaration.</param>
    /// <param name="result">The type that it returns so far.</param>
    /// <param name="semantics">The model of the document.</param>
    public static IEnumerable<NodeEdit> Marks(Document document, SyntaxNode method, ITypeSymbol result, SemanticModel semantics)
    {
        foreach (var value in Values(method).Where(value => value is not ThrowExpressionSyntax))
        {
            var isExplicit = !SymbolEqualityComparer.IncludeNullability.Equals(semantics.GetTypeInfo(value).Type, result);
            yield return new NodeEdit(document.Id, value, Result, (current, _) =>
                current.WithAdditionalAnnotations(new SyntaxAnnotation(Result, isExplicit ? ExplicitType : null)));
        }
    }

    /// <summary>The method with its returns rewritten, still with its old return type.</summary>
    /// <param name="current">The method as other edits have left it.</param>
    /// <param name="original">The method before any edit.</param>
    /// <param name="endIsReachable">Whether the end of its block can be reached.</param>
    /// <param name="types">The well-known types.</param>
    /// <param name="generator">The generator of the document.</param>
    public static MethodDeclarationSyntax Finish(
        MethodDeclarationSyntax current, MethodDeclarationSyntax original, bool endIsReachable, KnownTypes types, SyntaxGenerator generator)
    {
        var task = TaskTypes.Plain(types, generator);
        var type = current.ReturnType.WithoutTrivia();
        current = current.ReplaceNodes(
            current.GetAnnotatedNodes(Result),
            (_, value) => FromResult(task, type, (ExpressionSyntax)value));
        if (original.ReturnType is not PredefinedTypeSyntax predefined || !predefined.Keyword.IsKind(SyntaxKind.VoidKeyword))
            return current;

        var bare = Functions.OwnNodes(current).OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is null);
        current = current.ReplaceNodes(bare, (_, statement) => ReturnCompleted(task, statement));
        if (current.ExpressionBody is { Expression: not ThrowExpressionSyntax } arrow)
            return WithBlock(current, original, arrow.Expression, Completed(task));
        return endIsReachable && current.Body is not null ? current.WithBody(WithReturn(current.Body, original.Body!, Completed(task))) : current;
    }

    private static IEnumerable<ExpressionSyntax> Values(SyntaxNode method) =>
        Functions.Bodies(method).OfType<ExpressionSyntax>().Concat(
            Functions.OwnNodes(method).OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>());

    private static ExpressionSyntax FromResult(TypeSyntax task, TypeSyntax type, ExpressionSyntax value)
    {
        SimpleNameSyntax name = value.GetAnnotations(Result).Any(mark => mark.Data == ExplicitType)
            ? GenericName(Identifier("FromResult"), TypeArgumentList(SingletonSeparatedList(type)))
            : IdentifierName("FromResult");
        var call = InvocationExpression(
            Member(task, name),
            ArgumentList(SingletonSeparatedList(Argument(value.WithoutTrivia().WithoutAnnotations(Result)))));
        return call.WithTriviaFrom(value);
    }

    private static ExpressionSyntax Completed(TypeSyntax task) => Member(task, IdentifierName("CompletedTask"));

    private static ExpressionSyntax Member(TypeSyntax task, SimpleNameSyntax name) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, name).WithAdditionalAnnotations(Simplifier.Annotation);

    private static ReturnStatementSyntax ReturnCompleted(TypeSyntax task, ReturnStatementSyntax statement) =>
        statement
            .WithReturnKeyword(statement.ReturnKeyword.WithTrailingTrivia(Space))
            .WithExpression(Completed(task));

    private static ReturnStatementSyntax Return(ExpressionSyntax value) =>
        ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), value, Token(SyntaxKind.SemicolonToken));

    private static BlockSyntax WithReturn(BlockSyntax block, BlockSyntax original, ExpressionSyntax value)
    {
        if (Layout.IsOneLine(original))
        {
            return block
                .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(Space))
                .AddStatements(Return(value).WithTrailingTrivia(Space));
        }

        return block.AddStatements(Return(value).WithLeadingTrivia(Whitespace(Layout.InnerIndentation(original))).WithTrailingTrivia(Layout.LineBreak(original)));
    }

    private static MethodDeclarationSyntax WithBlock(
        MethodDeclarationSyntax current, MethodDeclarationSyntax original, ExpressionSyntax expression, ExpressionSyntax value)
    {
        var lineBreak = Layout.LineBreak(original);
        var statement = ExpressionStatement(expression.WithoutTrivia())
            .WithTrailingTrivia(current.SemicolonToken.TrailingTrivia.Where(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        var block = Layout.Block(original, statement, Return(value));
        return current
            .WithParameterList(current.ParameterList.WithTrailingTrivia(lineBreak))
            .WithExpressionBody(null)
            .WithSemicolonToken(default)
            .WithBody(block.WithTrailingTrivia(current.SemicolonToken.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
    }
}
