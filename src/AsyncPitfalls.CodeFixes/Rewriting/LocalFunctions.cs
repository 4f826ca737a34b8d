using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Makes a local function of a lambda, below the statement in which it is called. A call that carries its lambda, and the
/// type that it returns, is marked by <see cref="Call"/>; <see cref="Edit"/> takes the lambda out of it.
/// </summary>
internal static class LocalFunctions
{
    private const string Marked = "AsyncPitfalls.LocalFunction";
    private const string Purpose = "local functions";

    /// <summary><c>WorkAsync&lt;Task>(async () => { … })</c>, a form that lasts only until the list of statements around it is edited.</summary>
    public static InvocationExpressionSyntax Call(string name, AnonymousFunctionExpressionSyntax lambda, ITypeSymbol returned, SyntaxGenerator generator)
    {
        var type = (TypeSyntax)generator.TypeExpression(returned).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        return InvocationExpression(
                GenericName(Identifier(name), TypeArgumentList(SingletonSeparatedList(type))),
                ArgumentList(SingletonSeparatedList(Argument(lambda.WithoutTrivia()))))
            .WithAdditionalAnnotations(new SyntaxAnnotation(Marked));
    }

    /// <summary>The edit that makes local functions of all marked lambdas in the list of statements around a place; null where there is no such list.</summary>
    /// <param name="document">The document of the place.</param>
    /// <param name="place">The place of the call, as it is before any edit.</param>
    public static NodeEdit? Edit(Document document, SyntaxNode place)
    {
        for (var node = place; node.Parent is { } parent; node = parent)
        {
            if (node is StatementSyntax && parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
            {
                var list = parent is GlobalStatementSyntax ? parent.Parent! : parent;
                return new NodeEdit(document.Id, list, Purpose, (current, _) => WithFunctions(current, place));
            }

            if (node is StatementSyntax embedded && parent is StatementSyntax or ElseClauseSyntax)
                return new NodeEdit(document.Id, embedded, Purpose, (current, _) => InBlock((StatementSyntax)current, place));
            if (parent is AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax)
                return null;
        }

        return null;
    }

    private static SyntaxNode WithFunctions(SyntaxNode list, SyntaxNode place) => list switch
    {
        BlockSyntax block => block.WithStatements(Split(block.Statements, place)),
        SwitchSectionSyntax section => section.WithStatements(Split(section.Statements, place)),
        CompilationUnitSyntax unit => unit.WithMembers(List(
            Split(List(unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement)), place)
                .Select(statement => (MemberDeclarationSyntax)GlobalStatement(statement))
                .Concat(unit.Members.Where(member => member is not GlobalStatementSyntax)))),
        _ => list,
    };

    private static BlockSyntax InBlock(StatementSyntax statement, SyntaxNode place) =>
        Block(List(Split(statement.WithoutTrivia().WithTrailingTrivia(Layout.LineBreak(place)), place))).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxList<StatementSyntax> Split(SyntaxList<StatementSyntax> statements, SyntaxNode place)
    {
        var result = new List<StatementSyntax>();
        foreach (var statement in statements)
        {
            var isAfterFunction = result.Count > 0 && result[result.Count - 1].HasAnnotation(Formatter.Annotation);
            var isApart = statement.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);
            result.AddRange(Split(isAfterFunction && !isApart ? statement.WithLeadingTrivia(statement.GetLeadingTrivia().Insert(0, Layout.LineBreak(place))) : statement, place));
        }

        return List(result);
    }

    /// <summary>A statement, and the local functions that are taken out of it.</summary>
    private static IEnumerable<StatementSyntax> Split(StatementSyntax statement, SyntaxNode place)
    {
        var calls = statement.GetAnnotatedNodes(Marked).OfType<InvocationExpressionSyntax>().ToList();
        return calls.Count == 0
            ? [statement]
            : [statement.ReplaceNodes(calls, (_, call) => WithoutLambda(call)), .. calls.Select(call => Declaration(call, place))];
    }

    private static InvocationExpressionSyntax WithoutLambda(InvocationExpressionSyntax call) =>
        InvocationExpression(IdentifierName(((GenericNameSyntax)call.Expression).Identifier)).WithTriviaFrom(call);

    private static StatementSyntax Declaration(InvocationExpressionSyntax call, SyntaxNode place)
    {
        var lambda = (AnonymousFunctionExpressionSyntax)call.ArgumentList.Arguments[0].Expression;
        var name = (GenericNameSyntax)call.Expression;
        var lineBreak = Layout.LineBreak(place);
        var function = LocalFunctionStatement(name.TypeArgumentList.Arguments[0].WithTrailingTrivia(Space), name.Identifier)
            .WithModifiers(TokenList(lambda.Modifiers.Select(modifier => Token(modifier.Kind()).WithTrailingTrivia(Space))));
        function = lambda.Body is BlockSyntax body
            ? function.WithBody(body.WithoutTrivia())
            : function.WithExpressionBody(ArrowExpressionClause((ExpressionSyntax)lambda.Body.WithoutTrivia())).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));
        return function.WithLeadingTrivia(lineBreak).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
