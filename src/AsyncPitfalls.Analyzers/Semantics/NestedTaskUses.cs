using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Follows one task of a task to all that it comes to, through variables, collections, queries and continuations, and
/// asks whether anybody may observe the task inside. Made anew for each question.
/// </summary>
internal sealed class NestedTaskUses(AsyncModel model, NestedTypes types)
{
    private readonly HashSet<object> followed = [];
    private TaskDestination? loss;

    /// <summary>The first place where only the outer task is looked at, or where it is dropped; null where somebody may observe the inner one.</summary>
    public TaskDestination? LossOf(IOperation outer) => IsObserved(outer) ? null : loss ?? model.TaskFates.DestinationOf(outer);

    /// <summary>Whether somebody may observe the inner task of a value.</summary>
    private bool IsObserved(IOperation? outer) =>
        outer is null || followed.Add(outer) && model.TaskFates.UsesOf(outer).Any(IsObservedAt);

    private bool IsObservedIn(ISymbol variable, IOperation around) =>
        followed.Add(variable) && model.TaskFates.ReadsOf(variable, around).ToList().Any(IsObserved);

    private bool IsObservedAt(TaskDestination use)
    {
        switch (use.End, use.Place)
        {
            case (TaskEnd.Dropped or TaskEnd.Discarded, _):
                return Lost(use);
            case (TaskEnd.Awaited, { } await):
                return IsInnerObserved(await, use);
            case (TaskEnd.WaitedFor, IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetAwaiter, Parent: { } result }):
                return IsInnerObserved(result, use);
            case (TaskEnd.WaitedFor, IInvocationOperation):
                return Lost(use);
            case (TaskEnd.WaitedFor or TaskEnd.Inspected, IPropertyReferenceOperation property):
                return IsObservedIn(property, use);
            case (TaskEnd.Inspected, _):
                return use.Place is not (IInvocationOperation or IBinaryOperation or IInterpolationOperation);
            case (TaskEnd.Returned, { } statement):
                return IsObservedByCaller(statement, use);
            case (_, IInvocationOperation call):
                return IsObservedIn(call, use);
            case (_, IArgumentOperation { Parent: { } receiver }):
                return types.IsPlain(use.Value?.Type) ? Lost(use) : IsObservedBy(receiver, use);
            default:
                return types.IsPlain(use.Value?.Type) ? Lost(use) : IsObservedInHolder(use);
        }
    }

    private bool Lost(TaskDestination use)
    {
        loss ??= use;
        return false;
    }

    /// <summary>Whether somebody may observe what an await or wait for the outer task yields.</summary>
    private bool IsInnerObserved(IOperation result, TaskDestination use) =>
        types.IsTasks(result.Type) && model.TaskFates.UsesOf(result).Any(further => further.End is not (TaskEnd.Dropped or TaskEnd.Discarded)) || Lost(use);

    private bool IsObservedIn(IPropertyReferenceOperation property, TaskDestination use) => property switch
    {
        { Property.Name: "Result" } when !types.IsNested(property.Type) => IsInnerObserved(property, use),
        _ when types.IsNested(property.Type) => !TaskEvents.IsTarget(property) && IsObserved(property),
        _ when types.IsPlain(property.Type) => Lost(use),
        _ => use.End != TaskEnd.Inspected && property.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Boolean),
    };

    /// <summary>Whether a call on a task of a task, or on a collection of them, may observe the inner one.</summary>
    private bool IsObservedIn(IInvocationOperation call, TaskDestination use)
    {
        if (call.TargetMethod.Name == "ContinueWith" && KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.Task))
            return IsObservedByLambdas(call, task => types.IsTasks(task)) || Lost(use);
        return types.IsCollectionOfNested(call.Instance?.Type)
            ? IsObservedInCollection(call)
            : !types.IsPlain(call.Instance?.Type) || Lost(use);
    }

    /// <summary>Whether who is given a task of a task as such may observe the inner one.</summary>
    private bool IsObservedBy(IOperation receiver, TaskDestination use)
    {
        if (receiver is not IInvocationOperation call)
            return true;
        var method = call.TargetMethod;
        if (KnownTypes.Same(method.ContainingType, model.Types.Task))
            return method.Name switch { "WhenAll" => IsObserved(call), "WaitAll" => Lost(use), _ => true };
        if (KnownTypes.Same(method.ContainingType, model.Types.Enumerable) || KnownTypes.Same(method.ContainingType, model.Types.ParallelEnumerable))
            return IsObservedInCollection(call);
        return !IsAddition(method) || call.Instance switch
        {
            ILocalReferenceOperation { Local: var list } when types.IsCollectionOfNested(list.Type) => IsObservedIn(list, call),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => IsObserved(call.Parent?.Parent),
            _ => true,
        };
    }

    private static bool IsAddition(IMethodSymbol method) =>
        method.Name is "Add" or "AddRange" or "Insert" or "Enqueue" or "Push" or "AddFirst" or "AddLast" or "TryAdd";

    /// <summary>Whether a method of a collection or query of tasks of tasks may observe an inner one: its lambdas, or whoever gets its result.</summary>
    private bool IsObservedInCollection(IInvocationOperation call)
    {
        if (IsAddition(call.TargetMethod))
            return false;
        if (IsObservedByLambdas(call, types.IsNested))
            return true;
        if (types.IsNested(call.Type))
            return IsObserved(call);
        return call.Type?.SpecialType is not (SpecialType.System_Void or SpecialType.System_Int32 or SpecialType.System_Boolean) && !HasLambdas(call);
    }

    private static bool HasLambdas(IInvocationOperation call) => call.Arguments.Any(argument => LambdaOf(argument.Value) is not null);

    /// <summary>Whether the functions that a call is given may observe what they are given: one that is no lambda may.</summary>
    private bool IsObservedByLambdas(IInvocationOperation call, System.Func<ITypeSymbol, bool> isTask) =>
        call.Arguments.Where(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate).Any(argument =>
            LambdaOf(argument.Value) is not { } lambda
            || lambda.Symbol.Parameters.Where(parameter => isTask(parameter.Type)).Any(parameter => IsObservedIn(parameter, lambda)));

    private static IAnonymousFunctionOperation? LambdaOf(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return (value as IDelegateCreationOperation)?.Target as IAnonymousFunctionOperation;
    }

    /// <summary>Whether the caller may observe the inner task: a query whose lambda returns it is followed.</summary>
    private bool IsObservedByCaller(IOperation statement, TaskDestination use)
    {
        if (types.IsPlain(use.Value?.Type))
            return Lost(use);
        var lambda = statement;
        while (lambda is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            lambda = lambda.Parent;
        return lambda is not IAnonymousFunctionOperation
            || HandOvers.At(lambda)?.Receiver is not IInvocationOperation call
            || !types.IsCollectionOfNested(call.Type)
            || IsObserved(call);
    }

    /// <summary>Whether somebody may observe the inner task of what is put into an array, a collection, a loop, a query or a member.</summary>
    private bool IsObservedInHolder(TaskDestination use) => use.Place switch
    {
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation array } } => IsObservedIn(array.Local, array),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation list } }
            when types.IsCollectionOfNested(list.Type) => IsObservedIn(list.Local, list),
        IArrayInitializerOperation initializer => IsObserved(initializer.Parent),
        IArrayElementReferenceOperation element => !TaskEvents.IsTarget(element) && IsObserved(element),
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var variable } } loop => IsObservedIn(variable, loop),
        ITranslatedQueryOperation query => IsObserved(query),
        var collection when ListedElements.IsCollectionExpression(collection) => IsObserved(collection),
        _ => true,
    };
}
