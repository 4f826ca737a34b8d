using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Asks which reads of a variable a path comes to before anybody has waited for the task that assigns it. What asks the task for
/// its state, hands it to somebody, or waits for a signal that the task knows too, ends the question.
/// </summary>
internal sealed class EarlyReadQuestion : PathQuestion
{
    private readonly AsyncModel model;
    private readonly ISymbol variable;
    private readonly IInvocationOperation start;
    private readonly Dictionary<SyntaxNode, IOperation> mentions = [];
    private readonly HashSet<ISymbol> known = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> found = [];

    /// <param name="model">The model of the compilation.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="assigner">The function that assigns it.</param>
    /// <param name="start">The call that starts that function.</param>
    public EarlyReadQuestion(AsyncModel model, ISymbol variable, IOperation assigner, IInvocationOperation start)
    {
        this.model = model;
        this.variable = variable;
        this.start = start;
        var function = OwnOperations.FunctionAround(start);
        foreach (var mention in model.TaskFates.MentionsOf(variable, start).Where(mention => OwnOperations.FunctionAround(mention).Syntax == function.Syntax))
            mentions[mention.Syntax] = mention;
        known.UnionWith(assigner.Descendants().Where(read => MayTell(read, model)).Select(Correlation.SymbolOf).OfType<ISymbol>());
        known.Remove(variable);
    }

    /// <summary>Whether the function that starts the task reads the variable at all.</summary>
    public bool HasReads => mentions.Values.Any(mention => !TaskEvents.IsTarget(mention));

    /// <summary>The reads that were found, in source order.</summary>
    public IEnumerable<IOperation> Found => found.Distinct().OrderBy(read => read.Syntax.SpanStart);

    /// <summary>The same question, where waiting for what a member holds is waiting for the task.</summary>
    public EarlyReadQuestion Waiting(ISymbol member)
    {
        known.Add(member);
        return this;
    }

    public override bool MayFail(IOperation await) => false;

    public override bool TrustsQuestionsForState => false;

    public override PathEffect EffectOf(TaskDestination use) => use switch
    {
        { End: TaskEnd.Held or TaskEnd.Dropped or TaskEnd.Discarded or TaskEnd.Unread } => PathEffect.GoesOn,
        { End: TaskEnd.Inspected, Place: IBinaryOperation or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation } } => PathEffect.GoesOn,
        { Place: IInvocationOperation call } when Adds(call) => PathEffect.GoesOn,
        { Place: IPropertyReferenceOperation { Property.Name: "Count" or "Length" } } => PathEffect.GoesOn,
        { Place: IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element } when assignment.Target == element => PathEffect.GoesOn,
        _ => PathEffect.Over,
    };

    public override PathEffect EffectOf(TaskEvent other, bool isDoubtful) => other.Kind switch
    {
        TaskEventKind.Read => Same(other.Variable) && mentions.TryGetValue(other.Operation.Syntax, out var mention) ? OfRead(mention, isDoubtful) : PathEffect.GoesOn,
        TaskEventKind.Write => Same(other.Variable) ? PathEffect.Over : PathEffect.GoesOn,
        TaskEventKind.Await => Waits(other.Operation) ? PathEffect.Over : PathEffect.GoesOn,
        TaskEventKind.Call => WaitsInCall((IInvocationOperation)other.Operation) ? PathEffect.Over : PathEffect.GoesOn,
        _ => PathEffect.GoesOn,
    };

    /// <summary>Whether a call puts something into a collection.</summary>
    public static bool Adds(IInvocationOperation call) => call.TargetMethod.Name is "Add" or "Enqueue" or "Push" or "Insert" or "AddLast" or "AddRange";

    /// <summary>Whether an operation of the task reads something that may tell others of its end: an object, not a plain value, nor another task.</summary>
    private static bool MayTell(IOperation operation, AsyncModel model) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
        && operation.Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String }
        && !model.Awaitables.IsTask(operation.Type)
        && !TaskEvents.IsTarget(operation);

    private PathEffect OfRead(IOperation mention, bool isDoubtful)
    {
        if (TaskEvents.IsTarget(mention))
            return PathEffect.GoesOn;
        if (mention.Parent is IArgumentOperation argument && IsForThreads(argument))
            return PathEffect.GoesOn;
        if (mention.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out })
            return PathEffect.Over;
        if (WaitingLoops.AskIn(mention, model))
            return PathEffect.Over;
        if (!isDoubtful && !OwnOperations.Around(mention).Any(around => around.Outer is ILockOperation && around.Outer.Syntax.Span.Contains(mention.Syntax.Span)))
            found.Add(mention);
        return PathEffect.GoesOn;
    }

    private bool IsForThreads(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { TargetMethod.ContainingType: var type }
        && (KnownTypes.Same(type, model.Types.Volatile) || KnownTypes.Same(type, model.Types.Interlocked));

    /// <summary>Whether an await or a wait is for something that the task knows too, and may tell its end with.</summary>
    private bool Waits(IOperation wait) => wait.Syntax != start.Syntax && !wait.Descendants().Any(operation => operation.Syntax == start.Syntax)
        && wait.Descendants().Any(operation => Correlation.SymbolOf(operation) is { } symbol && known.Contains(symbol));

    /// <summary>Whether a call blocks until something happens that the task knows, takes a lock of it, or asks for a condition again and again.</summary>
    private bool WaitsInCall(IInvocationOperation call) =>
        (call.TargetMethod.Name is "Enter" or "TryEnter" || model.BlockingMembers.Of(call, default) is not null) && Waits(call)
        || call.Syntax != start.Syntax && call.Arguments.Any(AsksForVariable);

    /// <summary>Whether an argument is a condition on the variable, which is asked until it holds.</summary>
    private bool AsksForVariable(IArgumentOperation argument)
    {
        if (argument.Parameter?.Type is not INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var answer }
            || answer.SpecialType != SpecialType.System_Boolean && (answer as INamedTypeSymbol)?.TypeArguments.FirstOrDefault()?.SpecialType != SpecialType.System_Boolean)
            return false;
        return model.TaskFates.MentionsOf(variable, start).Any(mention => argument.Syntax.Span.Contains(mention.Syntax.Span));
    }

    private bool Same(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, variable);
}
