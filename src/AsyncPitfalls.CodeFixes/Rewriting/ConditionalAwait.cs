using System;
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
/// An <c>await</c> behind <c>?.</c>, which must not await null: <c>a?.F();</c> becomes
/// <c>await (a?.F() ?? Task.CompletedTask);</c>, and where its value is used, <c>a?.F().Length</c> becomes
/// <c>(a is { } x ? (await x.F()).Length : null)</c>.
/// </summary>
internal sealed class ConditionalAwait
{
    private const string Purpose = "await behind ?.";

    /// <summary>The mark of what is awaited.</summary>
    private static readonly SyntaxAnnotation Awaited = new("AsyncPitfalls.Awaited");

    /// <summary>The mark of a binding that stands for the receiver of the <c>?.</c>, which is awaited itself.</summary>
    private static readonly SyntaxAnnotation Receiver = new("AsyncPitfalls.Receiver");

    private readonly ExpressionSyntax place;
    private readonly ConditionalAccessExpressionSyntax whole;
    private readonly int depth;

    /// <param name="place">The expression that becomes the await.</param>
    /// <param name="whole">The outermost conditional access that holds it.</param>
    /// <param name="depth">How many further conditional accesses in <paramref name="whole"/> lead to the one that makes it conditional.</param>
    private ConditionalAwait(ExpressionSyntax place, ConditionalAccessExpressionSyntax whole, int depth)
    {
        this.place = place;
        this.whole = whole;
        this.depth = depth;
    }

    private bool IsStatement => whole.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        _ => false,
    };

    /// <summary>Whether nothing follows the awaited expression in the chain.</summary>
    private bool IsLast
    {
        get
        {
            SyntaxNode node = place;
            while (node.Parent is ConditionalAccessExpressionSyntax outer && outer.WhenNotNull == node && node != whole)
                node = outer;
            return node == whole;
        }
    }

    /// <summary>The conditional access that an expression is behind; null where it is behind none.</summary>
    public static ConditionalAwait? Around(ExpressionSyntax place)
    {
        ConditionalAccessExpressionSyntax? whole = null;
        var depth = 0;
        SyntaxNode node = place;
        while (node.Parent is { } parent)
        {
            switch (parent)
            {
                case ConditionalAccessExpressionSyntax conditional when conditional.WhenNotNull == node:
                    depth = whole is null ? 0 : depth + 1;
                    whole = conditional;
                    break;
                case ConditionalAccessExpressionSyntax:
                case MemberAccessExpressionSyntax access when access.Expression == node:
                case InvocationExpressionSyntax call when call.Expression == node:
                case ElementAccessExpressionSyntax element when element.Expression == node:
                case PostfixUnaryExpressionSyntax:
                    break;
                default:
                    return whole is null ? null : new ConditionalAwait(place, whole, depth);
            }

            node = parent;
        }

        return null;
    }

    /// <summary>The edits; null where no form would mean the same.</summary>
    public IReadOnlyList<NodeEdit>? Edits(Document document, SemanticModel semantics, AsyncModel model, Func<ExpressionSyntax, ExpressionSyntax?>? awaited)
    {
        var mark = new NodeEdit(document.Id, place, Awaiting.Purpose, (current, _) => Mark((ExpressionSyntax)current, awaited));
        var isVoid = semantics.GetTypeInfo(whole).Type is not { SpecialType: not SpecialType.System_Void } type;
        if (IsStatement || isVoid)
            return IsLast ? [mark, new NodeEdit(document.Id, whole, Purpose, (current, generator) => AwaitOrCompleted((ExpressionSyntax)current, model, generator))] : null;

        var receiver = Split(whole, depth).Receiver;
        var receiverType = semantics.GetTypeInfo(Innermost(whole, depth).Expression).Type;
        if (receiverType is null || semantics.GetTypeInfo(whole).Type is not { TypeKind: not TypeKind.Error } result)
            return null;
        var name = FreshNames.Of(receiverType, whole, semantics);
        var language = ((CSharpParseOptions)whole.SyntaxTree.Options).LanguageVersion;
        return
        [
            mark,
            new NodeEdit(document.Id, whole, Purpose, (current, generator) =>
                Choose((ConditionalAccessExpressionSyntax)current, name, language < LanguageVersion.CSharp8 ? receiverType : null, result, generator)),
        ];
    }

    private static ExpressionSyntax Mark(ExpressionSyntax current, Func<ExpressionSyntax, ExpressionSyntax?>? awaited)
    {
        if (awaited is null)
            return current.WithAdditionalAnnotations(Awaited);
        return awaited(current) is { } operand
            ? operand.InPlaceOf(current).WithAdditionalAnnotations(Awaited)
            : MemberBindingExpression(IdentifierName("_")).WithTriviaFrom(current).WithAdditionalAnnotations(Awaited, Receiver);
    }

    private ExpressionSyntax AwaitOrCompleted(ExpressionSyntax current, AsyncModel model, SyntaxGenerator generator)
    {
        var conditional = (ConditionalAccessExpressionSyntax)current;
        ExpressionSyntax task = Innermost(conditional, depth).WhenNotNull.HasAnnotation(Receiver) ? Split(conditional, depth).Receiver : conditional;
        var completed = MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(model.Types, generator), IdentifierName("CompletedTask"));
        var coalesce = BinaryExpression(
            SyntaxKind.CoalesceExpression,
            task.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.QuestionQuestionToken).WithTrailingTrivia(Space),
            completed);
        return Awaiting.Await(coalesce.WithTriviaFrom(current), whole);
    }

    private ExpressionSyntax Choose(ConditionalAccessExpressionSyntax current, string name, ITypeSymbol? receiverType, ITypeSymbol result, SyntaxGenerator generator)
    {
        var (receiver, tail) = Split(current, depth);
        var bound = (ExpressionSyntax)new Binder(name).Visit(tail)!;
        bound = bound.ReplaceNodes(bound.GetAnnotatedNodes(Awaited), (original, node) =>
            Awaiting.Await((ExpressionSyntax)node.WithoutAnnotations(Awaited), original));
        var designation = SingleVariableDesignation(Identifier(name));
        PatternSyntax pattern = receiverType is null
            ? RecursivePattern(null, null, PropertyPatternClause(
                    Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space), default, Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(Space)), designation)
            : DeclarationPattern(((TypeSyntax)generator.TypeExpression(receiverType)).WithAdditionalAnnotations(Simplifier.Annotation).WithTrailingTrivia(Space), designation);
        var choice = ConditionalExpression(
            IsPatternExpression(receiver.WithoutTrivia().WithTrailingTrivia(Space), Token(SyntaxKind.IsKeyword).WithTrailingTrivia(Space), pattern.WithTrailingTrivia(Space)),
            Token(SyntaxKind.QuestionToken).WithTrailingTrivia(Space),
            bound.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space),
            Null(result, generator));
        return Awaiting.Parenthesized(choice.WithTriviaFrom(current));
    }

    /// <summary><c>null</c>, with its type where the other branch does not give one.</summary>
    private static ExpressionSyntax Null(ITypeSymbol result, SyntaxGenerator generator)
    {
        var literal = LiteralExpression(SyntaxKind.NullLiteralExpression);
        return result.IsValueType
            ? CastExpression(((TypeSyntax)generator.TypeExpression(result)).WithAdditionalAnnotations(Simplifier.Annotation), literal)
            : literal;
    }

    private static ConditionalAccessExpressionSyntax Innermost(ConditionalAccessExpressionSyntax whole, int depth) =>
        depth == 0 ? whole : Innermost((ConditionalAccessExpressionSyntax)whole.WhenNotNull, depth - 1);

    /// <summary>What the conditional access at a depth stands on, and what follows its <c>?</c>.</summary>
    private static (ExpressionSyntax Receiver, ExpressionSyntax Tail) Split(ConditionalAccessExpressionSyntax whole, int depth)
    {
        if (depth == 0)
            return (whole.Expression, whole.WhenNotNull);
        var (receiver, tail) = Split((ConditionalAccessExpressionSyntax)whole.WhenNotNull, depth - 1);
        return (whole.WithWhenNotNull(receiver.WithoutTrivia()), tail);
    }

    /// <summary>Puts a name before the first <c>.</c> or <c>[</c> of a tail.</summary>
    private sealed class Binder(string name) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMemberBindingExpression(MemberBindingExpressionSyntax node) =>
            node.HasAnnotation(Receiver)
                ? IdentifierName(name).WithAdditionalAnnotations(Awaited)
                : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName(name), node.OperatorToken, node.Name);

        public override SyntaxNode? VisitElementBindingExpression(ElementBindingExpressionSyntax node) =>
            ElementAccessExpression(IdentifierName(name), node.ArgumentList);

        public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node) =>
            node.WithExpression((ExpressionSyntax)Visit(node.Expression)!);

        public override SyntaxNode? VisitArgumentList(ArgumentListSyntax node) => node;

        public override SyntaxNode? VisitBracketedArgumentList(BracketedArgumentListSyntax node) => node;
    }
}
