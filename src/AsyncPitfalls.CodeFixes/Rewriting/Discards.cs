using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Assigns a value that nobody uses to a discard: <c>F();</c> and <c>var unread = F();</c> become <c>_ = F();</c>.</summary>
internal static class Discards
{
    private const string Name = "_";
    private const string Purpose = "discard";

    /// <summary>The edits; null where <c>_</c> is no discard, or the variable that takes the value is mentioned elsewhere.</summary>
    /// <param name="document">The document of the value.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="place">What drops the value or takes it: an expression statement's expression, an assignment, a declarator.</param>
    /// <param name="value">The whole expression whose value is dropped or taken.</param>
    /// <param name="variable">The variable that takes it; null for none.</param>
    public static IReadOnlyList<NodeEdit>? Of(Document document, SemanticModel semantics, SyntaxNode place, ExpressionSyntax value, ISymbol? variable)
    {
        if (!AreKnownAt(value, semantics) || variable is not null && AwaitedDrops.IsMentioned(variable, place))
            return null;
        return place switch
        {
            AssignmentExpressionSyntax { Left: var target } when place != value =>
                [new NodeEdit(document.Id, target, Purpose, (current, _) => Underscore().WithTriviaFrom(current))],
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } =>
                [new NodeEdit(document.Id, statement, Purpose, (current, _) => Discarded((LocalDeclarationStatementSyntax)current))],
            ExpressionSyntax => [new NodeEdit(document.Id, place, Purpose, (current, _) => Discarded((ExpressionSyntax)current))],
            _ => null,
        };
    }

    /// <summary>Whether <c>_</c> is a discard at a place: not before C# 7, nor where something has that name.</summary>
    private static bool AreKnownAt(SyntaxNode place, SemanticModel semantics) =>
        ((CSharpParseOptions)place.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp7
        && !semantics.LookupSymbols(place.SpanStart, name: Name).Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol or IEventSymbol);

    /// <summary>The compiler knows a discard by the kind of its token, which the name alone does not give.</summary>
    private static IdentifierNameSyntax Underscore() =>
        IdentifierName(Identifier(TriviaList(), SyntaxKind.UnderscoreToken, Name, Name, TriviaList()));

    private static ExpressionSyntax Discarded(ExpressionSyntax value) =>
        AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            Underscore().WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            value.WithoutLeadingTrivia())
        .WithLeadingTrivia(value.GetLeadingTrivia());

    private static StatementSyntax Discarded(LocalDeclarationStatementSyntax declaration) =>
        ExpressionStatement(
            AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression,
                Underscore().WithTrailingTrivia(declaration.Declaration.Variables[0].Identifier.TrailingTrivia),
                declaration.Declaration.Variables[0].Initializer!.EqualsToken,
                declaration.Declaration.Variables[0].Initializer!.Value),
            declaration.SemicolonToken)
        .WithLeadingTrivia(declaration.GetLeadingTrivia());
}
