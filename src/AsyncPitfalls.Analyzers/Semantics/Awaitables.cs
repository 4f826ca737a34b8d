using System;
using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What can be awaited, and what that yields.</summary>
internal sealed class Awaitables(AsyncModel model)
{
    private readonly ConcurrentDictionary<ITypeSymbol, Traits> traits = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> taskLike = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, ITypeSymbol?> results = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> awaiters = new(SymbolEqualityComparer.Default);

    /// <summary>What the definition of a type tells, whatever its type arguments are.</summary>
    [Flags]
    private enum Traits
    {
        None = 0,

        /// <summary>It is <c>Task</c>, or derives from it.</summary>
        IsTask = 1,

        IsValueTask = 2,

        /// <summary>It, or a type above it, has a member named <c>GetAwaiter</c>.</summary>
        MayHaveAwaiter = 4,
    }

    /// <summary>Whether a type is <c>Task</c>, <c>Task&lt;T&gt;</c> or derives from them.</summary>
    public bool IsTask(ITypeSymbol? type) => (TraitsOf(type) & Traits.IsTask) != 0;

    /// <summary>Whether a type is <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    public bool IsValueTask(ITypeSymbol? type) => (TraitsOf(type) & Traits.IsValueTask) != 0;

    /// <summary>Whether a type is one of the framework's tasks.</summary>
    public bool IsTaskOrValueTask(ITypeSymbol? type) => (TraitsOf(type) & (Traits.IsTask | Traits.IsValueTask)) != 0;

    /// <summary>Whether a type is what an async method can return: a task of the framework, or a type with a builder of its own.</summary>
    public bool IsTaskLike(ITypeSymbol? type) => type is not null && IsAtAll(type) && IsDefinitionTaskLike(type.OriginalDefinition);

    /// <summary>Whether a type is what <c>ConfigureAwait</c> makes of a task.</summary>
    public bool IsConfigured(ITypeSymbol? type) =>
        KnownTypes.Same(type, model.Types.ConfiguredTaskAwaitable)
        || KnownTypes.Same(type, model.Types.ConfiguredTaskAwaitableOfT)
        || KnownTypes.Same(type, model.Types.ConfiguredValueTaskAwaitable)
        || KnownTypes.Same(type, model.Types.ConfiguredValueTaskAwaitableOfT);

    /// <summary>
    /// What <c>await</c> yields for a type with an instance <c>GetAwaiter</c>: <c>void</c> for a plain task, null where the
    /// type has no awaiter of its own. See <see cref="ResultAt"/> for extension awaiters.
    /// </summary>
    public ITypeSymbol? ResultOf(ITypeSymbol? type)
    {
        if (type is null || (TraitsOf(type) & Traits.MayHaveAwaiter) == 0)
            return null;
        return results.TryGetValue(type, out var result) ? result : results.GetOrAdd(type, FindResult(type));
    }

    /// <summary>
    /// What <c>await</c> yields for a type at a place, where extension methods named <c>GetAwaiter</c> that are in scope
    /// count too; null where the type cannot be awaited there.
    /// </summary>
    public ITypeSymbol? ResultAt(ITypeSymbol? type, SemanticModel semantics, int position)
    {
        if (type is null || type.TypeKind is TypeKind.Error or TypeKind.Dynamic || type.SpecialType == SpecialType.System_Void)
            return null;
        if (ResultOf(type) is { } own)
            return own;
        return semantics.LookupSymbols(position, type, WellKnownMemberNames.GetAwaiter, includeReducedExtensionMethods: true)
            .OfType<IMethodSymbol>()
            .Where(method => method.ReducedFrom is not null && method.Parameters.IsEmpty)
            .Select(method => ResultOfAwaiter(method.ReturnType))
            .FirstOrDefault(result => result is not null);
    }

    /// <summary>Whether a type is what <c>GetAwaiter</c> returns: it is told of completion and has the result.</summary>
    public bool IsAwaiter(ITypeSymbol? type) => type is not null && ResultOfAwaiter(type) is not null;

    /// <summary>Whether a type has an awaiter of its own, or is one.</summary>
    public bool IsAwaitableOrAwaiter(ITypeSymbol? type) =>
        ResultOf(type) is not null
        || type is not null && IsAtAll(type) && (awaiters.TryGetValue(type, out var isAwaiter) ? isAwaiter : awaiters.GetOrAdd(type, IsAwaiter(type)));

    /// <summary>Whether an expression is awaited where it stands, also through <c>ConfigureAwait</c> and the like: what becomes of nearly every task.</summary>
    public bool IsAwaitedInPlace(IOperation task)
    {
        var value = task;
        while (value.Parent is IInvocationOperation call && call.Instance == value && IsSameTask(call.TargetMethod))
            value = call;
        return value.Parent is IAwaitOperation;
    }

    /// <summary>
    /// The task behind an expression: conversions, parentheses, <c>ConfigureAwait</c>, <c>AsTask</c>, <c>Preserve</c> and
    /// <c>WaitAsync</c> are taken off, so that <c>t</c> is found in <c>t.AsTask().ConfigureAwait(false)</c>.
    /// </summary>
    /// <param name="operation">The expression.</param>
    /// <param name="throughWaitAsync">Whether <c>WaitAsync</c> is taken off; the task that it returns may complete, by a time-out, when the task behind it has not.</param>
    public IOperation Behind(IOperation operation, bool throughWaitAsync = true)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IInvocationOperation { Instance: { } instance } call
                    when IsSameTask(call.TargetMethod) && (throughWaitAsync || call.TargetMethod.Name != "WaitAsync"):
                    operation = instance;
                    break;
                case IInvocationOperation { TargetMethod.IsExtensionMethod: true } call
                    when KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.TaskAsyncEnumerableExtensions):
                    operation = call.Arguments[0].Value;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>Whether a method of a task returns that same task in another form: <c>ConfigureAwait</c>, <c>AsTask</c>, <c>Preserve</c>, <c>WaitAsync</c>.</summary>
    private bool IsSameTask(IMethodSymbol method) =>
        method.Name is "ConfigureAwait" or "AsTask" or "Preserve" or "WaitAsync"
        && IsTaskOrValueTask(method.ContainingType);

    /// <summary>Whether a type may be an awaitable or awaiter at all. Nearly all values are of a type of which this can be told at a glance.</summary>
    private static bool IsAtAll(ITypeSymbol type) =>
        type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.TypeParameter };

    private Traits TraitsOf(ITypeSymbol? type)
    {
        if (type is null || !IsAtAll(type))
            return Traits.None;
        var definition = type.OriginalDefinition;
        return traits.TryGetValue(definition, out var known) ? known : traits.GetOrAdd(definition, FindTraits(definition));
    }

    private Traits FindTraits(ITypeSymbol definition) =>
        (KnownTypes.SameOrBelow(definition, model.Types.Task) ? Traits.IsTask : Traits.None)
        | (KnownTypes.Same(definition, model.Types.ValueTask) || KnownTypes.Same(definition, model.Types.ValueTaskOfT) ? Traits.IsValueTask : Traits.None)
        | (MayHaveAwaiter(definition) ? Traits.MayHaveAwaiter : Traits.None);

    private static bool MayHaveAwaiter(ITypeSymbol definition)
    {
        var first = definition is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.FirstOrDefault() : definition;
        for (var current = first; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(WellKnownMemberNames.GetAwaiter).IsEmpty)
                return true;
        }

        return definition.AllInterfaces.Any(implemented => !implemented.GetMembers(WellKnownMemberNames.GetAwaiter).IsEmpty);
    }

    private bool IsDefinitionTaskLike(ITypeSymbol definition) => taskLike.TryGetValue(definition, out var known)
        ? known
        : taskLike.GetOrAdd(
            definition,
            IsTaskOrValueTask(definition) || definition is INamedTypeSymbol named && Inheritance.HasAttribute(named, model.Types.AsyncMethodBuilderAttribute));

    private ITypeSymbol? FindResult(ITypeSymbol type)
    {
        var current = type is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.FirstOrDefault() : type;
        for (; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMemberNames.GetAwaiter))
            {
                if (member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true, TypeParameters.IsEmpty: true } method
                    && ResultOfAwaiter(method.ReturnType) is { } result)
                    return result;
            }
        }

        return type.AllInterfaces
            .SelectMany(implemented => implemented.GetMembers(WellKnownMemberNames.GetAwaiter).OfType<IMethodSymbol>())
            .Where(method => method.Parameters.IsEmpty && type.TypeKind is TypeKind.Interface or TypeKind.TypeParameter)
            .Select(method => ResultOfAwaiter(method.ReturnType))
            .FirstOrDefault(result => result is not null);
    }

    /// <summary>What an awaiter's <c>GetResult</c> returns; null where the type lacks the awaiter's members.</summary>
    private ITypeSymbol? ResultOfAwaiter(ITypeSymbol awaiter)
    {
        if (!KnownTypes.SameOrBelow(awaiter, model.Types.NotifyCompletion))
            return null;
        for (ITypeSymbol? current = awaiter; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMemberNames.GetResult))
            {
                if (member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true } method)
                    return method.ReturnType;
            }
        }

        return null;
    }
}
