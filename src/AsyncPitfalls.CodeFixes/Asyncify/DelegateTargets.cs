using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>What becomes possible for a lambda that is made async.</summary>
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

/// <summary>Where a lambda goes, and whether it may be async there.</summary>
/// <param name="Kind">What becomes possible.</param>
/// <param name="Returns">The task type that the delegate returns already.</param>
/// <param name="Call">The call that has to be awaited.</param>
/// <param name="Local">The local that holds the lambda.</param>
internal sealed record DelegateTarget(DelegateTargetKind Kind, ITypeSymbol? Returns = null, InvocationExpressionSyntax? Call = null, ILocalSymbol? Local = null);

/// <summary>Finds out whether the place that a lambda or anonymous method is put into permits that it returns a task.</summary>
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
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => OfArgument(lambda, converted, call, cancellation),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } declarator }
                when lambda.Semantics.GetDeclaredSymbol(declarator, cancellation) is ILocalSymbol local =>
                new DelegateTarget(DelegateTargetKind.Local, Local: local),
            _ => null,
        };
    }

    private static DelegateTarget? OfArgument(CodePlace lambda, INamedTypeSymbol converted, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        var semantics = lambda.Semantics;
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol before)
            return null;
        if (KnownTypes.Same(converted, lambda.Model.Types.Delegate))
            return KnownTypes.Same(before.ContainingType, lambda.Model.Types.EndpointRouteBuilderExtensions) ? new DelegateTarget(DelegateTargetKind.Fits) : null;

        var rewritten = call.ReplaceNode(lambda.Node, FunctionRewriter.WithAsync((AnonymousFunctionExpressionSyntax)lambda.Node));
        if (semantics.GetSpeculativeSymbolInfo(call.SpanStart, rewritten, SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol after
            || !TakesTaskDelegate(after, lambda.Model))
            return null;

        var typeBefore = semantics.GetTypeInfo(call, cancellation).Type;
        var typeAfter = after.ReturnType;
        if (SymbolEqualityComparer.Default.Equals(typeBefore, typeAfter))
            return new DelegateTarget(DelegateTargetKind.Fits);
        return SymbolEqualityComparer.Default.Equals(lambda.Model.Awaitables.ResultOf(typeAfter), typeBefore)
            ? new DelegateTarget(DelegateTargetKind.CallChanges, Call: call)
            : null;
    }

    /// <summary>Whether a method is declared to take a delegate that returns a task; one whose type parameter happens to be a task does not count.</summary>
    private static bool TakesTaskDelegate(IMethodSymbol method, AsyncModel model) =>
        method.OriginalDefinition.Parameters.Any(parameter =>
            parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } returned } && TaskReturns.AreAsyncable(returned, model));
}
