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

/// <summary><c>await Parallel.ForEachAsync(xs, async (x, token) => …)</c> in the place of <c>Parallel.ForEach(xs, async x => …)</c>, and <c>ForAsync</c> of <c>For</c>.</summary>
internal static class ParallelLoops
{
    public const string TokenName = "token";

    /// <summary>
    /// The name of the method that is awaited and the edits; null where the framework has none, where the loop's result is
    /// used, or where the delegate also takes the loop's state, an index or a local.
    /// </summary>
    public static (string Name, IReadOnlyList<NodeEdit> Edits)? Of(FixSite site, GivenCallback given)
    {
        var types = site.Model.Types;
        if (given is not { Call: InvocationExpressionSyntax call, Symbol: { Name: "For" or "ForEach" } method }
            || !KnownTypes.Same(method.ContainingType, types.Parallel)
            || method.Parameters.Count(parameter => parameter.Type.TypeKind == TypeKind.Delegate) != 1
            || given.Lambda is ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
            || (given.Lambda is AnonymousMethodExpressionSyntax { ParameterList: null } ? DelegateParameters(method) : given.Parameters.Count) != 1
            || types.Parallel!.GetMembers(method.Name + "Async").IsEmpty
            || !GivenCallback.IsUnused(call, site.Semantics)
            || given.Awaits(site) is not { } awaits)
            return null;
        var name = method.Name + "Async";
        var token = FreshNames.For(TokenName, call, given.Lambda, site.Semantics);
        return AwaitEdits.Of(site.Document, site.Semantics, site.Model, call, (current, generator) => Rewritten((InvocationExpressionSyntax)current, generator)) is { } edits
            ? (types.Parallel.Name + "." + name, [.. awaits, .. edits])
            : null;

        InvocationExpressionSyntax Rewritten(InvocationExpressionSyntax current, SyntaxGenerator generator)
        {
            var argument = current.ArgumentList.Arguments[call.ArgumentList.Arguments.IndexOf(given.Argument)];
            var lambda = WithToken(given.LambdaIn(current), token, types, generator).WithTriviaFrom(argument.Expression);
            return RenamedCalls.To(current.ReplaceNode(argument, argument.WithExpression(lambda)), name);
        }
    }

    private static int DelegateParameters(IMethodSymbol method) =>
        method.Parameters.Select(parameter => parameter.Type).OfType<INamedTypeSymbol>().Select(type => type.DelegateInvokeMethod?.Parameters.Length ?? 0).Max();

    /// <summary>A lambda with one more parameter, of the same form as its first.</summary>
    public static AnonymousFunctionExpressionSyntax WithToken(AnonymousFunctionExpressionSyntax lambda, string name, KnownTypes types, SyntaxGenerator generator)
    {
        var token = Parameter(Identifier(name));
        switch (lambda)
        {
            case SimpleLambdaExpressionSyntax simple:
                var parameters = ParameterList(SeparatedList([simple.Parameter.WithoutTrailingTrivia(), token], [Comma])).WithTrailingTrivia(simple.Parameter.GetTrailingTrivia());
                return ParenthesizedLambdaExpression(simple.AttributeLists, simple.Modifiers, null, parameters, simple.ArrowToken, simple.Block, simple.ExpressionBody);
            case ParenthesizedLambdaExpressionSyntax parenthesized:
                return parenthesized.WithParameterList(With(parenthesized.ParameterList));
            case AnonymousMethodExpressionSyntax { ParameterList: { } list } method:
                return method.WithParameterList(With(list));
            default:
                return lambda;
        }

        ParameterListSyntax With(ParameterListSyntax list) => list.WithParameters(SeparatedList(
            [list.Parameters[0], list.Parameters[0].Type is null ? token : token.WithType(Type())], [Comma]));

        TypeSyntax Type() => ((TypeSyntax)generator.TypeExpression(types.CancellationToken!)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation)).WithTrailingTrivia(Space);
    }

    private static SyntaxToken Comma => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);
}
