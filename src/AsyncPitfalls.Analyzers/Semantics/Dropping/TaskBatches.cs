using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Several tasks that one expression makes: a query, or a collection that is written out.</summary>
/// <param name="Maker">The query's <c>Select</c>, the query expression, or the creation.</param>
/// <param name="Value">The whole expression that has them, with what is called on the query: <c>xs.Select(FAsync).ToList()</c>.</param>
/// <param name="IsLazy">Whether the tasks are made only when somebody enumerates it.</param>
internal sealed record TaskBatch(IOperation Maker, IOperation Value, bool IsLazy);

/// <summary>Queries and collections of tasks, and whether a local that holds one is only filled.</summary>
internal sealed class TaskBatches(AsyncModel model)
{
    private readonly ConditionalWeakTable<ILocalSymbol, StrongBox<bool>> filled = new();

    /// <summary>The batch that an operation makes; null where it makes none, or only one out of tasks that there are already.</summary>
    public TaskBatch? Of(IOperation operation)
    {
        if (operation is { IsImplicit: true, Parent: not IVariableInitializerOperation } || !MakesSeveral(operation))
            return null;
        var value = Whole(operation);
        var query = value;
        while (query is IConversionOperation conversion)
            query = conversion.Operand;
        return new TaskBatch(operation, value, IsLazyType(query.Type));
    }

    /// <summary>
    /// The local that a task is added to, where that is a collection of the function's own that is only ever filled, so that
    /// nobody awaits what is in it; null for all other tasks.
    /// </summary>
    public ILocalSymbol? OnlyFilled(IOperation task, CancellationToken cancellation)
    {
        var value = task;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return FilledWith(value) is ILocalReferenceOperation { Local: var local } reference
            && IsOnlyFilled(local, task)
            && model.AssignedValues.Of(reference, cancellation)?.All(IsNewCollection) == true
                ? local
                : null;
    }

    private bool IsOnlyFilled(ILocalSymbol local, IOperation task) =>
        (filled.TryGetValue(local, out var known) ? known : FindFilled(local, task)).Value;

    private StrongBox<bool> FindFilled(ILocalSymbol local, IOperation task) =>
        filled.GetValue(local, key => new StrongBox<bool>(model.TaskFates.MentionsOf(key, task).All(IsOnlyFilling)));

    /// <summary>Whether a mention of a collection neither reads what is in it nor hands it on: an assignment of it or of an element, <c>Add</c>, <c>Count</c>.</summary>
    public bool IsOnlyFilling(IOperation mention) => mention.Parent switch
    {
        ISimpleAssignmentOperation => TaskEvents.IsTarget(mention),
        INameOfOperation => true,
        IInvocationOperation call => call.Instance == mention && IsFilling(call),
        IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "Capacity" } => true,
        IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } =>
            mention.Parent.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment && assignment.Target == mention.Parent,
        _ => false,
    };

    /// <summary>The collection that a value is added to, or becomes an element of; null where a value goes elsewhere.</summary>
    private IOperation? FilledWith(IOperation value) => value.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => IsFilling(call) ? call.Instance : null,
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation element } assignment when assignment.Value == value => element.ArrayReference,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } element } assignment when assignment.Value == value && IsPlain(element.Instance) =>
            element.Instance,
        _ => null,
    };

    private bool IsFilling(IInvocationOperation call) =>
        call.TargetMethod.Name is "Add" or "AddRange" or "AddFirst" or "AddLast" or "Insert" or "Enqueue" or "Push" or "TryAdd" or "Clear" or "EnsureCapacity"
        && IsPlain(call.Instance);

    private bool IsPlain(IOperation? collection) => model.Types.PlainCollections.Any(plain => KnownTypes.Same(collection?.Type, plain));

    private static bool IsNewCollection(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IObjectCreationOperation or IArrayCreationOperation || ListedElements.PartsOf(value) is not null;
    }

    private bool MakesSeveral(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsSelection(call),
        ITranslatedQueryOperation query => SelectionIn(query.Operation),
        IArrayCreationOperation or IObjectCreationOperation { Initializer: not null } => ListsTasks(operation),
        _ => ListedElements.PartsOf(operation) is not null && ListsTasks(operation),
    };

    private bool ListsTasks(IOperation creation) =>
        ListedElements.Of(creation) is { } elements && IsAnyTask(elements)
        || ListedElements.PartsOf(creation) is { } parts && parts.Any(part => !part.IsSpread && MakesTask(part.Value));

    private bool IsAnyTask(ImmutableArray<IOperation> elements)
    {
        foreach (var element in elements)
        {
            if (MakesTask(element))
                return true;
        }

        return false;
    }

    private bool MakesTask(IOperation element) => model.TaskMakers.Makes(model.Awaitables.Behind(element));

    /// <summary>Whether the calls of a translated query select tasks that they make.</summary>
    private bool SelectionIn(IOperation query) =>
        query is IInvocationOperation call && (IsSelection(call) || call.Arguments.Length > 0 && SelectionIn(call.Arguments[0].Value));

    private bool IsSelection(IInvocationOperation call) =>
        call.TargetMethod.Name is "Select" or "SelectMany" or "Zip" or "Join" or "GroupJoin"
        && (KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable) || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.ParallelEnumerable))
        && HasTasks(call.Type)
        && call.Arguments.Any(argument => MakesTasks(argument.Value));

    /// <summary>Whether a delegate makes the task that it returns.</summary>
    private bool MakesTasks(IOperation selector)
    {
        while (selector is IConversionOperation conversion)
            selector = conversion.Operand;
        return (selector as IDelegateCreationOperation)?.Target switch
        {
            IMethodReferenceOperation { Method: var method } => model.TaskMakers.IsAwaitable(method.ReturnType) && method.OriginalDefinition.ReturnType is not ITypeParameterSymbol,
            IAnonymousFunctionOperation { Symbol.IsAsync: true } => true,
            IAnonymousFunctionOperation lambda => OwnOperations.Of(lambda.Body).OfType<IReturnOperation>()
                .Any(returned => returned.ReturnedValue is { } value && model.TaskMakers.Makes(model.Awaitables.Behind(value))),
            _ => false,
        };
    }

    /// <summary>The expression that a query goes on to, as long as it keeps its tasks.</summary>
    private IOperation Whole(IOperation query)
    {
        var value = query;
        while (true)
        {
            switch (value.Parent)
            {
                case IParenthesizedOperation or IConversionOperation or ITranslatedQueryOperation:
                    value = value.Parent;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } argument
                    when call.Arguments[0] == argument && HasTasks(call.Type):
                    value = call;
                    break;
                default:
                    return value;
            }
        }
    }

    private bool HasTasks(ITypeSymbol? type) => model.TaskMakers.IsAwaitable(ElementOf(type));

    /// <summary>What a collection or query of one type parameter has; null for all other types.</summary>
    public ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named when KnownTypes.SameOrBelow(named, model.Types.EnumerableOfT) => named.TypeArguments[0],
        _ => null,
    };

    private bool IsLazyType(ITypeSymbol? type) =>
        type is not IArrayTypeSymbol
        && !KnownTypes.SameOrBelow(type, model.Types.CollectionInterfaceOfT)
        && !KnownTypes.SameOrBelow(type, model.Types.ReadOnlyCollectionOfT);
}
