using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls in loops whose tasks still run when the next turn makes another one.</summary>
internal sealed class RepeatedStarts(AsyncModel model)
{
    /// <summary>
    /// The part of the loop around a call whose variables each turn has of its own; null where there is no loop, or where a
    /// turn awaits its task, waits for it, or gives it to somebody who may.
    /// </summary>
    public SyntaxNode? TurnOf(IInvocationOperation call)
    {
        foreach (var (outer, inner) in OwnOperations.Around(call))
        {
            if (outer is not ILoopOperation loop || inner != loop.Body)
                continue;
            var turn = loop is IForEachLoopOperation ? loop.Syntax : loop.Body.Syntax;
            return IsLeftRunning(call, turn) ? turn : null;
        }

        return OwnOperations.FunctionAround(call) is IAnonymousFunctionOperation lambda && IsBodyOfForEach(lambda) && IsLeftRunning(call, lambda.Syntax)
            ? lambda.Syntax
            : null;
    }

    /// <summary>Whether a lambda is what <c>List&lt;T&gt;.ForEach</c> or <c>Array.ForEach</c> does with each element.</summary>
    private bool IsBodyOfForEach(IAnonymousFunctionOperation lambda) =>
        HandOvers.At(lambda) is { Receiver: IInvocationOperation { TargetMethod: { Name: "ForEach", ContainingType: var type } } }
        && (type.SpecialType == SpecialType.System_Array || KnownTypes.SameOrBelow(type, model.Types.ListOfT));

    private bool IsLeftRunning(IOperation task, SyntaxNode turn)
    {
        var destination = model.TaskFates.DestinationOf(task);
        switch (destination.End)
        {
            case TaskEnd.Dropped or TaskEnd.Discarded:
                return true;
            case TaskEnd.Held when destination.Variable is { } variable:
                var reads = model.TaskFates.ReadsOf(variable, task).Where(read => turn.Span.Contains(read.Syntax.Span)).ToList();
                return reads.All(read => model.TaskFates.DestinationOf(read) is { End: TaskEnd.Inspected } || IsLeftRunning(read, turn));
            case TaskEnd.PassedOn when destination.Place is IArgumentOperation { Parent: IInvocationOperation call }:
                return IsKeptBy(call, turn);
            case TaskEnd.PassedOn when destination.Place is IInvocationOperation { TargetMethod.Name: "ContinueWith" } continuation:
                return IsLeftRunning(continuation, turn);
            case TaskEnd.Stored when destination.Place is ISimpleAssignmentOperation { Target: var target }:
                return target switch
                {
                    IArrayElementReferenceOperation element => IsFromOutside(element.ArrayReference, turn),
                    IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => IsFromOutside(collection, turn),
                    IFieldReferenceOperation => true,
                    _ => false,
                };
            default:
                return false;
        }
    }

    /// <summary>Whether a call puts a task into a collection that all turns share.</summary>
    private bool IsKeptBy(IInvocationOperation call, SyntaxNode turn) =>
        call.TargetMethod.Name is "Add" or "TryAdd" or "AddLast" or "AddFirst" or "Enqueue" or "Push" or "Insert" or "Append"
        && KnownTypes.SameOrBelow(call.Instance?.Type, model.Types.PlainEnumerable)
        && IsFromOutside(call.Instance!, turn);

    private static bool IsFromOutside(IOperation collection, SyntaxNode turn) =>
        Variables.SymbolOf(collection) is { } variable
        && variable.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree != turn.SyntaxTree || !turn.Span.Contains(reference.Span));
}
