using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Passes the cancellation token that a function has to the calls in it that come to be awaited and accept one.</summary>
internal static class TokensInScope
{
    private const string Purpose = "pass the token";

    /// <summary>
    /// The edit that passes the token in scope to a call; null where there is none, or the call accepts none or has one
    /// already. What cleans up, in <c>catch</c> and <c>finally</c>, is not to be cancelled.
    /// </summary>
    /// <param name="document">The document of the call.</param>
    /// <param name="call">The call, as it is before any edit.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="sameMethod">Whether the call must go to the same method as before, not to an overload of it.</param>
    public static NodeEdit? Pass(Document document, InvocationExpressionSyntax call, SemanticModel semantics, AsyncModel model, bool sameMethod) =>
        NameAt(call, semantics, model) is { } name ? Pass(document, call, IdentifierName(name), semantics, model, sameMethod) : null;

    /// <summary>The edit that passes a token to a call, which need not be in scope yet; null where the call accepts none or has one already, and where it cleans up.</summary>
    /// <param name="document">The document of the call.</param>
    /// <param name="call">The call, as it is before any edit.</param>
    /// <param name="token">The token.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="sameMethod">Whether the call must go to the same method as before, not to an overload of it.</param>
    public static NodeEdit? Pass(Document document, InvocationExpressionSyntax call, ExpressionSyntax token, SemanticModel semantics, AsyncModel model, bool sameMethod)
    {
        if (semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || CleansUp(call)
            || call.ArgumentList.Arguments.Any(argument => IsToken(semantics.GetTypeInfo(argument.Expression).ConvertedType, model)))
            return null;
        var parameter = method.Parameters.FirstOrDefault(parameter => parameter.IsOptional && IsToken(parameter.Type, model));
        var arguments = call.ArgumentList.Arguments;
        var isNext = arguments.All(argument => argument.NameColon is null) && arguments.Count == (parameter?.Ordinal ?? method.Parameters.Length);
        if (parameter is null && (sameMethod || !isNext || !HasOverload(call, method, semantics, model)))
            return null;
        return Add(document, call, token, isNext ? null : parameter!.Name);
    }

    /// <summary>The edit that passes a token to a call as its last argument, with the name of a parameter where that is needed.</summary>
    public static NodeEdit Add(Document document, InvocationExpressionSyntax call, ExpressionSyntax token, string? parameter)
    {
        var added = Argument(token);
        if (parameter is not null)
            added = added.WithNameColon(NameColon(IdentifierName(parameter), Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)));
        return new NodeEdit(document.Id, call.ArgumentList, Purpose, (current, _) => With((ArgumentListSyntax)current, added));
    }

    /// <summary>The name of the token that calls at a place get: a parameter or a local; null where there is none, or where it must not be used.</summary>
    public static string? NameAt(SyntaxNode place, SemanticModel semantics, AsyncModel model) =>
        !CleansUp(place) && model.CancellationTokens.At(place, semantics) is { Holder: TokenHolder.Parameter or TokenHolder.Local, IsSource: false } token ? token.Name : null;

    /// <summary>Whether a place is in a <c>catch</c> or <c>finally</c>, whose work is not to be cancelled.</summary>
    private static bool CleansUp(SyntaxNode place) =>
        place.Ancestors().TakeWhile(node => !Functions.IsFunction(node)).Any(node => node is CatchClauseSyntax or FinallyClauseSyntax);

    /// <summary>A call with a token as its last argument.</summary>
    public static InvocationExpressionSyntax With(InvocationExpressionSyntax call, string token) =>
        call.WithArgumentList(With(call.ArgumentList, Argument(IdentifierName(token))));

    private static bool IsToken(ITypeSymbol? type, AsyncModel model) => model.CancellationTokens.IsToken(type);

    /// <summary>Whether an overload takes the same arguments and a token behind them, and returns the same, or what is the same to an await.</summary>
    private static bool HasOverload(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel semantics, AsyncModel model)
    {
        if (call.DescendantNodes().Any(node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax))
            return false;
        var longer = call.WithArgumentList(With(call.ArgumentList, Argument(AnyToken(model))));
        return semantics.GetSpeculativeSymbolInfo(call.SpanStart, longer, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol overload
            && overload.Name == method.Name
            && SymbolEqualityComparer.Default.Equals(overload.ContainingType, method.ContainingType)
            && (SymbolEqualityComparer.Default.Equals(overload.ReturnType, method.ReturnType)
                || IsAwaitedAtOnce(call, semantics) && GiveTheSame(overload.ReturnType, method.ReturnType, model))
            && overload.Parameters.Length == method.Parameters.Length + 1
            && IsToken(overload.Parameters.Last().Type, model)
            && overload.Parameters.Zip(method.Parameters, (one, other) => SymbolEqualityComparer.Default.Equals(one.Type, other.Type)).All(same => same);
    }

    /// <summary>Whether nothing but an await gets a task, be it behind <c>ConfigureAwait(bool)</c>, which every kind of task has.</summary>
    private static bool IsAwaitedAtOnce(ExpressionSyntax task, SemanticModel semantics) => task.Parent switch
    {
        AwaitExpressionSyntax => true,
        ParenthesizedExpressionSyntax parenthesized => IsAwaitedAtOnce(parenthesized, semantics),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } configured } =>
            semantics.GetTypeInfo(arguments[0].Expression).ConvertedType?.SpecialType == SpecialType.System_Boolean && IsAwaitedAtOnce(configured, semantics),
        _ => false,
    };

    /// <summary>Whether two types are a task and a <c>ValueTask</c> of the same result.</summary>
    private static bool GiveTheSame(ITypeSymbol one, ITypeSymbol other, AsyncModel model) =>
        IsAnyTask(one, model)
        && IsAnyTask(other, model)
        && SymbolEqualityComparer.Default.Equals(model.Awaitables.ResultOf(one), model.Awaitables.ResultOf(other));

    private static bool IsAnyTask(ITypeSymbol type, AsyncModel model) =>
        KnownTypes.SameOrBelow(type, model.Types.Task) || model.Awaitables.IsValueTask(type);

    private static ExpressionSyntax AnyToken(AsyncModel model) =>
        DefaultExpression(ParseTypeName(model.Types.CancellationToken!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)));

    /// <summary>A list with one more argument, laid out like the others.</summary>
    public static ArgumentListSyntax With(ArgumentListSyntax list, ArgumentSyntax added)
    {
        if (list.Arguments.Count == 0)
            return list.AddArguments(added);
        var last = list.Arguments.Last();
        var arguments = list.Arguments.Replace(last, last.WithoutTrailingTrivia());
        return list.WithArguments(SeparatedList(
            arguments.Append(added.WithTrailingTrivia(last.GetTrailingTrivia())),
            arguments.GetSeparators().Append(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space))));
    }
}
