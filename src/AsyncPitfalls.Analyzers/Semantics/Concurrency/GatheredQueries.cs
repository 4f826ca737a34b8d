using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Queries that make a task of each element, and whether all of these are started before any is awaited: <c>Task.WhenAll</c>,
/// <c>ToList</c> and their like take the whole query; a <c>foreach</c> that awaits each has one task at a time.
/// </summary>
internal sealed class GatheredQueries(AsyncModel model)
{
    private const int Farthest = 6;

    /// <summary>Whether a call gets a function that makes tasks, and starts, or lets somebody start, all of them at once.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">Its parameter that takes the function.</param>
    public bool StartsTogether(IInvocationOperation call, IParameterSymbol parameter)
    {
        if (parameter.Type is not INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var made } || !IsTaskOrTasks(made))
            return false;
        if (call.TargetMethod.Name == "ConvertAll")
            return call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Array || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.ListOfT);
        return KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable) && call.TargetMethod.Name switch
        {
            "Select" or "SelectMany" or "Zip" or "Join" or "GroupJoin" => IsTakenWhole(call, Farthest),
            "ToDictionary" or "ToLookup" => true,
            _ => false,
        };
    }

    private bool IsTaskOrTasks(ITypeSymbol type) =>
        model.Awaitables.ResultOf(type) is not null || model.TaskBatches.ElementOf(type) is { } element && model.Awaitables.ResultOf(element) is not null;

    /// <summary>Whether somebody takes all elements of a query before the first is awaited.</summary>
    private bool IsTakenWhole(IOperation query, int steps)
    {
        if (steps == 0)
            return false;
        for (var (inner, outer) = (query, query.Parent); ; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IConversionOperation or IParenthesizedOperation or ITranslatedQueryOperation or ICoalesceOperation or IConditionalOperation or IConditionalAccessOperation:
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return Takes(call) || KeepsTasks(call) && IsTakenWhole(call, steps - 1);
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    return KnownTypes.SameOrBelow(creation.Type, model.Types.CollectionInterfaceOfT) || KnownTypes.SameOrBelow(creation.Type, model.Types.ReadOnlyCollectionOfT);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return model.TaskFates.ReadsOf(local, query).Any(read => IsTakenWhole(read, steps - 1));
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == inner:
                    return model.TaskFates.ReadsOf(local, query).Any(read => IsTakenWhole(read, steps - 1));
                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation lambda } }:
                    return HandOvers.At(lambda) is { Receiver: IInvocationOperation { TargetMethod.Name: "SelectMany" } flattened } && IsTakenWhole(flattened, steps - 1);
                case null:
                    return false;
                default:
                    return outer.Parent is { } listed && ListedElements.PartsOf(listed)?.Any(part => part.IsSpread && part.Value == inner) == true;
            }
        }
    }

    /// <summary>Whether a call takes all elements of the query that it gets, without awaiting one in between.</summary>
    private bool Takes(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "WhenAll" or "WhenAny" or "WhenEach" or "WaitAll" or "WaitAny" => model.Awaitables.IsTask(method.ContainingType) || method.IsExtensionMethod && model.Awaitables.ResultOf(method.ReturnType) is not null,
            "ToList" or "ToArray" or "ToHashSet" or "ToDictionary" or "ToLookup" or "Chunk" => KnownTypes.Same(method.ContainingType, model.Types.Enumerable),
            "ToImmutableArray" or "ToImmutableList" or "CreateRange" => true,
            "AddRange" => call.Instance is { } instance && KnownTypes.SameOrBelow(instance.Type, model.Types.PlainEnumerable),
            _ => false,
        };
    }

    /// <summary>Whether a call makes another query of the same tasks.</summary>
    private bool KeepsTasks(IInvocationOperation call) =>
        KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable) && call.Type is { } type && IsTaskOrTasks(type);
}
