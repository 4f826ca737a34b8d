using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way a task leaves the code that makes it without being waited for.</summary>
/// <param name="ReturnedAt">What returns it; null where it is dropped or stored.</param>
/// <param name="IsKept">Whether a variable or member other than a local of this function keeps it too.</param>
internal sealed record TaskExit(SyntaxNode? ReturnedAt, bool IsKept)
{
    /// <summary>The variable, member or collection that it is stored in; null where it is none of these.</summary>
    public ISymbol? Store { get; init; }

    /// <summary>Whether some other path awaits it, waits for it, or hands it to somebody who may.</summary>
    public bool IsAwaitedElsewhere { get; init; }

    public bool IsReturned => ReturnedAt is not null;

    /// <summary>Whether nobody ever gets it.</summary>
    public bool IsDropped => ReturnedAt is null && Store is null && !IsAwaitedElsewhere;

    /// <summary>Whether there may be an exit, by where the value of a call goes at once.</summary>
    public static bool MayBeOf(IInvocationOperation call, AsyncModel model) =>
        model.TaskFates.DestinationOf(call).End is not (TaskEnd.Awaited or TaskEnd.WaitedFor or TaskEnd.Captured or TaskEnd.Inspected);

    /// <summary>The exit of the task that a call makes; null where the task is awaited or waited for, or handed to somebody who may do so.</summary>
    public static TaskExit? Of(IInvocationOperation call, AsyncModel model, CancellationToken cancellation)
    {
        var destination = model.TaskFates.DestinationOf(call);
        switch (destination.End)
        {
            case TaskEnd.Returned:
                return destination.Place.Kind == OperationKind.Return ? new TaskExit(destination.Place.Syntax, IsAssigned(call)) : null;
            case TaskEnd.Dropped or TaskEnd.Discarded:
                return new TaskExit(null, false);
            case TaskEnd.Held when model.TaskFates.Of(call, null, cancellation) is var fate:
                return fate.End switch
                {
                    TaskEnd.Returned => new TaskExit(fate.Place, false),
                    TaskEnd.Captured => null,
                    _ when fate.IsInspected => null,
                    _ => new TaskExit(null, false) { IsAwaitedElsewhere = fate.Observers.Any(use => use.End is TaskEnd.Awaited or TaskEnd.WaitedFor or TaskEnd.PassedOn) },
                };
            case TaskEnd.Stored:
                return destination.Place is IAssignmentOperation { Target: var target } && CollectionOf(target) is { } store ? new TaskExit(null, true) { Store = store } : null;
            case TaskEnd.PassedOn:
                return destination.Place is IArgumentOperation { Parent: IInvocationOperation add } && IsAdded(add, model) && Variables.SymbolOf(add.Instance) is { } collection
                    ? new TaskExit(null, true) { Store = collection }
                    : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a call or await has to do with what the task is stored in, and so may wait for the task.</summary>
    public bool IsLookedAfter(IOperation operation) =>
        Store is not null
        && operation.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(part), Store))
        && !(operation is IInvocationOperation { TargetMethod.Name: var name } && IsAddition(name));

    private static ISymbol? CollectionOf(IOperation target) => target switch
    {
        IArrayElementReferenceOperation element => Variables.SymbolOf(element.ArrayReference),
        IPropertyReferenceOperation { Arguments.IsEmpty: false } element => Variables.SymbolOf(element.Instance),
        IMemberReferenceOperation member => member.Member,
        _ => Variables.SymbolOf(target),
    };

    private static bool IsAdded(IInvocationOperation call, AsyncModel model) =>
        IsAddition(call.TargetMethod.Name) && KnownTypes.SameOrBelow(call.Instance?.Type, model.Types.PlainEnumerable);

    private static bool IsAddition(string name) => name is "Add" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "TryAdd";

    /// <summary>Whether the value of a call is assigned on its way to the <c>return</c>.</summary>
    private static bool IsAssigned(IOperation call) =>
        OwnOperations.Around(call).TakeWhile(around => around.Outer is not IReturnOperation).Any(around => around.Outer is IAssignmentOperation);
}
