using System;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// What keeps a function from becoming async, a signature from changing, an <c>await</c> from standing at a spot. What
/// only the compiler can tell is left to it (<see cref="Framework.Breakage"/>).
/// </summary>
internal static class Obstacles
{
    /// <summary>Whether no <c>await</c> may stand at a spot, or would change what the code around it does.</summary>
    public static bool ForbidAwaitAt(CodePlace spot, bool throwsAggregates, CancellationToken cancellation) =>
        throwsAggregates && AreAggregatesCaughtAround(spot)
        || ForbiddenAwaits.At(spot.Node, spot.Semantics, spot.Model, cancellation);

    /// <summary>Whether a function cannot be async, whatever its return type.</summary>
    public static bool ForbidAsync(CodePlace function, CancellationToken cancellation)
    {
        if (Functions.SymbolOf(function.Node, function.Semantics) is not { } method)
            return true;
        return ForbiddenAwaits.IsUnsafe(function.Node)
            || method.IsExtern
            || method.Parameters.Any(IsForbidden)
            || Functions.OwnNodes(function.Node).Any(node => node is YieldStatementSyntax)
            || ForbidByAttribute(method, function.Model.Types)
            || ChangesOfThis.AreLost(function, method, cancellation)
            || TakesThreadBoundLocks(function, cancellation)
            || CodePlaceIsGenerated(function);
    }

    /// <summary>Whether there is no task of a type, or it is asynchronous by itself: a pointer, a ref struct, another awaitable, <c>IAsyncEnumerable&lt;T&gt;</c>.</summary>
    public static bool ForbidTaskOf(ITypeSymbol returned, AsyncModel model) =>
        returned.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error
        || returned.IsRefLikeType
        || KnownTypes.Same(returned, model.Types.AsyncEnumerableOfT)
        || KnownTypes.Same(returned, model.Types.AsyncEnumeratorOfT)
        || model.Awaitables.ResultOf(returned) is not null;

    /// <summary>Whether a declaration, of a method that may do nothing asynchronous itself, cannot return a task.</summary>
    public static bool ForbidTaskReturn(CodePlace declaration, IMethodSymbol method) =>
        method.RefKind != RefKind.None
        || method.IsExtern
        || method.Parameters.Any(IsForbidden)
        || declaration.Node is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
        || Functions.OwnNodes(declaration.Node).Any(node => node is YieldStatementSyntax)
        || ForbidByAttribute(method, declaration.Model.Types)
        || IsCalledByPattern(method, declaration.Model.Types);

    private static bool CodePlaceIsGenerated(CodePlace function) =>
        GeneratedFiles.IsGenerated(function.Node.SyntaxTree, function.Model.Options);

    /// <summary>Whether a parameter cannot be one of an async function.</summary>
    private static bool IsForbidden(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.None
        || parameter.Type.IsRefLikeType
        || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer;

    /// <summary>Whether an attribute has somebody call the method who does not wait, or who demands its signature.</summary>
    private static bool ForbidByAttribute(IMethodSymbol method, KnownTypes types) =>
        (method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0
        || method.GetAttributes().Any(data => types.SignatureAttributes.Any(known => KnownTypes.Same(data.AttributeClass, known)))
        || method.ContainingType is { IsComImport: true };

    /// <summary>Whether the compiler calls a method where no name stands: <c>new Bag { item }</c> calls <c>Add</c> and drops what it returns.</summary>
    private static bool IsCalledByPattern(IMethodSymbol method, KnownTypes types) =>
        method is { Name: "Add", ReturnsVoid: true } && KnownTypes.SameOrBelow(method.ContainingType, types.PlainEnumerable);

    /// <summary>Whether a function itself enters a lock that only the same thread can leave.</summary>
    private static bool TakesThreadBoundLocks(CodePlace function, CancellationToken cancellation) =>
        Functions.OwnNodes(function.Node).OfType<InvocationExpressionSyntax>().Any(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } access
            && (name.StartsWith("Enter", StringComparison.Ordinal) || name.StartsWith("TryEnter", StringComparison.Ordinal) || name == "WaitOne")
            && (function.Semantics.GetTypeInfo(access.Expression, cancellation).Type ?? function.Semantics.GetSymbolInfo(access.Expression, cancellation).Symbol as ITypeSymbol) is { } holder
            && function.Model.Types.ThreadBoundLocks.Any(known => KnownTypes.SameOrBelow(holder, known)));

    private static bool AreAggregatesCaughtAround(CodePlace spot)
    {
        var inner = spot.Node;
        for (var outer = inner.Parent; outer is not null && !Functions.IsFunction(outer); inner = outer, outer = outer.Parent)
        {
            if (outer is TryStatementSyntax attempt && attempt.Block == inner && attempt.Catches.Any(handler => CatchesAggregates(handler, spot)))
                return true;
        }

        return false;
    }

    private static bool CatchesAggregates(CatchClauseSyntax handler, CodePlace spot)
    {
        var aggregate = spot.Model.Types.AggregateException;
        return handler.DescendantNodes().OfType<TypeSyntax>().Any(type =>
            KnownTypes.Same(spot.Semantics.GetSymbolInfo(type).Symbol as ITypeSymbol, aggregate));
    }
}
