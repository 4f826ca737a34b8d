using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes the memory of an expression that is a span: <c>buffer.AsMemory(0, n)</c> of <c>buffer.AsSpan(0, n)</c>.</summary>
internal static class MemoryForms
{
    /// <summary>Whether there is a memory with the same content; there is none of a span that lives on the stack, or that somebody else made.</summary>
    public static bool Exist(ExpressionSyntax span, SemanticModel semantics, AsyncModel model) => span switch
    {
        ParenthesizedExpressionSyntax parenthesized => Exist(parenthesized.Expression, semantics, model),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } } slice when IsSpan(semantics.GetTypeInfo(slice).Type, model) => Exist(slice.Expression, semantics, model),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when semantics.GetOperation(call) is IInvocationOperation operation => operation.TargetMethod.Name switch
        {
            "AsSpan" => KnownTypes.Same(operation.TargetMethod.ContainingType, model.Types.MemoryExtensions) && operation.TargetMethod.IsExtensionMethod && operation.Arguments[0].Syntax is not ArgumentSyntax,
            "Slice" => IsSpan(operation.TargetMethod.ContainingType, model) && Exist(access.Expression, semantics, model),
            _ => false,
        },
        MemberAccessExpressionSyntax property => IsSpanOfMemory(property, semantics, model),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation =>
            IsSpan(semantics.GetTypeInfo(creation).Type, model) && semantics.GetTypeInfo(arguments[0].Expression).Type is IArrayTypeSymbol,
        _ => semantics.GetTypeInfo(span).Type is { } type && (type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_String || KnownTypes.Same(type, model.Types.ArraySegmentOfT)),
    };

    /// <summary>The memory in the place of an expression for which there is one, made from its current form.</summary>
    public static ExpressionSyntax Of(ExpressionSyntax current, ExpressionSyntax original, SemanticModel semantics) => (current, original) switch
    {
        (ParenthesizedExpressionSyntax now, ParenthesizedExpressionSyntax before) => now.WithExpression(Of(now.Expression, before.Expression, semantics)),
        (ElementAccessExpressionSyntax now, ElementAccessExpressionSyntax before) => now.WithExpression(Of(now.Expression, before.Expression, semantics)),
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Slice" } now } call, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax before }) =>
            call.WithExpression(now.WithExpression(Of(now.Expression, before.Expression, semantics))),
        (InvocationExpressionSyntax call, _) => RenamedCalls.To(call, "AsMemory"),
        (MemberAccessExpressionSyntax now, MemberAccessExpressionSyntax) when now.Name.Identifier.ValueText == "Span" => now.Expression.WithTrailingTrivia(now.GetTrailingTrivia()),
        (ObjectCreationExpressionSyntax now, ObjectCreationExpressionSyntax) => now.WithType(MemoryType(now.Type)),
        _ when semantics.GetTypeInfo(original).Type?.SpecialType == SpecialType.System_String => AsMemory(current),
        _ => current,
    };

    private static bool IsSpan(ITypeSymbol? type, AsyncModel model) =>
        KnownTypes.Same(type, model.Types.SpanOfT) || KnownTypes.Same(type, model.Types.ReadOnlySpanOfT);

    private static bool IsSpanOfMemory(MemberAccessExpressionSyntax property, SemanticModel semantics, AsyncModel model) =>
        semantics.GetSymbolInfo(property).Symbol is IPropertySymbol { Name: "Span", ContainingType: var type }
        && (KnownTypes.Same(type, model.Types.MemoryOfT) || KnownTypes.Same(type, model.Types.ReadOnlyMemoryOfT));

    private static TypeSyntax MemoryType(TypeSyntax span)
    {
        var name = span is QualifiedNameSyntax qualified ? qualified.Right : (SimpleNameSyntax)span;
        return span.ReplaceToken(name.Identifier, Identifier(name.Identifier.ValueText == "Span" ? "Memory" : "ReadOnlyMemory").WithTriviaFrom(name.Identifier));
    }

    private static ExpressionSyntax AsMemory(ExpressionSyntax text) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Awaiting.Parenthesized(text.WithoutTrivia()), IdentifierName("AsMemory")))
            .WithTriviaFrom(text);
}
