using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The task of a delegate that takes nothing, written without the delegate: <c>F()</c> for <c>() => F()</c>, <c>async () => await F()</c> and <c>F</c>.</summary>
internal static class GivenDelegates
{
    /// <summary>Whether a delegate's task can be written as one expression; else it needs a function of its own.</summary>
    /// <param name="value">The expression that is the delegate.</param>
    /// <param name="semantics">The model of the document.</param>
    public static bool IsOneTask(ExpressionSyntax value, SemanticModel semantics) => Bare(value) switch
    {
        AnonymousFunctionExpressionSyntax lambda => TaskOf(lambda) is not null,
        ObjectCreationExpressionSyntax creation => creation.ArgumentList is { Arguments: { Count: 1 } arguments } && IsOneTask(arguments[0].Expression, semantics),
        SimpleNameSyntax or MemberAccessExpressionSyntax => semantics.GetSymbolInfo(Bare(value)).Symbol is not null,
        _ => false,
    };

    /// <summary>The lambda that needs a function of its own; null where the delegate is something else.</summary>
    public static AnonymousFunctionExpressionSyntax? FunctionOf(ExpressionSyntax value) =>
        Bare(value) is AnonymousFunctionExpressionSyntax lambda && TaskOf(lambda) is null && !HasParameters(lambda) ? lambda : null;

    /// <summary>The expression that gives the delegate's task, made from the delegate's current form.</summary>
    public static ExpressionSyntax TaskOf(ExpressionSyntax value) => Bare(value) switch
    {
        AnonymousFunctionExpressionSyntax lambda => TaskOf(lambda) ?? value,
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => TaskOf(arguments[0].Expression),
        var named => InvocationExpression(named.WithoutTrivia()).WithTriviaFrom(named),
    };

    /// <summary>What a delegate is made of: <c>F</c> for <c>new Action(F)</c>, the lambda for <c>(Action)(() => …)</c>.</summary>
    public static ExpressionSyntax Target(ExpressionSyntax value) => Bare(value) switch
    {
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => Target(arguments[0].Expression),
        var bare => bare,
    };

    /// <summary>An expression without casts and parentheses around it.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax parenthesized => Bare(parenthesized.Expression),
        CastExpressionSyntax cast => Bare(cast.Expression),
        PostfixUnaryExpressionSyntax suppressed => Bare(suppressed.Operand),
        _ => value,
    };

    private static ExpressionSyntax? TaskOf(AnonymousFunctionExpressionSyntax lambda)
    {
        if (HasParameters(lambda))
            return null;
        var isAsync = lambda.AsyncKeyword != default;
        var value = lambda.Body switch
        {
            ExpressionSyntax expression => expression,
            BlockSyntax { Statements.Count: 1, ContainsDirectives: false } block => block.Statements[0] switch
            {
                ReturnStatementSyntax { Expression: { } returned } => returned,
                ExpressionStatementSyntax statement when isAsync => statement.Expression,
                _ => null,
            },
            _ => null,
        };
        if (value is null || Bare(value) is ThrowExpressionSyntax)
            return null;
        if (!isAsync)
            return value;
        return Bare(value) is AwaitExpressionSyntax await ? await.Expression : null;
    }

    private static bool HasParameters(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        ParenthesizedLambdaExpressionSyntax parenthesized => parenthesized.ParameterList.Parameters.Count > 0,
        AnonymousMethodExpressionSyntax method => method.ParameterList is { Parameters.Count: > 0 },
        _ => true,
    };
}
