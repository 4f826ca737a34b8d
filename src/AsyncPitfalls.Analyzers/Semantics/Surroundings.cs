using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The part that a function plays, by symbols: what it overrides, implements and is marked with, and to whom it is handed
/// as a delegate. A lambda or local function has the part that it is handed over for, not that of the function around it.
/// </summary>
internal sealed class Surroundings(AsyncModel model)
{
    // TaskCreationOptions.LongRunning
    private const int LongRunning = 2;

    private readonly ConcurrentDictionary<SyntaxNode, Surrounding> parts = new();
    private readonly ConcurrentDictionary<MethodDeclarationSyntax, bool> tests = new();
    private readonly RequestHandlers requestHandlers = new(model);
    private readonly UserInterfaceHandlers userInterfaceHandlers = new(model);

    /// <summary>The part of a function, given by its node as <see cref="Functions"/> has it; ordinary for anything else, and on half-typed code.</summary>
    public Surrounding Of(SyntaxNode? function, SemanticModel semantics, CancellationToken cancellation = default)
    {
        if (function is null or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax)
            return Surrounding.Ordinary;
        if (parts.TryGetValue(function, out var part))
            return part;
        part = Find(function, semantics, cancellation);
        parts.TryAdd(function, part);
        return part;
    }

    /// <summary>The part of the function that runs a node; ordinary for what no function runs, such as field initializers.</summary>
    public Surrounding Around(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation = default) =>
        Of(Functions.Around(node), semantics, cancellation);

    /// <summary>Whether a node is in a test, in a function nested in one too. It says no more than <see cref="Of"/>, but needs not look for where a method is handed over.</summary>
    public bool IsInTest(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is MethodDeclarationSyntax method)
                return tests.TryGetValue(method, out var isTest) ? isTest : tests.GetOrAdd(method, IsTest(method, semantics, cancellation));
        }

        return false;
    }

    private bool IsTest(MethodDeclarationSyntax function, SemanticModel semantics, CancellationToken cancellation) =>
        Functions.SymbolOf(function, semantics) is { } method
        && !IsEntryPoint(method, cancellation)
        && TestMethods.IsTest(method, model.Types);

    private Surrounding Find(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        if (function is CompilationUnitSyntax)
            return Surrounding.EntryPoint;
        if (function is MethodDeclarationSyntax && Functions.SymbolOf(function, semantics) is { } method
            && OfDeclaration(method, cancellation) is not Surrounding.Ordinary and var declared)
            return declared;
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            return Surrounding.Ordinary;
        var handedOver = model.HandOvers.Of(function, semantics, cancellation)
            .Select(handOver => OfHandOver(handOver, cancellation))
            .FirstOrDefault(part => part != Surrounding.Ordinary);
        return handedOver == Surrounding.Ordinary
            && function is not AnonymousFunctionExpressionSyntax
            && Functions.SymbolOf(function, semantics) is { } kept
            && requestHandlers.MayBeKept(kept)
            && model.HandOvers.Made(function, kept, semantics, cancellation).Any(requestHandlers.IsHandedOver)
                ? Surrounding.RequestHandler
                : handedOver;
    }

    private Surrounding OfDeclaration(IMethodSymbol method, CancellationToken cancellation)
    {
        if (IsEntryPoint(method, cancellation))
            return Surrounding.EntryPoint;
        if (TestMethods.IsTest(method, model.Types))
            return Surrounding.Test;
        if (IsHostedServiceMethod(method))
            return Surrounding.HostedService;
        if (IsDisposal(method))
            return Surrounding.Disposal;
        if (IsCloudFunction(method))
            return Surrounding.CloudFunction;
        if (requestHandlers.IsDeclared(method))
            return Surrounding.RequestHandler;
        return userInterfaceHandlers.IsDeclared(method) ? Surrounding.UserInterfaceHandler : Surrounding.Ordinary;
    }

    private Surrounding OfHandOver(HandOver handOver, CancellationToken cancellation)
    {
        if (handOver.Receiver is IInvocationOperation call && model.LoopRunners.IsRunner(call, cancellation))
            return Surrounding.LoopDelegate;
        if (IsThreadProcedure(handOver))
            return Surrounding.ThreadProcedure;
        if (requestHandlers.IsHandedOver(handOver))
            return Surrounding.RequestHandler;
        return userInterfaceHandlers.IsHandedOver(handOver) ? Surrounding.UserInterfaceHandler : Surrounding.Ordinary;
    }

    /// <summary>The compilation's entry point; in a library, which has none, what would be one if it were a program.</summary>
    private bool IsEntryPoint(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method is not { Name: WellKnownMemberNames.EntryPointMethodName, IsStatic: true, IsGenericMethod: false })
            return false;
        return model.Compilation.GetEntryPoint(cancellation) is { } entryPoint
            ? SymbolEqualityComparer.Default.Equals(entryPoint, method)
            : (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Int32 || model.Awaitables.IsTask(method.ReturnType))
                && method.Parameters.All(parameter => parameter.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String });
    }

    private bool IsHostedServiceMethod(IMethodSymbol method) =>
        Inheritance.Implements(method, model.Types.HostedService)
        || Inheritance.Implements(method, model.Types.HostedLifecycleService)
        || method.Name == "ExecuteAsync" && Inheritance.Overrides(method, model.Types.BackgroundService);

    /// <summary>
    /// Besides the interfaces' members <c>Dispose(bool)</c> and <c>DisposeAsyncCore()</c>, into which the documented patterns split them.
    /// See https://learn.microsoft.com/dotnet/standard/garbage-collection/implementing-disposeasync.
    /// </summary>
    private bool IsDisposal(IMethodSymbol method) =>
        Inheritance.Implements(method, model.Types.Disposable)
        || Inheritance.Implements(method, model.Types.AsyncDisposable)
        || method is { Name: "Dispose", IsStatic: false, ReturnsVoid: true, Parameters.Length: 1 }
            && method.Parameters[0].Type.SpecialType == SpecialType.System_Boolean
            && KnownTypes.SameOrBelow(method.ContainingType, model.Types.Disposable)
        || method is { Name: "DisposeAsyncCore", IsStatic: false, Parameters.IsEmpty: true }
            && KnownTypes.SameOrBelow(method.ContainingType, model.Types.AsyncDisposable);

    private bool IsCloudFunction(IMethodSymbol method) =>
        Inheritance.HasAttribute(method, model.Types.FunctionAttribute)
        || Inheritance.HasAttribute(method, model.Types.FunctionNameAttribute)
        || Inheritance.HasAttribute(method, model.Types.LambdaFunctionAttribute)
        || method.DeclaredAccessibility == Accessibility.Public
            && method.Parameters.Any(parameter => KnownTypes.SameOrBelow(parameter.Type, model.Types.LambdaContext));

    private bool IsThreadProcedure(HandOver handOver) => handOver.Receiver switch
    {
        IObjectCreationOperation creation => KnownTypes.Same(creation.Type, model.Types.Thread),
        IInvocationOperation { TargetMethod: { Name: "StartNew", ContainingType: var factory } } call =>
            (KnownTypes.Same(factory, model.Types.TaskFactory) || KnownTypes.Same(factory, model.Types.TaskFactoryOfT))
            && call.Arguments.Any(argument =>
                KnownTypes.Same(argument.Value.Type, model.Types.TaskCreationOptions)
                && argument.Value.ConstantValue is { HasValue: true, Value: int options } && (options & LongRunning) != 0),
        _ => false,
    };
}
