using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Changes of collections that only one thread at a time may change.
/// See https://learn.microsoft.com/dotnet/standard/collections/thread-safe/.
/// </summary>
internal sealed class UnsafeCollections(AsyncModel model)
{
    private readonly ConcurrentDictionary<ITypeSymbol, bool> types = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> declaring = new(SymbolEqualityComparer.Default);

    /// <summary>The collection that a call changes, as the expression before the dot; null for all other calls.</summary>
    public IOperation? ChangedBy(IInvocationOperation call, CancellationToken cancellation) => ChangedBy(
        call.TargetMethod,
        call.Instance ?? (KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.CollectionExtensions) ? call.Arguments.FirstOrDefault()?.Value : null),
        cancellation);

    /// <summary>The collection that a method group changes when it is called: <c>list</c> in <c>list.Add</c>; null for all other ones.</summary>
    public IOperation? ChangedBy(IMethodReferenceOperation group, CancellationToken cancellation) => ChangedBy(group.Method, group.Instance, cancellation);

    private IOperation? ChangedBy(IMethodSymbol method, IOperation? collection, CancellationToken cancellation) =>
        collection is not null && Changes(method.Name) && IsDeclaredByKnown(method) && IsUnsafe(collection, cancellation) ? collection : null;

    /// <summary>The collection of which an expression names an element by its key or index; null for all other expressions.</summary>
    public IOperation? IndexedBy(IOperation element, CancellationToken cancellation) =>
        element is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } && IsUnsafe(collection, cancellation) ? collection : null;

    /// <summary>Whether a method of this name changes the collection, if a known collection declares it.</summary>
    private static bool Changes(string name) => name switch
    {
        "Add" or "AddRange" or "TryAdd" or "AddFirst" or "AddLast" or "AddBefore" or "AddAfter" => true,
        "Insert" or "InsertRange" or "Push" or "Enqueue" or "EnqueueRange" or "EnqueueDequeue" or "DequeueEnqueue" => true,
        "Remove" or "RemoveAt" or "RemoveAll" or "RemoveRange" or "RemoveFirst" or "RemoveLast" or "RemoveWhere" or "Clear" => true,
        "Pop" or "TryPop" or "Dequeue" or "TryDequeue" or "Move" or "Sort" or "Reverse" or "Set" or "SetAll" => true,
        "UnionWith" or "ExceptWith" or "IntersectWith" or "SymmetricExceptWith" or "TrimExcess" or "EnsureCapacity" => true,
        "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Replace" => true,
        _ => false,
    };

    /// <summary>Whether a method is the framework's: what a derived class declares itself may well take a lock.</summary>
    private bool IsDeclaredByKnown(IMethodSymbol method) =>
        method.IsExtensionMethod
        || IsKnown(method.ContainingType.OriginalDefinition)
        || method.DeclaringSyntaxReferences.IsEmpty && IsUnsafe(method.ContainingType);

    /// <summary>Whether a type is a known collection, one of its bases, or an interface of collections.</summary>
    private bool IsKnown(INamedTypeSymbol type) => declaring.TryGetValue(type, out var known)
        ? known
        : declaring.GetOrAdd(type, model.Types.UnsafeCollections.Any(collection => KnownTypes.SameOrBelow(collection, type)) || IsInterface(type));

    private bool IsInterface(ITypeSymbol type) => model.Types.CollectionInterfaces.Any(known => KnownTypes.Same(type, known));

    private bool IsUnsafe(IOperation collection, CancellationToken cancellation)
    {
        if (collection.Type is not { } type)
            return false;
        var values = ConditionalAccesses.Receiver(collection)!;
        if (IsUnsafe(type))
            return type is INamedTypeSymbol { IsGenericType: true } || model.AssignedValues.Of(values, cancellation)?.Any(IsSynchronized) != true;
        return IsInterface(type)
            && model.AssignedValues.Of(values, cancellation) is { } assigned
            && assigned.All(value => Unconverted(value).Type is { } made && IsUnsafe(made));
    }

    private bool IsUnsafe(ITypeSymbol type) =>
        types.TryGetValue(type, out var known) ? known : types.GetOrAdd(type, KnownTypes.SameOrBelow(type, model.Types.UnsafeCollections) && !OverridesChanges(type));

    /// <summary>Whether a class of the user's overrides what the base calls for each change, where it may take a lock.</summary>
    private static bool OverridesChanges(ITypeSymbol type)
    {
        for (var current = type; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType)
        {
            if (current.GetMembers().Any(member => member is IMethodSymbol { IsOverride: true, Name: "InsertItem" or "SetItem" or "RemoveItem" or "ClearItems" or "OnInsert" or "OnSet" }))
                return true;
        }

        return false;
    }

    /// <summary>What <c>ArrayList.Synchronized</c> and its like return takes a lock for each change.</summary>
    private static bool IsSynchronized(IOperation value) => Unconverted(value) is IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Synchronized" } };

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value;
    }
}
