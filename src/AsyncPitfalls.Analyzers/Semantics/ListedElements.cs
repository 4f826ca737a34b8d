using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>The elements of collections that are written out: <c>new[] { a, b }</c>, <c>new List&lt;T&gt; { a, b }</c>, <c>[a, b]</c>, <c>params</c>.</summary>
internal static class ListedElements
{
    // ICollectionExpressionOperation and ISpreadOperation are newer than the Roslyn this is compiled against.
    public const OperationKind CollectionExpression = (OperationKind)0x7f;
    private const OperationKind Spread = (OperationKind)0x80;

    /// <summary>The elements that an operation lists; null where it lists none, or also takes in another collection.</summary>
    public static ImmutableArray<IOperation>? Of(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        if (operation.Kind == CollectionExpression)
        {
            var elements = operation.ChildOperations.ToImmutableArray();
            return elements.Any(element => element.Kind == Spread) ? null : elements;
        }

        return operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } => Added(initializer),
            _ => null,
        };
    }

    /// <summary>What a collection expression is made of, in order: elements, and collections that are spread out. Null for all other operations.</summary>
    public static ImmutableArray<(IOperation Value, bool IsSpread)>? PartsOf(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation.Kind != CollectionExpression
            ? null
            : operation.ChildOperations.Select(element => element.Kind == Spread ? (element.ChildOperations.First(), true) : (element, false)).ToImmutableArray();
    }

    /// <summary>Whether an operation is a collection that is written out, or a part of one between it and its elements.</summary>
    public static bool IsListing(IOperation operation) =>
        operation is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation || operation.Kind == CollectionExpression;

    /// <summary>Whether an operation is a collection expression: <c>[a, b]</c>.</summary>
    public static bool IsCollectionExpression(IOperation operation) => operation.Kind == CollectionExpression;

    private static ImmutableArray<IOperation>? Added(IObjectOrCollectionInitializerOperation initializer)
    {
        var elements = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var added in initializer.Initializers)
        {
            if (added is not IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 } call)
                return null;
            elements.Add(call.Arguments[0].Value);
        }

        return elements.ToImmutable();
    }
}
