using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Carries a state through the operations of one block, in the order in which they run, and tells what is known of each
/// awaitable on the way.
/// </summary>
internal sealed class CompletionTransfer(CompletionQuestions ask, CapturedAssignments captured, CancellationToken cancellation)
{
    private readonly AsyncModel model = ask.Model;

    /// <summary>What each capture of the graph holds: an assignment to it is one to what was captured.</summary>
    private readonly Dictionary<ValuePath, ValuePath> captures = new();

    /// <summary>Told of each state in which an operation may throw.</summary>
    public Action<CompletionState> Throws { get; set; } = Ignore;

    /// <summary>Told of each state in which a token may end a wait, by an <see cref="OperationCanceledException"/>.</summary>
    public Action<CompletionState> Cancels { get; set; } = Ignore;

    /// <summary>Told of what is known where it is first asked; null while the states are still being found.</summary>
    public CompletionRecord? Record { get; set; }

    /// <summary>Tells nobody.</summary>
    public static void Ignore(CompletionState state)
    {
    }

    /// <summary>The state after an operation.</summary>
    public CompletionState Visit(IOperation operation, CompletionState state)
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (operation)
        {
            case INameOfOperation or ITypeOfOperation or ILiteralOperation:
                return state;
            case IFlowAnonymousFunctionOperation lambda:
                Record?.AddFunction(lambda.Syntax, state);
                return captured.Forget(lambda.Syntax, state);
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment, state);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction.Target, deconstruction.Value, Visit(deconstruction.Value, state));
            case IFlowCaptureOperation capture:
                return VisitCapture(ValuePath.Root(capture.Id), capture.Value, Visit(capture.Value, state));
            case IIsPatternOperation match:
                return VisitMatch(match, Visit(match.Value, state));
            case ICompoundAssignmentOperation compound:
                return ForgetTarget(compound.Target, VisitChildren(compound, state));
            case IIncrementOrDecrementOperation step:
                return ForgetTarget(step.Target, VisitChildren(step, state));
        }

        state = VisitChildren(operation, state);
        RecordInstance(operation, state);
        state = operation switch
        {
            IInvocationOperation call => VisitCall(call, state),
            IAwaitOperation await => VisitAwait(await, state),
            IPropertyReferenceOperation property => VisitWait(property, state),
            IMethodReferenceOperation group => VisitGroup(group, state),
            IObjectCreationOperation => VisitArguments(operation, state),
            _ => state,
        };
        if (operation is IObjectCreationOperation or IThrowOperation or IDynamicInvocationOperation)
            Throws(state);
        if (Record is not null && (model.Awaitables.IsAwaitableOrAwaiter(operation.Type) || KnownTypes.Same(operation.Type, model.Types.AsyncResult)))
            Record.Add(operation.Syntax, ask.Values.IsCompleted(operation, state));
        return state;
    }

    /// <summary>Tells what is known of the receiver of <c>?.</c>, which has no syntax of its own.</summary>
    private void RecordInstance(IOperation operation, CompletionState state)
    {
        var instance = operation switch
        {
            _ when Record is null => null,
            IMemberReferenceOperation member => member.Instance,
            IInvocationOperation call => call.Instance,
            _ => null,
        };
        if (instance is IFlowCaptureReferenceOperation)
            Record!.AddInstance(operation.Syntax, ask.Values.IsCompleted(instance, state));
    }

    private CompletionState VisitChildren(IOperation operation, CompletionState state)
    {
        foreach (var child in operation.ChildOperations)
            state = Visit(child, state);
        return state;
    }

    private CompletionState VisitAssignment(ISimpleAssignmentOperation assignment, CompletionState state)
    {
        state = Visit(assignment.Value, VisitChildren(assignment.Target, state));
        return TargetOf(assignment.Target) is { } path ? ask.Assignments.Assign(path, assignment.Value, state) : state;
    }

    private CompletionState VisitCapture(ValuePath capture, IOperation value, CompletionState state)
    {
        if (ask.Paths.Of(value) is { } source)
            captures[capture] = captures.TryGetValue(source.Origin, out var earlier) ? source.Rebase(source.Origin, earlier) ?? source : source;
        return ask.Assignments.Assign(capture, value, state);
    }

    /// <summary>The path that an assignment changes.</summary>
    private ValuePath? TargetOf(IOperation target) =>
        ask.Paths.Of(target) is { } path && captures.TryGetValue(path.Origin, out var source) ? path.Rebase(path.Origin, source) : ask.Paths.Of(target);

    private CompletionState Deconstruct(IOperation target, IOperation value, CompletionState state)
    {
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        value = ask.Paths.Same(value);
        if (target is not ITupleOperation targets)
            return TargetOf(target) is { } path ? ask.Assignments.Assign(path, value, state) : state;
        var source = ask.Paths.Of(value);
        var isPair = KnownTypes.Same(value.Type, model.Types.KeyValuePairOfT);
        for (var index = 0; index < targets.Elements.Length; index++)
        {
            if (value is ITupleOperation values && index < values.Elements.Length)
                state = Deconstruct(targets.Elements[index], values.Elements[index], state);
            else if (TargetOf(targets.Elements[index]) is { } variable)
                state = (isPair ? source : source?.Member(ValuePaths.TupleKey(index))) is { } element
                    ? ask.Assignments.Assign(variable, element, state)
                    : state.Forget(variable);
        }

        return state;
    }

    private CompletionState VisitMatch(IIsPatternOperation match, CompletionState state)
    {
        var input = ask.Patterns.InputOf(match);
        if (!input.Equals(ask.Paths.Of(match.Value)))
            state = ask.Assignments.Assign(input, match.Value, state);
        VisitPattern(input, match.Pattern, state);
        foreach (var (variable, path) in CompletionPatterns.Declared(input, match.Pattern))
            state = ask.Assignments.Assign(ValuePath.Root(variable), path, state);
        return state;
    }

    /// <summary>Tells what is known at each member that a pattern reads, after the parts before it have matched.</summary>
    private CompletionState VisitPattern(ValuePath? input, IPatternOperation pattern, CompletionState state)
    {
        switch (pattern)
        {
            case IRecursivePatternOperation recursive:
                foreach (var sub in recursive.PropertySubpatterns)
                {
                    Record?.AddInstance(sub.Member.Syntax, state.Knows(FactKind.Completed, input));
                    VisitPattern(CompletionPatterns.MemberOf(input, sub), sub.Pattern, state);
                    state = input is not null && ask.Patterns.Follows(input, sub, true) is { } facts ? state.Learn(facts) : state;
                }

                for (var index = 0; index < recursive.DeconstructionSubpatterns.Length; index++)
                {
                    var (element, sub) = (input?.Member(ValuePaths.TupleKey(index)), recursive.DeconstructionSubpatterns[index]);
                    VisitPattern(element, sub, state);
                    state = ask.Patterns.Follows(element, sub, true) is { } facts ? state.Learn(facts) : state;
                }

                return state;
            case INegatedPatternOperation negated:
                VisitPattern(input, negated.Pattern, state);
                return state;
            case IBinaryPatternOperation binary:
                VisitPattern(input, binary.LeftPattern, state);
                var isAnd = binary.OperatorKind == BinaryOperatorKind.And;
                VisitPattern(input, binary.RightPattern, ask.Patterns.Follows(input, binary.LeftPattern, isAnd) is { } left ? state.Learn(left) : state);
                return state;
            default:
                return state;
        }
    }

    private CompletionState VisitCall(IInvocationOperation call, CompletionState state)
    {
        var method = call.TargetMethod;
        state = VisitWait(call, state);
        state = VisitArguments(call, state);
        if (ask.Guards.IsSpin(method) && call.Arguments.Length == 1)
            state = state.Learn(ask.Guards.AfterSpin(call, state));
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            Record?.AddReference(call.Syntax, state);
            state = captured.Forget(method, state);
        }
        else if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            state = captured.ForgetAll(state);
        }
        else if (ask.Values.EndsSource(method) && ask.Paths.Of(call.Instance) is { } source && TaskOf(method.ContainingType) is { } task)
        {
            state = state.Learn(FactKind.Completed, source.Member(task));
        }
        else if (call.Instance is { } collection && ask.Collections.IsCollection(collection.Type) && ask.Paths.Of(collection) is { } path)
        {
            state = VisitChange(call, path, state);
        }

        if (!IsHarmless(method))
            Throws(state);
        return ask.Assertions.After(call, state);
    }

    /// <summary>A collection that is given further tasks, or whose elements may have moved.</summary>
    private CompletionState VisitChange(IInvocationOperation call, ValuePath collection, CompletionState state)
    {
        if (call.TargetMethod.Name is not ("Add" or "TryAdd" or "Enqueue" or "TryEnqueue" or "Push" or "Insert" or "AddLast" or "AddFirst" or "AddRange" or "InsertRange" or "AddOrUpdate" or "GetOrAdd"))
            return call.TargetMethod.Name is "Remove" or "RemoveAt" or "Sort" or "Reverse" or "RemoveAll" or "RemoveRange" or "Clear" && collection.AtSome() is { } moved
                ? state.ForgetSingle(moved)
                : state;
        var added = call.Arguments.LastOrDefault()?.Value;
        if (added is null || collection.Each() is not { } each)
            return state;
        if (ask.Collections.IsCollection(added.Type))
            return ask.Collections.AreAllCompleted(added, state) ? state
                : state.ForgetKnown(each).Imply(new Fact(FactKind.Completed, each), ask.Collections.WhenAllCompleted(added, state));
        var kept = ask.Values.IsCompleted(added, state) ? state : state.ForgetKnown(each);
        return kept.Imply(new Fact(FactKind.Completed, each), ask.Values.WhenCompleted(added, state));
    }

    private CompletionState VisitArguments(IOperation operation, CompletionState state)
    {
        foreach (var argument in operation.ChildOperations.OfType<IArgumentOperation>())
        {
            if (argument.Parameter?.RefKind is not (RefKind.Ref or RefKind.Out) || TargetOf(argument.Value) is not { } path)
                continue;
            if (operation is IInvocationOperation { TargetMethod.Name: "Read" } read && KnownTypes.Same(read.TargetMethod.ContainingType, model.Types.Volatile))
                continue;
            var taken = operation is IInvocationOperation { Instance: { } collection } && ask.Collections.IsCollection(collection.Type)
                ? ask.Paths.Of(collection)?.AtSome()
                : null;
            state = taken is null ? state.Forget(path) : ask.Assignments.Assign(path, taken, state);
        }

        return state;
    }

    private CompletionState VisitAwait(IAwaitOperation await, CompletionState state)
    {
        var ended = state.Learn(ask.Values.WhenCompleted(await.Operation, state));
        Throws(ended);
        return ended.Learn(ask.Values.WhenCompleted(await.Operation, state, normally: true));
    }

    private CompletionState VisitWait(IOperation operation, CompletionState state)
    {
        if (model.BlockingWaits.Of(operation) is not { } wait)
            return state;
        if (Record is not null)
        {
            foreach (var task in wait.Tasks)
                Record.Add(task.Syntax, ask.Values.IsCompleted(task, state) || ask.Collections.AreAllCompleted(task, state));
        }

        if (wait.Timeout is not null)
            return state;
        var ended = state.Learn(ask.Guards.AfterWait(wait, state));

        Throws(ended);
        // A token ends the wait, not what is waited for.
        if (wait.Token is not null)
            Cancels(state);
        return ended;
    }

    private CompletionState VisitGroup(IMethodReferenceOperation group, CompletionState state)
    {
        if (group.Method.MethodKind != MethodKind.LocalFunction)
            return state;
        Record?.AddReference(group.Syntax, state);
        return captured.Forget(group.Method, state);
    }

    private CompletionState ForgetTarget(IOperation target, CompletionState state) =>
        TargetOf(target) is { } path ? state.Forget(path) : state;

    private static object? TaskOf(INamedTypeSymbol source) => source.OriginalDefinition.GetMembers("Task").FirstOrDefault();

    /// <summary>Whether a call only makes, converts or combines tasks, so that it is no place where what is awaited around it can have failed before.</summary>
    private bool IsHarmless(IMethodSymbol method) =>
        method.Name is "WhenAll" or "WhenAny" or "ConfigureAwait" or "AsTask" or "GetAwaiter" or "Preserve" or "WaitAsync" or "FromResult" or "Delay" or "ToArray" or "ToList"
        && (model.Awaitables.IsTaskOrValueTask(method.ContainingType) || KnownTypes.Same(method.ContainingType, model.Types.Enumerable));
}
