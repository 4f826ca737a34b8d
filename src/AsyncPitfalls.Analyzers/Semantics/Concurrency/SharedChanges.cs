using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A change of state that several runs of a function make at the same time.</summary>
/// <param name="Change">The operation that changes it.</param>
/// <param name="Target">What is changed: the counter, or the collection.</param>
/// <param name="IsCollection">Whether it is a collection that is changed; else a value is read, and written back changed.</param>
/// <param name="Run">Which runs these are.</param>
internal sealed record SharedChange(IOperation Change, IOperation Target, bool IsCollection, ConcurrentRun Run);

/// <summary>
/// Changes that are lost or do harm when two functions make them at once: of a collection that is not thread-safe, and of a
/// variable whose new value depends on its old one.
/// </summary>
internal sealed class SharedChanges(AsyncModel model)
{
    private readonly UnsafeCollections collections = new(model);
    private readonly DistinctElements elements = new();
    private readonly ConcurrentRuns runs = new(model);

    /// <summary>The kinds of operations that may be such a change.</summary>
    public static readonly OperationKind[] Kinds =
    [
        OperationKind.Increment, OperationKind.Decrement, OperationKind.CompoundAssignment, OperationKind.SimpleAssignment, OperationKind.Invocation, OperationKind.MethodReference,
    ];

    /// <summary>The shared change that an operation is; null where it is none, or nothing else runs beside it.</summary>
    public SharedChange? Of(IOperation operation, CancellationToken cancellation)
    {
        if (!MayBe(operation) || !ConcurrentRuns.MayHave(operation.Syntax.SyntaxTree, cancellation))
            return null;
        var (target, isCollection) = Changed(operation, cancellation);
        if (target is null || VariableOf(target) is not { } variable || IsOwn(variable, target, isCollection) || model.Unexecuted.Holds(operation))
            return null;
        return (operation is IMethodReferenceOperation group ? runs.Of(group, variable, cancellation) : runs.Of(operation, variable, cancellation)) is { } run ? new SharedChange(operation, target, isCollection, run) : null;
    }

    /// <summary>A cheap question that most operations answer with no.</summary>
    private static bool MayBe(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: var target, Value: var value } => target is IPropertyReferenceOperation { Property.IsIndexer: true }
            || target is ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation
            && Unconverted(value) is IBinaryOperation or IInvocationOperation,
        IInvocationOperation call => call.Instance is not null || call.TargetMethod.IsExtensionMethod,
        IMethodReferenceOperation group => group.Instance is not null,
        _ => true,
    };

    private (IOperation? Target, bool IsCollection) Changed(IOperation operation, CancellationToken cancellation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                return (collections.ChangedBy(call, cancellation), true);
            case IMethodReferenceOperation group:
                return (collections.ChangedBy(group, cancellation), true);
            case IIncrementOrDecrementOperation { Target: var counter }:
                return Written(counter, cancellation);
            case ICompoundAssignmentOperation { Target: var counter }:
                return Written(counter, cancellation);
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } element }:
                return elements.AreDistinct(element) ? default : (collections.IndexedBy(element, cancellation), true);
            case ISimpleAssignmentOperation assignment:
                return DependsOnItself(assignment) ? (assignment.Target, false) : default;
            default:
                return default;
        }
    }

    /// <summary>What <c>target++</c> changes: a variable, an element that others may change too, or a collection.</summary>
    private (IOperation? Target, bool IsCollection) Written(IOperation target, CancellationToken cancellation)
    {
        if (target is IPropertyReferenceOperation { Property.IsIndexer: true })
            return (collections.IndexedBy(target, cancellation), true);
        return target is IArrayElementReferenceOperation element && !elements.AreShared(element) ? default : (target, false);
    }

    private ISymbol? VariableOf(IOperation target)
    {
        var root = SharedVariables.RootOf(target is IArrayElementReferenceOperation element ? element.ArrayReference : target);
        return root is IFieldSymbol field && model.ThreadBoundValues.IsThreadStatic(field.OriginalDefinition) ? null : root;
    }

    /// <summary>Whether a variable belongs to the function that changes it, so that each run has one; several may be given the same collection.</summary>
    private static bool IsOwn(ISymbol variable, IOperation target, bool isCollection) =>
        (variable is ILocalSymbol && target.Parent is not IMethodReferenceOperation || !isCollection && target is IParameterReferenceOperation)
        && Variables.AreOwn(variable, target.Syntax);

    /// <summary>Whether an assigned value is made of the variable's old one: <c>n = n + 1</c>, <c>max = Math.Max(max, x)</c>, <c>list = list.Add(x)</c>.</summary>
    private bool DependsOnItself(ISimpleAssignmentOperation assignment)
    {
        if (Variables.SymbolOf(assignment.Target) is not { } variable)
            return false;
        return Unconverted(assignment.Value) switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide
                or BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr } sum => Reads(sum.LeftOperand, variable) || Reads(sum.RightOperand, variable),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Max" or "Min", ContainingType: var type } } call when KnownTypes.Same(type, model.Types.Math) =>
                ReadsInAny(call.Arguments, variable),
            IInvocationOperation { Instance: { } instance, Type: var type } when KnownTypes.Same(type, model.Types.ImmutableCollections) => Reads(instance, variable),
            _ => false,
        };
    }

    private static bool Reads(IOperation operand, ISymbol variable) => Unconverted(operand) switch
    {
        IBinaryOperation sum => Reads(sum.LeftOperand, variable) || Reads(sum.RightOperand, variable),
        IInvocationOperation { Instance: { } instance } call when SymbolEqualityComparer.Default.Equals(call.Type, instance.Type) => Reads(instance, variable),
        var read => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(read), variable),
    };

    private static bool ReadsInAny(ImmutableArray<IArgumentOperation> arguments, ISymbol variable)
    {
        foreach (var argument in arguments)
        {
            if (Reads(argument.Value, variable))
                return true;
        }

        return false;
    }

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        return value;
    }
}
