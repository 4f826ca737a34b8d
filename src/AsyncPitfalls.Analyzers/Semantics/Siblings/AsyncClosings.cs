using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is better closed with <c>DisposeAsync</c>: it flushes, waits for a server, or disposes what does.</summary>
internal sealed class AsyncClosings(AsyncModel model)
{
    private const string DisposeAsync = "DisposeAsync";

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> ownTypes = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a value closes asynchronously: its type can, and it or what the code shows it to be is known to gain by it.</summary>
    public bool Gains(IOperation? value, ITypeSymbol? type, CancellationToken cancellation) =>
        IsClosable(type)
        && (ClosesAsynchronously(type, cancellation) || model.KnownOrigins.IsOf(value, model.Types.ClosedAsynchronously, cancellation))
        && !model.KnownOrigins.NeverWaits(value, cancellation)
        && !model.KnownOrigins.OnlyReads(value, cancellation)
        && !model.KnownOrigins.IsSqlite(value, cancellation);

    /// <summary>Whether a <c>using</c> closes such a value, and nothing that can only be closed synchronously.</summary>
    public bool IsMissedBy(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IUsingOperation { IsAsynchronous: false, Resources: IVariableDeclarationGroupOperation group } => IsMissedBy(group, cancellation),
        IUsingOperation { IsAsynchronous: false, Resources: var resource } => Gains(resource, resource.Type, cancellation),
        IUsingDeclarationOperation { IsAsynchronous: false, DeclarationGroup: var group } => IsMissedBy(group, cancellation),
        _ => false,
    };

    private bool IsMissedBy(IVariableDeclarationGroupOperation group, CancellationToken cancellation)
    {
        var isMissed = false;
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (!IsClosable(declarator.Symbol.Type))
                    return false;
                isMissed = isMissed || Gains(declarator.GetVariableInitializer()?.Value, declarator.Symbol.Type, cancellation);
            }
        }

        return isMissed;
    }

    /// <summary>Whether <c>await using</c> takes a type: it implements <c>IAsyncDisposable</c>, or has the method that <c>await using</c> asks for.</summary>
    private bool IsClosable(ITypeSymbol? type) =>
        KnownTypes.SameOrBelow(type, model.Types.AsyncDisposable) || AsyncSiblings.HasMember(type, DisposeAsync);

    private bool ClosesAsynchronously(ITypeSymbol? type, CancellationToken cancellation) =>
        KnownTypes.SameOrBelow(type, model.Types.ClosedAsynchronously)
        || type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named && IsOwnThatAwaits(named.OriginalDefinition, cancellation);

    /// <summary>Whether a type of this compilation, or a base of it, has a <c>DisposeAsync</c> that awaits, or hands the closing on to what closes asynchronously.</summary>
    private bool IsOwnThatAwaits(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (ownTypes.TryGetValue(type, out var known))
            return known;
        // Types that close each other in a circle have no other answer while they are looked at.
        ownTypes.TryAdd(type, false);
        return ownTypes[type] = Closers(type).Any(closer => Awaits(closer, cancellation));
    }

    private static IEnumerable<IMethodSymbol> Closers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true } method && IsNamed(method))
                    return [method];
            }
        }

        return [];
    }

    private static bool IsNamed(IMethodSymbol method) =>
        method.Name == DisposeAsync || method.ExplicitInterfaceImplementations.Any(implemented => implemented.Name == DisposeAsync);

    private bool Awaits(IMethodSymbol closer, CancellationToken cancellation) =>
        Bodies.SyntaxOf(closer, cancellation) is { } body
        && (Functions.Awaits(body) || Functions.OwnNodes(body).OfType<InvocationExpressionSyntax>().Any(call => HandsOn(call, body, cancellation)));

    private bool HandsOn(InvocationExpressionSyntax call, SyntaxNode body, CancellationToken cancellation) =>
        BlockingWaits.NameOf(call) is SimpleNameSyntax { Identifier.ValueText: DisposeAsync }
        && model.Bodies.SemanticsOf(body.SyntaxTree).GetOperation(call, cancellation) is IInvocationOperation { Instance: { } closed }
        && closed is not IInstanceReferenceOperation
        && Gains(closed, closed.Type, cancellation);
}
