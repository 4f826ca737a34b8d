using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>Interlocked.Increment(ref n)</c> in the place of <c>n++</c>, and <c>Interlocked.Add(ref n, x)</c> in that of <c>n += x</c> and <c>n = n + x</c>.</summary>
/// <param name="Method">The method of <c>Interlocked</c>.</param>
/// <param name="Edit">The edit.</param>
internal sealed record InterlockedCalls(string Method, NodeEdit Edit)
{
    /// <summary>The call that does the same; null where <c>Interlocked</c> has none for the type, or the counter cannot be passed by reference.</summary>
    public static InterlockedCalls? Of(FixSite site, SharedChange shared)
    {
        if (shared.IsCollection || shared.Change.Syntax is not ExpressionSyntax place || !CanBePassed(shared.Target) || StepOf(shared) is not { } step
            || site.Model.Types.Interlocked is not { } interlocked
            || !interlocked.GetMembers(step.Method).OfType<IMethodSymbol>().Any(method => SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, shared.Target.Type)))
            return null;
        return new InterlockedCalls(step.Method, new NodeEdit(site.Document.Id, place, "interlocked", (current, generator) =>
        {
            var (counter, value) = step.PartsOf((ExpressionSyntax)current);
            ExpressionSyntax call = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Named(interlocked, generator), IdentifierName(step.Method)),
                Arguments(counter, value is null ? null : step.IsNegative ? Negative(value) : value));
            if (step.IsOldValueUsed)
            {
                call = Awaiting.Parenthesized(BinaryExpression(
                    step.IsNegative ? SyntaxKind.AddExpression : SyntaxKind.SubtractExpression,
                    call.WithTrailingTrivia(Space), LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(1)).WithLeadingTrivia(Space)));
            }

            var comments = KeptComments.Outside(current, value is null ? [counter.Span] : [counter.Span, value.Span]);
            return call.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(comments.Concat(current.GetTrailingTrivia()));
        }));
    }

    private static Step? StepOf(SharedChange shared) => shared.Change switch
    {
        IIncrementOrDecrementOperation { IsChecked: false, IsLifted: false, OperatorMethod: null } step => OfStep(step),
        ICompoundAssignmentOperation { IsChecked: false, IsLifted: false, OperatorMethod: null, InConversion.IsIdentity: true, OutConversion.IsIdentity: true } sum =>
            SignOf(sum.OperatorKind, sum.Value) is { } isNegative
                ? new Step("Add", isNegative, false, current => (((AssignmentExpressionSyntax)current).Left, ((AssignmentExpressionSyntax)current).Right))
                : null,
        ISimpleAssignmentOperation { Value: IBinaryOperation { IsChecked: false, IsLifted: false, OperatorMethod: null, Syntax: BinaryExpressionSyntax } sum } assignment => OfSum(assignment, sum),
        _ => null,
    };

    private static Step OfStep(IIncrementOrDecrementOperation step)
    {
        var isDown = step.Kind == OperationKind.Decrement;
        var isUsed = step.IsPostfix && step.Parent is not (IExpressionStatementOperation or IForLoopOperation);
        return new Step(isDown ? "Decrement" : "Increment", isDown, isUsed, current => (
            current is PostfixUnaryExpressionSyntax postfix ? postfix.Operand : ((PrefixUnaryExpressionSyntax)current).Operand, null));
    }

    private static Step? OfSum(ISimpleAssignmentOperation assignment, IBinaryOperation sum)
    {
        var isLeft = IsCounter(sum.LeftOperand);
        if (isLeft == IsCounter(sum.RightOperand) || !isLeft && sum.OperatorKind != BinaryOperatorKind.Add
            || SignOf(sum.OperatorKind, isLeft ? sum.RightOperand : sum.LeftOperand) is not { } isNegative)
            return null;
        return new Step("Add", isNegative, false, current =>
        {
            var (counter, whole) = (((AssignmentExpressionSyntax)current).Left, (BinaryExpressionSyntax)((AssignmentExpressionSyntax)current).Right);
            return (counter, isLeft ? whole.Right : whole.Left);
        });

        bool IsCounter(IOperation operand) => operand.Syntax.IsEquivalentTo(assignment.Target.Syntax, topLevel: false);
    }

    /// <summary>Whether what is added is to be negated; null for other operators, and for numbers that have no negative.</summary>
    private static bool? SignOf(BinaryOperatorKind kind, IOperation value) => kind switch
    {
        BinaryOperatorKind.Add => false,
        BinaryOperatorKind.Subtract when value.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 => true,
        _ => null,
    };

    /// <summary>Whether an expression can be passed by reference.</summary>
    private static bool CanBePassed(IOperation target) =>
        target is ILocalReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation or IFieldReferenceOperation { Field.IsReadOnly: false }
        && !target.Syntax.DescendantNodesAndSelf().Any(node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax);

    private static ExpressionSyntax Named(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (ExpressionSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static ArgumentListSyntax Arguments(ExpressionSyntax counter, ExpressionSyntax? value)
    {
        var reference = Argument(null, Token(SyntaxKind.RefKeyword).WithTrailingTrivia(Space), counter.WithoutTrivia());
        return value is null
            ? ArgumentList(SingletonSeparatedList(reference))
            : ArgumentList(SeparatedList([reference, Argument(value.WithoutTrivia())], [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]));
    }

    private static ExpressionSyntax Negative(ExpressionSyntax value) => PrefixUnaryExpression(
        SyntaxKind.UnaryMinusExpression,
        value is LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? value.WithoutTrivia() : ParenthesizedExpression(value.WithoutTrivia()));

    /// <summary>How a counter is changed.</summary>
    /// <param name="Method">The method that does it.</param>
    /// <param name="IsNegative">Whether it goes down.</param>
    /// <param name="IsOldValueUsed">Whether somebody uses the value that it had before.</param>
    /// <param name="PartsOf">Finds the counter, and what is added, in the current form of the change.</param>
    private sealed record Step(string Method, bool IsNegative, bool IsOldValueUsed, System.Func<ExpressionSyntax, (ExpressionSyntax Counter, ExpressionSyntax? Value)> PartsOf);
}
