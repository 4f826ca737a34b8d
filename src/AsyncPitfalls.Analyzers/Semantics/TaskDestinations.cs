using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where the value of one expression goes: observed, dropped, or into a variable.</summary>
/// <param name="End">How it ends; <see cref="TaskEnd.Held"/> where a variable gets it.</param>
/// <param name="Place">What takes the value; where a variable gets it, its declarator or the assignment.</param>
/// <param name="Variable">The variable of this function that gets it; null where none does.</param>
internal readonly record struct TaskDestination(TaskEnd End, IOperation Place, ISymbol? Variable = null)
{
    /// <summary>The outermost expression that still is the value: its type is the one under which the value is taken.</summary>
    public IOperation? Value { get; init; }
}

/// <summary>Follows the value of an expression outwards, without asking for paths, to what takes it.</summary>
internal sealed class TaskDestinations(AsyncModel model)
{
    /// <summary>The destination of a task's expression. <c>ConfigureAwait</c>, <c>AsTask</c>, <c>new ValueTask(task)</c>, conversions, <c>?:</c>, <c>??</c>, <c>?.</c> and <c>switch</c> lead on.</summary>
    public TaskDestination Of(IOperation value)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case IParenthesizedOperation or IConversionOperation { OperatorMethod: null } or ICoalesceOperation or ITranslatedQueryOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                    value = value.Parent;
                    break;
                case IConditionalOperation choice when choice.Condition != value && choice.Type is not null:
                case IConditionalAccessOperation access when access.WhenNotNull == value:
                    value = value.Parent;
                    break;
                case IConditionalAccessOperation access when InstanceOf(access) is { } instance:
                    value = instance;
                    break;
                case IInvocationOperation call when call.Instance == value && model.Awaitables.Behind(call) != call:
                    value = call;
                    break;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when model.Awaitables.IsValueTask(creation.Type):
                    value = creation;
                    break;
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    if (IsStatement(assignment))
                        return Into(assignment.Target, assignment, value);
                    var further = Of(assignment);
                    return IsObserved(further) ? further : Into(assignment.Target, assignment, value);
                case ICoalesceAssignmentOperation assignment when assignment.Value == value:
                    return Into(assignment.Target, assignment, value);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } declarator }:
                    return new TaskDestination(TaskEnd.Held, declarator, declarator.Symbol) { Value = value };
                case IIsPatternOperation test when NameIn(test.Pattern) is { } name:
                    return new TaskDestination(TaskEnd.Held, test, name) { Value = value };
                case ITupleOperation tuple when TargetOf(tuple, value) is var (target, assignment):
                    return Into(target, assignment, value);
                default:
                    return new TaskDestination(EndIn(value), value.Parent ?? value) { Value = value };
            }
        }
    }

    /// <summary>The call that gets a task at a place: as an argument, or as an element of an array, list or collection expression that is written out there; null for other places.</summary>
    public static IInvocationOperation? CallThatGets(IOperation place)
    {
        var current = place;
        while (current is not null and not IArgumentOperation && ListedElements.IsListing(current))
            current = current.Parent;
        return current is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    /// <summary>The variable that a pattern puts the whole value into, asking for no more than its type; null where it names none.</summary>
    public static ISymbol? NameIn(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } recursive => recursive.DeclaredSymbol,
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both => NameIn(both.LeftPattern) ?? NameIn(both.RightPattern),
        INegatedPatternOperation negated => NameIn(negated.Pattern),
        _ => null,
    };

    /// <summary>Whether a destination observes the task.</summary>
    public static bool IsObserved(TaskDestination destination) =>
        destination.End is TaskEnd.Awaited or TaskEnd.WaitedFor or TaskEnd.Returned or TaskEnd.PassedOn or TaskEnd.Stored or TaskEnd.Captured;

    /// <summary>Whether a property of a task tells its state, and a read of it observes nothing.</summary>
    public bool IsState(IPropertyReferenceOperation property) =>
        property.Property.Name is not "Result" && model.Awaitables.IsTaskOrValueTask(property.Property.ContainingType);

    private TaskEnd EndIn(IOperation value) => value.Parent switch
    {
        IAwaitOperation => TaskEnd.Awaited,
        IReturnOperation => TaskEnd.Returned,
        IExpressionStatementOperation => TaskEnd.Dropped,
        IPropertyReferenceOperation property when property.Instance == value => IsState(property) ? TaskEnd.Inspected : TaskEnd.WaitedFor,
        IInvocationOperation call when call.Instance == value => EndInCall(call),
        IBinaryOperation or IIsTypeOperation or IIsPatternOperation or IInterpolationOperation
            or ISwitchOperation or ISwitchExpressionOperation => TaskEnd.Inspected,
        IAssignmentOperation assignment when assignment.Target == value => TaskEnd.Inspected,
        IArgumentOperation => TaskEnd.PassedOn,
        _ => IsOneOfParams(value) ? TaskEnd.PassedOn : TaskEnd.Stored,
    };

    /// <summary>Whether a value is one of several for a <c>params</c> parameter, whose array or span nobody has written.</summary>
    private static bool IsOneOfParams(IOperation value)
    {
        var holder = value.Parent;
        while (holder is { IsImplicit: true } and not IArgumentOperation)
            holder = holder.Parent;
        return holder is IArgumentOperation { IsImplicit: true };
    }

    private TaskEnd EndInCall(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Wait" => TaskEnd.WaitedFor,
        "GetAwaiter" => call.Parent is IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetResult } ? TaskEnd.WaitedFor : TaskEnd.PassedOn,
        "Dispose" or "Start" or "RunSynchronously" or "ToString" or "GetHashCode" or "Equals" or "GetType"
            when model.Awaitables.IsTaskOrValueTask(call.Instance?.Type) => TaskEnd.Inspected,
        _ => TaskEnd.PassedOn,
    };

    private static TaskDestination Into(IOperation target, IOperation assignment, IOperation value) => target switch
    {
        IDiscardOperation => new TaskDestination(TaskEnd.Discarded, assignment) { Value = value },
        IDeclarationExpressionOperation { Expression: var declared } => Into(declared, assignment, value),
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } when Variables.AreOwn(local, assignment.Syntax) => new TaskDestination(TaskEnd.Held, assignment, local) { Value = value },
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } when Variables.AreOwn(parameter, assignment.Syntax) => new TaskDestination(TaskEnd.Held, assignment, parameter) { Value = value },
        _ => new TaskDestination(TaskEnd.Stored, assignment) { Value = value },
    };

    private static bool IsStatement(IOperation operation) => operation.Parent is IExpressionStatementOperation or null;

    /// <summary>What a <c>?.</c> chain does with its receiver begins at this placeholder.</summary>
    private static IOperation? InstanceOf(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().FirstOrDefault(operation => operation is IConditionalAccessInstanceOperation);

    /// <summary>The element of a deconstruction's target that an element of the tuple on its right goes to.</summary>
    private static (IOperation Target, IOperation Assignment)? TargetOf(ITupleOperation tuple, IOperation value)
    {
        IOperation outer = tuple;
        while (outer.Parent is IConversionOperation)
            outer = outer.Parent;
        var (target, assignment) = outer.Parent switch
        {
            IDeconstructionAssignmentOperation deconstruction when deconstruction.Value == outer => (deconstruction.Target, deconstruction),
            ITupleOperation around => TargetOf(around, outer) ?? default,
            _ => default,
        };
        if (target is IDeclarationExpressionOperation declaration)
            target = declaration.Expression;
        var index = tuple.Elements.IndexOf(value);
        return target is ITupleOperation targets && index >= 0 && index < targets.Elements.Length ? (targets.Elements[index], assignment!) : null;
    }
}
