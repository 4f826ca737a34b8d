using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>A lambda or anonymous method that is an argument of a call or creation.</summary>
/// <param name="Lambda">The lambda or anonymous method.</param>
/// <param name="Argument">The argument that it is, with the casts and <c>new Action(…)</c> around it.</param>
/// <param name="Call">The invocation or object creation that gets it.</param>
/// <param name="Symbol">The method or constructor that is called.</param>
internal sealed record GivenCallback(AnonymousFunctionExpressionSyntax Lambda, ArgumentSyntax Argument, ExpressionSyntax Call, IMethodSymbol Symbol)
{
    /// <summary>What a callback is given to; null where it is no lambda, or no argument.</summary>
    public static GivenCallback? Of(UnawaitedCallback callback, SemanticModel semantics, CancellationToken cancellation)
    {
        if (callback.Function.Syntax is not AnonymousFunctionExpressionSyntax lambda)
            return null;
        SyntaxNode outer = lambda;
        while (outer.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax || IsDelegateCreation(outer, semantics))
            outer = outer.Parent is ArgumentSyntax { Parent.Parent: { } creation } ? creation : outer.Parent!;
        return outer.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } } argument
            && semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol symbol
                ? new GivenCallback(lambda, argument, call, symbol)
                : null;
    }

    /// <summary>The parameters of the lambda; empty for an anonymous method that names none.</summary>
    public IReadOnlyList<ParameterSyntax> Parameters => ParametersOf(Lambda);

    /// <inheritdoc cref="Parameters"/>
    public static IReadOnlyList<ParameterSyntax> ParametersOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => [simple.Parameter],
        ParenthesizedLambdaExpressionSyntax parenthesized => [.. parenthesized.ParameterList.Parameters],
        AnonymousMethodExpressionSyntax { ParameterList: { } list } => [.. list.Parameters],
        _ => [],
    };

    /// <summary>The current form of the lambda in the current form of what it is given to.</summary>
    public AnonymousFunctionExpressionSyntax LambdaIn(ExpressionSyntax current) =>
        (AnonymousFunctionExpressionSyntax)GivenDelegates.Target(ArgumentsOf(current)[ArgumentsOf(Call).IndexOf(Argument)].Expression);

    /// <summary>The edits that make the lambda async and await the task that is its body; none where it is async already, null where that cannot be awaited.</summary>
    public IReadOnlyList<NodeEdit>? Awaits(FixSite site) => AwaitedBody.Of(site, Lambda);

    /// <summary>Whether the value of an expression is not used: it is a statement, or the body of a function that returns nothing.</summary>
    public static bool IsUnused(ExpressionSyntax expression, SemanticModel semantics) => expression.Parent switch
    {
        ExpressionStatementSyntax => true,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax or ConstructorDeclarationSyntax } arrow =>
            Functions.SymbolOf(arrow.Parent!, semantics) is { } function && HasNoResult(function),
        LambdaExpressionSyntax lambda => Functions.SymbolOf(lambda, semantics) is { } function && HasNoResult(function),
        _ => false,
    };

    /// <summary>Whether what a function's body yields is not its result: it returns nothing, or is async and returns a plain task.</summary>
    private static bool HasNoResult(IMethodSymbol function) =>
        function.ReturnsVoid || function is { IsAsync: true, ReturnType: INamedTypeSymbol { IsGenericType: false } };

    private static Microsoft.CodeAnalysis.SeparatedSyntaxList<ArgumentSyntax> ArgumentsOf(ExpressionSyntax call) =>
        call is InvocationExpressionSyntax invocation ? invocation.ArgumentList.Arguments : ((BaseObjectCreationExpressionSyntax)call).ArgumentList!.Arguments;

    private static bool IsDelegateCreation(SyntaxNode value, SemanticModel semantics) =>
        value.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: ObjectCreationExpressionSyntax creation } }
        && semantics.GetTypeInfo(creation).Type?.TypeKind == TypeKind.Delegate;
}
