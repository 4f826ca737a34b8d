using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Asyncify;

/// <summary>Rewrites the declarations of the functions of a chain: the modifier, the return type, the returns.</summary>
internal static class FunctionRewriter
{
    private const string BecomesAsync = "become async";
    private const string ReturnsTask = "return a task";

    /// <summary>The edits of a function that becomes async.</summary>
    /// <param name="function">The function.</param>
    /// <param name="returnsTask">Whether its return type becomes a task; else it is one already, or stays <c>void</c>.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IEnumerable<NodeEdit> MakeAsync(CodePlace function, bool returnsTask, CancellationToken cancellation)
    {
        var edit = new NodeEdit(function.Document.Id, function.Node, BecomesAsync, (current, generator) =>
        {
            var retyped = returnsTask ? WithTaskType(current, function.Model.Types, generator) : current;
            return WithAsync(ReturnStatements.Finish(retyped));
        }) { InsteadOf = ReturnsTask };
        var returned = ReturnTypeOf(function);
        return returnsTask || returned is null || !TaskReturns.AreAsyncable(returned, function.Model)
            ? [edit]
            : [edit, .. TaskReturns.Edits(function, returned, cancellation)];
    }

    /// <summary>The edits of a declaration that returns a task from now on without becoming async.</summary>
    public static IEnumerable<NodeEdit> ReturnTask(CodePlace declaration)
    {
        var types = declaration.Model.Types;
        if (declaration.Node is not MethodDeclarationSyntax method || !Functions.Bodies(method).Any() || Functions.IsAsync(method))
            return [new NodeEdit(declaration.Document.Id, declaration.Node, ReturnsTask, (current, generator) => WithTaskType(current, types, generator))];

        var returns = CompletedTasksOf(declaration) is { } tasks ? new CompletedReturns(declaration.Document, method, tasks, declaration.Semantics) : null;
        return
        [
            new NodeEdit(declaration.Document.Id, method, ReturnsTask, (current, generator) =>
                WithTaskType(returns?.Finish(current, generator) ?? current, types, generator)),
            .. returns?.Marks() ?? [],
        ];
    }

    /// <summary>The completed tasks of what a method returns so far; null where the framework has none.</summary>
    private static CompletedExpressions? CompletedTasksOf(CodePlace method) => (ReturnTypeOf(method), method.Model.Types) switch
    {
        ({ SpecialType: SpecialType.System_Void }, { Task: { } task }) => CompletedExpressions.Of(task, method.Semantics, method.Model),
        ({ } result, { TaskOfT: { } task }) => CompletedExpressions.Of(
            task.Construct(ImmutableArray.Create(result), ImmutableArray.Create(result.NullableAnnotation)), method.Semantics, method.Model),
        _ => null,
    };

    /// <summary>A function with the modifier <c>async</c>.</summary>
    public static SyntaxNode WithAsync(SyntaxNode function)
    {
        var keyword = Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space);
        switch (function)
        {
            case MethodDeclarationSyntax method:
                var (modifiers, type) = WithModifier(method.Modifiers, method.ReturnType, keyword);
                return method.WithModifiers(modifiers).WithReturnType(type);
            case LocalFunctionStatementSyntax local:
                (modifiers, type) = WithModifier(local.Modifiers, local.ReturnType, keyword);
                return local.WithModifiers(modifiers).WithReturnType(type);
            case AnonymousFunctionExpressionSyntax lambda:
                return WithAsync(lambda);
            default:
                return function;
        }
    }

    /// <inheritdoc cref="WithAsync(SyntaxNode)"/>
    public static AnonymousFunctionExpressionSyntax WithAsync(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.WithoutLeadingTrivia()
            .AddModifiers(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space))
            .WithLeadingTrivia(lambda.GetLeadingTrivia());

    private static SyntaxNode WithTaskType(SyntaxNode function, KnownTypes types, SyntaxGenerator generator) => function switch
    {
        MethodDeclarationSyntax method => WithAccessibility(method).WithReturnType(TaskTypes.Of(WithAccessibility(method).ReturnType, types, generator)),
        // Simplifying a name in such a local function, the compiler looks for an entry point in a tree that it does not have, and throws.
        LocalFunctionStatementSyntax { Identifier.ValueText: WellKnownMemberNames.EntryPointMethodName } main =>
            main.WithReturnType(TaskTypes.Of(main.ReturnType, types, generator).WithoutAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation)),
        LocalFunctionStatementSyntax local => local.WithReturnType(TaskTypes.Of(local.ReturnType, types, generator)),
        ParenthesizedLambdaExpressionSyntax { ReturnType: { } type } lambda => lambda.WithReturnType(TaskTypes.Of(type, types, generator)),
        _ => function,
    };

    /// <summary>A partial method that returns something must say who may call it.</summary>
    private static MethodDeclarationSyntax WithAccessibility(MethodDeclarationSyntax method)
    {
        if (!method.Modifiers.Any(SyntaxKind.PartialKeyword) || method.Modifiers.Any(token => SyntaxFacts.IsAccessibilityModifier(token.Kind())))
            return method;
        var first = method.Modifiers[0];
        var keyword = Token(SyntaxKind.PrivateKeyword).WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(Space);
        return method.WithModifiers(method.Modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, keyword));
    }

    /// <summary>Puts a modifier last, but before <c>partial</c>, which must stand next to the type.</summary>
    private static (SyntaxTokenList Modifiers, TypeSyntax Type) WithModifier(SyntaxTokenList modifiers, TypeSyntax type, SyntaxToken keyword)
    {
        if (modifiers.Count == 0)
            return (TokenList(keyword.WithLeadingTrivia(type.GetLeadingTrivia())), type.WithoutLeadingTrivia());
        var partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (partial < 0)
            return (modifiers.Add(keyword), type);
        if (partial > 0)
            return (modifiers.Insert(partial, keyword), type);
        var first = modifiers[0];
        return (modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, keyword.WithLeadingTrivia(first.LeadingTrivia)), type);
    }

    /// <summary>What a function returns: a lambda what its delegate says, where that says anything.</summary>
    private static ITypeSymbol? ReturnTypeOf(CodePlace function) =>
        function.Node is AnonymousFunctionExpressionSyntax
        && function.Semantics.GetTypeInfo(function.Node).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
            ? invoke.ReturnType
            : Functions.SymbolOf(function.Node, function.Semantics)?.ReturnType;
}
