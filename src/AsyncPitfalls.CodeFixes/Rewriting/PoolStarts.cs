using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// <c>_ = Task.Run(async () => …)</c> in the place of <c>new Thread(async () => …).Start()</c> and
/// <c>ThreadPool.QueueUserWorkItem(async _ => …)</c>: the thread would end at the first <c>await</c> anyway.
/// </summary>
internal static class PoolStarts
{
    private const string Purpose = "run on the pool";

    /// <summary>The edits; null where the thread or the result is used for more, the delegate uses its state, or the end of the function would end the task.</summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, GivenCallback given, CancellationToken cancellation)
    {
        if (Functions.Around(given.Call) is { } function && site.Model.FunctionEnds.Of(function, site.Semantics, cancellation) is not null
            || !IgnoresState(given, site.Semantics))
            return null;
        if (KnownTypes.Same(given.Symbol.ContainingType, site.Model.Types.ThreadPool))
            return OfQueue(site, given);
        return KnownTypes.Same(given.Symbol.ContainingType, site.Model.Types.Thread) && given.Symbol.Parameters.Length == 1
            ? OfThread(site, given, cancellation)
            : null;
    }

    private static IReadOnlyList<NodeEdit>? OfQueue(FixSite site, GivenCallback given)
    {
        var call = (InvocationExpressionSyntax)given.Call;
        return given.Symbol.Name == "QueueUserWorkItem"
            && GivenCallback.IsUnused(call, site.Semantics)
            && call.ArgumentList.Arguments.All(argument => argument == given.Argument || IsConstant(argument.Expression, site.Semantics))
                ? [new NodeEdit(site.Document.Id, call, Purpose, (current, generator) =>
                    Run(current, given.LambdaIn((ExpressionSyntax)current), site.Model.Types, generator))]
                : null;
    }

    private static IReadOnlyList<NodeEdit>? OfThread(FixSite site, GivenCallback given, CancellationToken cancellation)
    {
        var creation = (BaseObjectCreationExpressionSyntax)given.Call;
        if (!IsNegligible(creation.Initializer, site.Semantics))
            return null;
        SyntaxNode outer = creation;
        while (outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent;
        if (outer.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == outer)
        {
            return IsStart(call, site.Semantics, cancellation) && GivenCallback.IsUnused(call, site.Semantics)
                ? [new NodeEdit(site.Document.Id, call, Purpose, (current, generator) =>
                    Run(current, given.LambdaIn(CreationIn((InvocationExpressionSyntax)current)), site.Model.Types, generator))]
                : null;
        }

        return outer == creation ? StartedThreads.Of(site, given, creation, cancellation) : null;
    }

    /// <summary>Whether a call starts a thread and gives it nothing.</summary>
    public static bool IsStart(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        call.ArgumentList.Arguments.Count == 0 && semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { Name: "Start" };

    /// <summary>Whether an assignment to a property of a thread has no meaning for work on the pool, whose threads are in the background and have names of their own.</summary>
    public static bool IsNegligible(AssignmentExpressionSyntax assignment, SemanticModel semantics) =>
        semantics.GetSymbolInfo(assignment.Left).Symbol is IPropertySymbol { Name: "IsBackground" or "Name" } && IsConstant(assignment.Right, semantics);

    /// <summary><c>_ = Task.Run(lambda)</c> in the place of an expression that holds the lambda, and its comments.</summary>
    public static ExpressionSyntax Run(SyntaxNode replaced, AnonymousFunctionExpressionSyntax lambda, KnownTypes types, SyntaxGenerator generator) =>
        Run(lambda, types, generator)
            .WithLeadingTrivia(replaced.GetLeadingTrivia())
            .WithTrailingTrivia(KeptComments.Outside(replaced, lambda.Span).Concat(replaced.GetTrailingTrivia()));

    /// <summary><c>_ = Task.Run(lambda)</c>.</summary>
    public static ExpressionSyntax Run(AnonymousFunctionExpressionSyntax lambda, KnownTypes types, SyntaxGenerator generator) =>
        Discarding.Discard(InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("Run")),
            ArgumentList(SingletonSeparatedList(Argument(WithoutParameters(lambda).WithoutTrivia())))));

    private static bool IsNegligible(InitializerExpressionSyntax? initializer, SemanticModel semantics) =>
        initializer is null || initializer.Expressions.All(expression => expression is AssignmentExpressionSyntax assignment && IsNegligible(assignment, semantics));

    private static bool IsConstant(ExpressionSyntax value, SemanticModel semantics) =>
        semantics.GetConstantValue(value).HasValue || value is TypeOfExpressionSyntax || value.IsKind(SyntaxKind.DefaultLiteralExpression);

    /// <summary>Whether a lambda does not use its parameter; what looks like a discard is not a use.</summary>
    private static bool IgnoresState(GivenCallback given, SemanticModel semantics)
    {
        if (given.Parameters.Count == 0)
            return true;
        var state = semantics.GetDeclaredSymbol(given.Parameters[0]);
        return given.Parameters.Count == 1 && !given.Lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name).Symbol, state)
            && !(name.Identifier.ValueText == "_" && name.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax or LambdaExpressionSyntax } assignment && assignment.Left == name));
    }

    private static BaseObjectCreationExpressionSyntax CreationIn(InvocationExpressionSyntax start) =>
        (BaseObjectCreationExpressionSyntax)GivenDelegates.Bare(((MemberAccessExpressionSyntax)start.Expression).Expression);

    private static AnonymousFunctionExpressionSyntax WithoutParameters(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => ParenthesizedLambdaExpression(
            simple.AttributeLists, simple.Modifiers, null, ParameterList().WithTrailingTrivia(simple.Parameter.GetTrailingTrivia()), simple.ArrowToken, simple.Block, simple.ExpressionBody),
        ParenthesizedLambdaExpressionSyntax parenthesized => parenthesized.WithReturnType(null).WithParameterList(
            parenthesized.ParameterList.WithParameters(SeparatedList<ParameterSyntax>())),
        AnonymousMethodExpressionSyntax { ParameterList.Parameters.Count: > 0 } method =>
            method.WithDelegateKeyword(method.DelegateKeyword.WithTrailingTrivia(method.ParameterList!.GetTrailingTrivia())).WithParameterList(null),
        _ => lambda,
    };
}
