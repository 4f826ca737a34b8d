using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Asyncify;

/// <summary>What becomes possible for a lambda that is made async, or a method group whose method is.</summary>
internal enum DelegateTargetKind
{
    /// <summary>The delegate that it is converted to returns a task already.</summary>
    TakesTasks,

    /// <summary>It becomes another delegate, and nothing around it changes: <c>Task.Run</c> has an overload, an event handler may be async void.</summary>
    Fits,

    /// <summary>The call that it is an argument of takes an overload that returns a task, so that call has to be awaited.</summary>
    CallChanges,

    /// <summary>It is held by a local whose type follows it.</summary>
    Local,
}

/// <summary>Where a lambda or method group goes, and whether it may be async there.</summary>
/// <param name="Kind">What becomes possible.</param>
/// <param name="Returns">The task type that the delegate returns already.</param>
/// <param name="Call">The call that has to be awaited.</param>
/// <param name="Local">The local that holds the lambda.</param>
internal sealed record DelegateTarget(DelegateTargetKind Kind, ITypeSymbol? Returns = null, InvocationExpressionSyntax? Call = null, ILocalSymbol? Local = null);

/// <summary>Finds out whether the place that a lambda, anonymous method or method group is put into permits that it returns a task.</summary>
internal static class DelegateTargets
{
    /// <summary>The target of a lambda that is to become async; null where it must stay as it is.</summary>
    public static DelegateTarget? Of(CodePlace lambda, CancellationToken cancellation)
    {
        if (lambda.Semantics.GetTypeInfo(lambda.Node, cancellation).ConvertedType is not INamedTypeSymbol converted)
            return null;
        var invoke = converted.DelegateInvokeMethod;
        if (invoke is not null && TaskReturns.AreAsyncable(invoke.ReturnType, lambda.Model))
            return new DelegateTarget(DelegateTargetKind.TakesTasks, invoke.ReturnType);
        if (EventHandlers.HasShape(invoke, lambda.Model))
            return new DelegateTarget(DelegateTargetKind.Fits);

        SyntaxNode outer = lambda.Node;
        while (outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent;
        return outer.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument =>
                OfArgument(lambda, argument, call, call.ReplaceNode(lambda.Node, FunctionRewriter.WithAsync((AnonymousFunctionExpressionSyntax)lambda.Node)), cancellation),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } declarator }
                when lambda.Semantics.GetDeclaredSymbol(declarator, cancellation) is ILocalSymbol local =>
                new DelegateTarget(DelegateTargetKind.Local, Local: local),
            _ => null,
        };
    }

    /// <summary>
    /// The target of an asynchronous lambda that loses the casts and <c>new Action(…)</c> around it, which make another
    /// delegate of it; null where none of the call's overloads wants a task.
    /// </summary>
    public static DelegateTarget? OfUnwrapped(CodePlace lambda, ArgumentSyntax argument, CancellationToken cancellation)
    {
        if (argument.Expression == lambda.Node || argument.Parent?.Parent is not InvocationExpressionSyntax call)
            return null;
        return OfArgument(lambda, argument, call, call.ReplaceNode(argument.Expression, lambda.Node), cancellation);
    }

    /// <summary>The target of a method group whose method is to return a task; null where the delegate must stay as it is.</summary>
    public static DelegateTarget? OfMethodGroup(CodePlace group, CancellationToken cancellation)
    {
        if (group.Node is not ExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument } expression
            || MethodOf(expression, group.Semantics, cancellation) is not { IsGenericMethod: false } method)
            return null;
        var parameters = method.Parameters.Select(parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        var task = method.ReturnsVoid
            ? "global::System.Threading.Tasks.Task"
            : $"global::System.Threading.Tasks.Task<{method.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>";
        var stand = SyntaxFactory.ParseExpression($"default(global::System.Func<{string.Join(", ", parameters.Concat([task]))}>)");
        return OfArgument(group, argument, call, call.ReplaceNode(expression, stand), cancellation);
    }

    private static IMethodSymbol? MethodOf(ExpressionSyntax group, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetSymbolInfo(group, cancellation).Symbol as IMethodSymbol
        ?? (semantics.GetMemberGroup(group, cancellation) is { Length: 1 } members ? members[0] as IMethodSymbol : null);

    /// <param name="place">The lambda or method group.</param>
    /// <param name="argument">The argument that it is.</param>
    /// <param name="call">The call that takes the argument.</param>
    /// <param name="rewritten">The call with a delegate that returns a task in its place.</param>
    /// <param name="cancellation">Ends the work.</param>
    private static DelegateTarget? OfArgument(
        CodePlace place, ArgumentSyntax argument, InvocationExpressionSyntax call, InvocationExpressionSyntax rewritten, CancellationToken cancellation)
    {
        var semantics = place.Semantics;
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol before)
            return null;
        if (KnownTypes.Same((semantics.GetOperation(argument, cancellation) as IArgumentOperation)?.Parameter?.Type, place.Model.Types.Delegate))
            return KnownTypes.Same(before.ContainingType, place.Model.Types.EndpointRouteBuilderExtensions) ? new DelegateTarget(DelegateTargetKind.Fits) : null;
        if (Bindable(rewritten, call, semantics, cancellation) is not { } bindable
            || semantics.GetSpeculativeSymbolInfo(call.SpanStart, bindable, SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol after
            || !TakesTaskDelegate(after, place.Model))
            return null;

        var typeBefore = semantics.GetTypeInfo(call, cancellation).Type;
        if (SymbolEqualityComparer.Default.Equals(typeBefore, after.ReturnType))
            return new DelegateTarget(DelegateTargetKind.Fits);
        return SymbolEqualityComparer.Default.Equals(place.Model.Awaitables.ResultOf(after.ReturnType), typeBefore)
            ? new DelegateTarget(DelegateTargetKind.CallChanges, Call: call)
            : null;
    }

    /// <summary>A call that the compiler can bind by itself: behind <c>?.</c> its receiver is put in by its type. Null where that has no name.</summary>
    private static InvocationExpressionSyntax? Bindable(InvocationExpressionSyntax rewritten, InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        var name = rewritten.Expression switch
        {
            MemberBindingExpressionSyntax binding => binding.Name,
            MemberAccessExpressionSyntax access when access.Expression.DescendantNodesAndSelf().Any(node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax) => access.Name,
            _ => null,
        };
        if (name is null)
            return rewritten;
        if ((semantics.GetOperation(call, cancellation) as IInvocationOperation)?.Instance?.Type is not { IsAnonymousType: false } receiver)
            return null;
        var value = SyntaxFactory.ParseExpression($"default({receiver.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})");
        return rewritten.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, value, name));
    }

    /// <summary>Whether a method is declared to take a delegate that returns a task; one whose type parameter happens to be a task does not count.</summary>
    private static bool TakesTaskDelegate(IMethodSymbol method, AsyncModel model) =>
        method.OriginalDefinition.Parameters.Any(parameter =>
            parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } returned } && TaskReturns.AreAsyncable(returned, model));
}
