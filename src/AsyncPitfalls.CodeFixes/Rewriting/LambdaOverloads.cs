using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>Which overload a call takes once a lambda among its arguments is another one, asked of the compiler.</summary>
internal static class LambdaOverloads
{
    /// <summary>Whether the call that a lambda is an argument of still means the same method with another lambda in its place; true where it is no argument.</summary>
    public static bool Keeps(AnonymousFunctionExpressionSyntax lambda, SyntaxNode other, SemanticModel semantics, CancellationToken cancellation)
    {
        if (CallWith(lambda) is not { } call || semantics.GetSymbolInfo(call, cancellation).Symbol is not { } before)
            return true;
        return IsBehindQuestionMark(call)
            ? semantics.GetMemberGroup(call is InvocationExpressionSyntax invocation ? invocation.Expression : call, cancellation).Length <= 1
            : SymbolEqualityComparer.Default.Equals(before, SymbolWith(call, lambda, other, semantics));
    }

    /// <summary>
    /// Whether, with a synchronous lambda in place of an async one, the call takes an overload of the same method that
    /// wants a synchronous delegate and returns what the call has returned so far, as <c>Task.Run</c> does.
    /// </summary>
    public static bool TakesSynchronous(
        AnonymousFunctionExpressionSyntax lambda, SyntaxNode synchronous, IMethodSymbol function, SemanticModel semantics, AsyncModel model, CancellationToken cancellation)
    {
        if (CallWith(lambda) is not InvocationExpressionSyntax call
            || IsBehindQuestionMark(call)
            || semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol before
            || SymbolWith(call, lambda, synchronous, semantics) is not IMethodSymbol after)
            return false;
        return ParameterOf(lambda, semantics, cancellation) is { } parameter
            && after.Name == before.Name
            && SymbolEqualityComparer.Default.Equals(after.ContainingType, before.ContainingType)
            && SymbolEqualityComparer.Default.Equals(after.ReturnType, before.ReturnType)
            && after.Parameters.ElementAtOrDefault(parameter.Ordinal)?.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
            && SymbolEqualityComparer.Default.Equals(invoke.ReturnType, model.Awaitables.ResultOf(function.ReturnType));
    }

    private static ExpressionSyntax? CallWith(AnonymousFunctionExpressionSyntax lambda)
    {
        SyntaxNode node = lambda;
        while (node.Parent is ParenthesizedExpressionSyntax)
            node = node.Parent;
        return node.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } } ? call : null;
    }

    private static IParameterSymbol? ParameterOf(AnonymousFunctionExpressionSyntax lambda, SemanticModel semantics, CancellationToken cancellation)
    {
        var operation = semantics.GetOperation(lambda, cancellation);
        while (operation is not null and not IArgumentOperation)
            operation = operation.Parent;
        return (operation as IArgumentOperation)?.Parameter;
    }

    private static bool IsBehindQuestionMark(ExpressionSyntax call) =>
        call.DescendantNodesAndSelf().Any(node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax
            && node.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Span.Contains(call.Span) == true);

    private static ISymbol? SymbolWith(ExpressionSyntax call, AnonymousFunctionExpressionSyntax lambda, SyntaxNode other, SemanticModel semantics)
    {
        var changed = call.ReplaceNode(lambda, other);
        // What new(…) creates follows from what is around it, which a speculation does not see.
        if (changed is ImplicitObjectCreationExpressionSyntax creation && semantics.GetTypeInfo(call).ConvertedType is { } created)
            changed = SyntaxFactory.ParseExpression($"new {created.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}{creation.ArgumentList}");
        return semantics.GetSpeculativeSymbolInfo(call.SpanStart, changed, SpeculativeBindingOption.BindAsExpression).Symbol;
    }
}
