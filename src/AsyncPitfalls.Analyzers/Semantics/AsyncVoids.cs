using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A function that is <c>async void</c> and awaits.</summary>
/// <param name="Function">The declaration, lambda or anonymous method.</param>
/// <param name="Symbol">The function's symbol; of a partial method, the part that has the body.</param>
/// <param name="Spot">What shows it: the identifier, or the <c>async</c> of a lambda.</param>
/// <param name="MustBe">Whether it must be so: events and those who declare its signature want nothing else.</param>
/// <param name="Event">The event to which a lambda is subscribed; null for all others.</param>
internal sealed record AsyncVoid(SyntaxNode Function, IMethodSymbol Symbol, SyntaxToken Spot, bool MustBe, IEventSymbol? Event);

/// <summary>Which functions are <c>async void</c>, and which of them must be.</summary>
internal sealed class AsyncVoids(AsyncModel model)
{
    /// <summary>
    /// What is known of a method, local function, lambda or anonymous method, by the operation of its body or declaration.
    /// Null where it is not <c>async void</c>, never awaits, is the last stop of a task, or where nobody can tell yet whether it
    /// must be so, as its signature, or what its type derives from, is not resolved. Of lambdas only those count that are
    /// subscribed to an <c>EventHandler</c>-shaped event: what becomes of the others depends on who takes the delegate.
    /// </summary>
    public AsyncVoid? Of(IOperation function, CancellationToken cancellation) =>
        Functions.IsAsync(function.Syntax)
        && MayReturnVoid(function)
        && function.SemanticModel is { } semantics
        && Functions.SymbolOf(function.Syntax, semantics) is { ReturnsVoid: true } symbol
        && Functions.Awaits(function.Syntax)
            ? function is IAnonymousFunctionOperation ? OfLambda(function, symbol) : OfNamed(function.Syntax, symbol, semantics, cancellation)
            : null;

    /// <summary>
    /// The first await of a function whose exception gets out of it; null where there is none. Where the function catches
    /// at another await, one that cannot fail, such as a <c>Task.Yield()</c> before the <c>try</c>, does not count.
    /// </summary>
    public SyntaxNode? EscapingAwait(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        var awaits = Functions.OwnAwaits(function).ToList();
        var outside = awaits.Where(place => !model.CaughtExceptions.IsCaught(place, semantics)).ToList();
        return outside.Count == awaits.Count ? outside.FirstOrDefault() : outside.FirstOrDefault(place => !CannotFail(place, semantics, cancellation));
    }

    /// <summary>Whether a function may return nothing, by what is at hand without looking up a name.</summary>
    private static bool MayReturnVoid(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.ReturnsVoid,
        ILocalFunctionOperation local => local.Symbol.ReturnsVoid,
        _ => function.Syntax is not MethodDeclarationSyntax { ReturnType: not PredefinedTypeSyntax },
    };

    private bool CannotFail(SyntaxNode place, SemanticModel semantics, CancellationToken cancellation) =>
        place is AwaitExpressionSyntax
        && semantics.GetOperation(place, cancellation) is IAwaitOperation awaited
        && model.Faultless.Is(awaited.Operation, cancellation);

    private AsyncVoid? OfLambda(IOperation lambda, IMethodSymbol symbol) =>
        HandOvers.At(lambda) is { Receiver: IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var subscribed } } }
        && EventHandlers.HasShape((subscribed.Type as INamedTypeSymbol)?.DelegateInvokeMethod, model)
            ? new AsyncVoid(lambda.Syntax, symbol, Functions.AsyncKeyword(lambda.Syntax), MustBe: true, subscribed)
            : null;

    private AsyncVoid? OfNamed(SyntaxNode function, IMethodSymbol symbol, SemanticModel semantics, CancellationToken cancellation)
    {
        var isDictated = DictatedSignatures.Has(symbol) || model.InheritedImplementations.Has(symbol) || IsPartOfGenerated(symbol);
        if (!isDictated && (IsUnresolved(symbol) || IsEndOfTask(function, symbol, semantics)))
            return null;
        var identifier = function is MethodDeclarationSyntax method ? method.Identifier : ((LocalFunctionStatementSyntax)function).Identifier;
        var mustBe = isDictated || EventHandlers.HasShape(symbol, model) || model.HandOvers.Of(function, semantics, cancellation).Any(IsSubscription);
        return new AsyncVoid(function, symbol, identifier, mustBe, null);
    }

    /// <summary>Whether a delegate is subscribed to an event, or to a member that is used like one, or goes where nobody can tell.</summary>
    private static bool IsSubscription(HandOver handOver) => handOver.Delegate is null || EventHandlers.IsSubscription(handOver.Receiver);

    /// <summary>Whether a tool has written the other part of a partial method.</summary>
    private bool IsPartOfGenerated(IMethodSymbol method) =>
        method.PartialDefinitionPart is { } definition
        && definition.DeclaringSyntaxReferences.Any(reference => GeneratedFiles.IsGenerated(reference.SyntaxTree, model.Options));

    /// <summary>Whether a function is there to await a task for those who forget it: <c>async void Forget(this Task task)</c>, from which no exception gets out.</summary>
    private bool IsEndOfTask(SyntaxNode function, IMethodSymbol symbol, SemanticModel semantics) =>
        symbol.Parameters.Any(parameter => model.Awaitables.ResultOf(parameter.Type) is not null)
        && model.CaughtExceptions.KeepsAll(function, semantics);

    /// <summary>Whether a parameter, a base or an interface is not known, so that it may be a handler, or implement something.</summary>
    private static bool IsUnresolved(IMethodSymbol method)
    {
        if (method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Error))
            return true;
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
            return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.TypeKind == TypeKind.Error || type.AllInterfaces.Any(implemented => implemented.TypeKind == TypeKind.Error))
                return true;
        }

        return false;
    }
}
