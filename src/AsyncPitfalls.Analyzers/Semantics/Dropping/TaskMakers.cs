using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which expressions make a task or other awaitable, and do not only hand over one that somebody holds.</summary>
internal sealed class TaskMakers(AsyncModel model)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> extended = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamespaceSymbol, ImmutableArray<IMethodSymbol>> awaiters = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether an expression is a call that makes an awaitable. Not what passes on a task in another form
    /// (<c>ConfigureAwait</c>), takes one out of where it is kept (<c>queue.Dequeue()</c>, <c>Interlocked.Exchange</c>), or only
    /// sets up an awaitable builder (<c>request.WithHeader(…)</c>).
    /// </summary>
    public bool Makes(IOperation operation) =>
        operation is IInvocationOperation call
        && IsAwaitable(call.Type)
        && model.Awaitables.Behind(call) == call
        && !HandsOver(call.TargetMethod)
        && !SetsUp(call);

    /// <summary>Whether a type can be awaited, also through an extension <c>GetAwaiter</c> that comes with the type.</summary>
    public bool IsAwaitable(ITypeSymbol? type) =>
        model.Awaitables.ResultOf(type) is not null
        || type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named
            && IsExtended(named.OriginalDefinition);

    private bool IsExtended(INamedTypeSymbol definition) =>
        extended.TryGetValue(definition, out var known) ? known : extended.GetOrAdd(definition, FindExtension(definition));

    /// <summary>
    /// Whether a type gets its awaiter from an extension beside it, or is one of Windows' own asynchronous operations. An
    /// extension from elsewhere, as for <c>Process</c> or <c>TimeSpan</c>, does not make a promise of every such value.
    /// </summary>
    private bool FindExtension(INamedTypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.WindowsAsyncInfo)
        || type.ContainingNamespace is { } beside && AwaitersIn(beside)
            .Any(method => SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type.OriginalDefinition, type) && model.Awaitables.IsAwaiter(method.ReturnType));

    /// <summary>The extensions named <c>GetAwaiter</c> in a namespace.</summary>
    private ImmutableArray<IMethodSymbol> AwaitersIn(INamespaceSymbol beside) => awaiters.TryGetValue(beside, out var known)
        ? known
        : awaiters.GetOrAdd(beside, beside.GetTypeMembers()
            .Where(candidate => candidate is { IsStatic: true, MightContainExtensionMethods: true })
            .SelectMany(candidate => candidate.GetMembers(WellKnownMemberNames.GetAwaiter).OfType<IMethodSymbol>())
            .Where(method => method is { IsExtensionMethod: true, Parameters.Length: 1 })
            .ToImmutableArray());

    /// <summary>
    /// Whether a method returns what it was given: its return type is a type parameter. A delegate makes what it returns,
    /// and so does a method that only calls one: <c>dispatcher.Invoke(() => F())</c>.
    /// </summary>
    private bool HandsOver(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.MethodKind != MethodKind.DelegateInvoke
            && definition.ReturnType is ITypeParameterSymbol returned
            && !(returned.TypeParameterKind == TypeParameterKind.Method && IsGivenMaker(definition, returned))
            || GivesOld(definition);
    }

    private bool IsGivenMaker(IMethodSymbol definition, ITypeParameterSymbol made)
    {
        foreach (var parameter in definition.Parameters)
        {
            if (IsMakerOf(parameter, made))
                return true;
        }

        return false;
    }

    /// <summary>Whether a method returns what a variable has held that is passed by reference.</summary>
    private static bool GivesOld(IMethodSymbol definition)
    {
        foreach (var parameter in definition.Parameters)
        {
            if (parameter.RefKind == RefKind.Ref && SymbolEqualityComparer.Default.Equals(parameter.Type, definition.ReturnType))
                return true;
        }

        return false;
    }

    private bool IsMakerOf(IParameterSymbol parameter, ITypeParameterSymbol made) =>
        parameter.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
        && SymbolEqualityComparer.Default.Equals(invoke.ReturnType, made)
        && invoke.Parameters.All(given => KnownTypes.Same(given.Type, model.Types.CancellationToken));

    /// <summary>Whether a call on an awaitable of a library's own returns one again: a fluent builder, which somebody else awaits or starts.</summary>
    private bool SetsUp(IInvocationOperation call) =>
        IsBuilder(call.Type)
        && (call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null)) is { } receiver
        && IsBuilder(ConditionalAccesses.Receiver(receiver)?.Type)
        && IsAwaitable(ConditionalAccesses.Receiver(receiver)?.Type);

    private bool IsBuilder(ITypeSymbol? type) => !model.Awaitables.IsTaskOrValueTask(type) && !model.Awaitables.IsConfigured(type);
}
