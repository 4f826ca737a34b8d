using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>ConfigureAwait(false)</c>, kept where a fix awaits something else than before.</summary>
internal static class ConfiguredAwaits
{
    /// <summary>Whether an await ends in <c>ConfigureAwait(false)</c>.</summary>
    public static bool Are(AwaitExpressionSyntax await) =>
        await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }, ArgumentList.Arguments: { Count: 1 } arguments }
        && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression);

    /// <summary>What an await waits for, without <c>ConfigureAwait(false)</c>.</summary>
    public static ExpressionSyntax Bare(AwaitExpressionSyntax await) =>
        Are(await) ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)await.Expression).Expression).Expression : await.Expression;

    /// <summary>Whether an await asks for more, or for something else, than a literal <c>true</c> or <c>false</c> of <c>ConfigureAwait</c> says.</summary>
    public static bool AreSpecial(AwaitExpressionSyntax await) =>
        await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }, ArgumentList.Arguments: { Count: 1 } arguments }
        && !arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression)
        && !arguments[0].Expression.IsKind(SyntaxKind.TrueLiteralExpression);

    /// <summary>What is awaited, with <c>ConfigureAwait(false)</c> where that is asked for.</summary>
    public static ExpressionSyntax Configured(ExpressionSyntax awaited, bool isConfigured) => !isConfigured
        ? awaited
        : InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, awaited, IdentifierName("ConfigureAwait")),
            ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.FalseLiteralExpression)))));
}
