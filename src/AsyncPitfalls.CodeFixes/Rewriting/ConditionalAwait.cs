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
/// <c>(a is null ? null : (await a.F()).Length)</c>, or with a local where <c>a</c> should not be evaluated twice.
/// </summary>
internal sealed class ConditionalAwait
{
    private const string Purpose = "await behind ?.";

    /// <summary>The mark of what is awaited, of this await alone: a chain may get several.</summary>
    private readonly SyntaxAnnotation awaitedMark = new("AsyncPitfalls.Awaited");

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

    private LanguageVersion Language => ((CSharpParseOptions)whole.SyntaxTree.Options).LanguageVersion;

    private bool IsStatement => whole.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        _ => false,
    };

    /// <summary>Whether the whole is the body of a lambda that returns nothing.</summary>
    private bool IsDroppedBody(SemanticModel semantics) =>
        whole.Parent is LambdaExpressionSyntax lambda
        && semantics.GetTypeInfo(lambda).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true };

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
    public IReadOnlyList<NodeEdit>? Edits(Document document, SemanticModel semantics, AsyncModel model, AwaitedMaker? awaited, ITypeSymbol? awaitedType)
    {
        var mark = new NodeEdit(document.Id, place, Awaiting.Purpose, (current, generator) => Mark((ExpressionSyntax)current, awaited, generator));
        var purpose = Purpose + place.SpanStart;
        var isValueTask = model.Awaitables.IsValueTask(awaitedType ?? semantics.GetTypeInfo(place).Type);
        if (IsStatement || IsDroppedBody(semantics) || semantics.GetTypeInfo(whole).Type is not { SpecialType: not SpecialType.System_Void } type)
            return IsLast ? [mark, new NodeEdit(document.Id, whole, purpose, (current, generator) => AwaitOrCompleted((ExpressionSyntax)current, isValueTask, model, generator))] : null;

        var receiver = Innermost(whole, depth).Expression;
        if (semantics.GetTypeInfo(receiver).Type is not { } receiverType || type.TypeKind == TypeKind.Error)
            return null;
        var choice = depth == 0 && IsReadTwiceAlike(receiver, semantics) && receiverType.IsReferenceType
            ? new Choice(type, null, null)
            : new Choice(type, FreshNames.Of(receiverType, whole, semantics, Before(receiverType, semantics)), Language < LanguageVersion.CSharp8 ? receiverType : null);
        return [mark, new NodeEdit(document.Id, whole, purpose, (current, generator) => ChooseIn(current, choice, generator))];
    }

    /// <summary>How many conditional accesses before this one, in its function, would want a local of the same name.</summary>
    private int Before(ITypeSymbol receiverType, SemanticModel semantics) =>
        FreshNames.Scope(whole).DescendantNodes().OfType<ConditionalAccessExpressionSyntax>()
            .Where(other => other.SpanStart < whole.SpanStart && other.Parent is not ConditionalAccessExpressionSyntax)
            .Where(other => other.WhenNotNull is ConditionalAccessExpressionSyntax || !IsReadTwiceAlike(other.Expression, semantics))
            .Select(other => semantics.GetTypeInfo(other.Expression).Type?.Name)
            .Count(name => name == receiverType.Name);

    /// <summary>Whether an expression can be read twice instead of once: a variable, or a field of one.</summary>
    private static bool IsReadTwiceAlike(ExpressionSyntax receiver, SemanticModel semantics) => receiver switch
    {
        SimpleNameSyntax name => semantics.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => semantics.GetSymbolInfo(name).Symbol is IFieldSymbol,
        _ => false,
    };

    private ExpressionSyntax Mark(ExpressionSyntax current, AwaitedMaker? awaited, SyntaxGenerator generator)
    {
        if (awaited is null)
            return current.WithAdditionalAnnotations(awaitedMark);
        return awaited(current, generator) is { } operand
            ? operand.InPlaceOf(current).WithAdditionalAnnotations(awaitedMark)
            : MemberBindingExpression(IdentifierName("_")).WithTriviaFrom(current).WithAdditionalAnnotations(awaitedMark, Receiver);
    }

    private ExpressionSyntax AwaitOrCompleted(ExpressionSyntax current, bool isValueTask, AsyncModel model, SyntaxGenerator generator)
    {
        var conditional = (ConditionalAccessExpressionSyntax)current;
        ExpressionSyntax task = Innermost(conditional, depth).WhenNotNull.HasAnnotation(Receiver) ? Split(conditional, depth).Receiver : conditional;
        ExpressionSyntax completed = isValueTask
            ? LiteralExpression(SyntaxKind.DefaultLiteralExpression)
            : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(model.Types, generator), IdentifierName("CompletedTask"));
        var coalesce = BinaryExpression(
            SyntaxKind.CoalesceExpression,
            task.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.QuestionQuestionToken).WithTrailingTrivia(Space),
            completed);
        return Awaiting.Await(coalesce.WithTriviaFrom(current), whole);
    }

    /// <summary>The choice in the current form of the whole, of which an earlier await of the same chain may have left less than a <c>?.</c>.</summary>
    private SyntaxNode ChooseIn(SyntaxNode current, Choice choice, SyntaxGenerator generator)
    {
        var left = current.DescendantNodesAndSelf().OfType<ConditionalAccessExpressionSyntax>()
            .FirstOrDefault(conditional => conditional.WhenNotNull.GetAnnotatedNodes(awaitedMark).Any());
        if (left is null)
            return WithAwaits((ExpressionSyntax)current);
        var inner = 0;
        for (var next = left; next.WhenNotNull is ConditionalAccessExpressionSyntax further && further.WhenNotNull.GetAnnotatedNodes(awaitedMark).Any(); next = further)
            inner++;
        var chosen = Choose(left, inner, choice, generator);
        return left == current ? chosen : current.ReplaceNode(left, chosen);
    }

    private ExpressionSyntax WithAwaits(ExpressionSyntax expression) => expression.ReplaceNodes(
        expression.GetAnnotatedNodes(awaitedMark),
        (original, node) => Awaiting.Await((ExpressionSyntax)node.WithoutAnnotations(awaitedMark), original));

    private ExpressionSyntax Choose(ConditionalAccessExpressionSyntax current, int inner, Choice choice, SyntaxGenerator generator)
    {
        var (receiver, tail) = Split(current, inner);
        receiver = receiver.WithoutTrivia();
        var name = choice.Name is null ? receiver : IdentifierName(choice.Name);
        var bound = WithAwaits((ExpressionSyntax)new Binder(name, awaitedMark).Visit(tail)!);
        var isNull = Null(choice.Result, generator);
        ExpressionSyntax chosen = choice.Name is null
            ? Conditional(Is(receiver, ConstantPattern(LiteralExpression(SyntaxKind.NullLiteralExpression))), isNull, bound)
            : Conditional(Is(receiver, Declaring(choice, generator)), bound, isNull);
        return Awaiting.Parenthesized(chosen.WithTriviaFrom(current));
    }

    private static ConditionalExpressionSyntax Conditional(ExpressionSyntax condition, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse) =>
        ConditionalExpression(
            condition.WithTrailingTrivia(Space),
            Token(SyntaxKind.QuestionToken).WithTrailingTrivia(Space),
            whenTrue.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space),
            whenFalse.WithoutTrivia());

    private static IsPatternExpressionSyntax Is(ExpressionSyntax value, PatternSyntax pattern) =>
        IsPatternExpression(value.WithTrailingTrivia(Space), Token(SyntaxKind.IsKeyword).WithTrailingTrivia(Space), pattern);

    /// <summary><c>{ } x</c>, or <c>T x</c> where the language has no property patterns yet.</summary>
    private static PatternSyntax Declaring(Choice choice, SyntaxGenerator generator)
    {
        var designation = SingleVariableDesignation(Identifier(choice.Name!));
        if (choice.Type is not null)
            return DeclarationPattern(TypeName(choice.Type, generator).WithTrailingTrivia(Space), designation);
        var braces = PropertyPatternClause(
            Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space), default, Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(Space));
        return RecursivePattern(null, null, braces, designation);
    }

    private static TypeSyntax TypeName(ITypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary><c>null</c>, with its type where the other branch does not give one.</summary>
    private static ExpressionSyntax Null(ITypeSymbol result, SyntaxGenerator generator)
    {
        var literal = LiteralExpression(SyntaxKind.NullLiteralExpression);
        return result.IsValueType
            ? CastExpression(TypeName(result, generator), literal)
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
    private sealed class Binder(ExpressionSyntax name, SyntaxAnnotation awaited) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMemberBindingExpression(MemberBindingExpressionSyntax node) =>
            node.HasAnnotation(Receiver)
                ? name.WithAdditionalAnnotations(awaited)
                : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, name, node.OperatorToken, node.Name);

        public override SyntaxNode? VisitElementBindingExpression(ElementBindingExpressionSyntax node) =>
            ElementAccessExpression(name, node.ArgumentList);

        public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node) =>
            node.WithExpression((ExpressionSyntax)Visit(node.Expression)!);

        public override SyntaxNode? VisitArgumentList(ArgumentListSyntax node) => node;

        public override SyntaxNode? VisitBracketedArgumentList(BracketedArgumentListSyntax node) => node;
    }

    /// <summary>How the value is chosen.</summary>
    /// <param name="Result">The type of the whole.</param>
    /// <param name="Name">The local that holds the receiver; null where the receiver itself is named twice.</param>
    /// <param name="Type">The type of that local, where the pattern must say it.</param>
    private sealed record Choice(ITypeSymbol Result, string? Name, ITypeSymbol? Type);
}
