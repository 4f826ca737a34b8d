using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which expressions give a task that has completed, and what else has completed once a task has.</summary>
internal sealed class CompletedValues(CompletionQuestions ask)
{
    private readonly AsyncModel model = ask.Model;
    private readonly ConcurrentDictionary<ISymbol, bool> constants = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the task or awaiter that an expression gives has completed, for certain, in a state.</summary>
    public bool IsCompleted(IOperation operation, CompletionState state)
    {
        var value = ask.Paths.Same(model.Awaitables.Behind(operation));
        if (ask.Paths.Of(value) is { } path && (state.Knows(FactKind.Completed, path) || IsAskedHowItEnded(path, state)))
            return true;
        return value switch
        {
            _ when IsAlwaysCompleted(value) => true,
            IInvocationOperation call => IsCompleted(call, state),
            IAwaitOperation await => YieldsCompleted(await.Operation, state),
            IPropertyReferenceOperation { Property.Name: "Result", Instance: { } winner } when YieldsCompleted(winner, state) => true,
            IPropertyReferenceOperation { Arguments.Length: 1 } element => IsWinnerOf(element.Instance, element.Arguments[0].Value),
            IArrayElementReferenceOperation { Indices.Length: 1 } element =>
                IsWinnerOf(element.ArrayReference, element.Indices[0]) || ask.Collections.AreAllCompleted(element.ArrayReference, state),
            IConditionalOperation { WhenFalse: { } other } choice => IsCompleted(choice.WhenTrue, state) && IsCompleted(other, state),
            ICoalesceOperation coalesce => IsCompleted(coalesce.Value, state) && IsCompleted(coalesce.WhenNull, state),
            ISwitchExpressionOperation choice => choice.Arms.All(arm => IsCompleted(arm.Value, state)),
            _ => false,
        };
    }

    /// <summary>Whether an expression gives a task that has completed whatever is known: it makes one, or names a constant that holds one.</summary>
    public bool IsAlwaysCompleted(IOperation value) => IsMade(value) || value switch
    {
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => MayBeTask(property.Type) && IsCompletedConstant(property.Property),
        IFieldReferenceOperation field => MayBeTask(field.Type) && IsCompletedConstant(field.Field),
        _ => false,
    };

    /// <summary>
    /// Whether an expression is a call of which nothing is known beforehand, and whose end tells nothing of other tasks: what it
    /// returns is no element of a collection, and neither made of other tasks nor one that is named elsewhere.
    /// </summary>
    public bool IsFresh(IOperation operation) =>
        ask.Paths.Same(operation) is IInvocationOperation call
        && call.TargetMethod.Name is not ("WhenAll" or "WhenAny" or "WaitAsync" or "ContinueWith" or "Unwrap" or "Read" or WellKnownMemberNames.GetResult)
        && !TaskCollections.MayGiveElement(call)
        && !(call.TargetMethod.IsExtensionMethod && ask.Collections.IsTaskOrTasks((call.TargetMethod.ReducedFrom ?? call.TargetMethod).Parameters[0].Type));

    /// <summary>Who has asked a task for both ways to fail dispatches on how it ended: nobody asks that of a task that may still run.</summary>
    private static bool IsAskedHowItEnded(ValuePath task, CompletionState state) =>
        state.Knows(FactKind.NotFaulted, task) && state.Knows(FactKind.NotCanceled, task);

    /// <summary>Whether the result of a task is a task that has completed: <c>Task.WhenAny(…)</c>, or a variable that holds one.</summary>
    public bool YieldsCompleted(IOperation operation, CompletionState state)
    {
        var value = ask.Paths.Same(model.Awaitables.Behind(operation));
        return IsCall(value, "WhenAny") || state.Knows(FactKind.YieldsCompleted, ask.Paths.Of(value));
    }

    /// <summary>The two tasks one of which <c>await Task.WhenAny(one, other)</c> gives; null for other expressions, and where there are more tasks.</summary>
    public (IOperation One, IOperation Other)? ContendersOf(IOperation winner)
    {
        if (ask.Paths.Same(winner) is not IAwaitOperation await
            || ask.Paths.Same(model.Awaitables.Behind(await.Operation)) is not IInvocationOperation call
            || !IsCall(call, "WhenAny"))
            return null;
        if (call.Arguments.Length == 2)
            return (call.Arguments[0].Value, call.Arguments[1].Value);
        return ListedElements.Of(call.Arguments[0].Value) is { Length: 2 } tasks ? (tasks[0], tasks[1]) : null;
    }

    /// <summary>What is known once an awaitable has completed: of itself, and of the tasks whose end it waits for.</summary>
    /// <param name="awaitable">The awaitable or awaiter.</param>
    /// <param name="state">The state before.</param>
    /// <param name="normally">Whether it is known to have ended without an exception; else it may have been a time-out.</param>
    public IEnumerable<Fact> WhenCompleted(IOperation awaitable, CompletionState state, bool normally = false)
    {
        var value = ask.Paths.Same(awaitable);
        if (ask.Paths.Of(value) is { } path)
            return normally ? [new Fact(FactKind.Completed, path), new Fact(FactKind.Succeeded, path)] : [new Fact(FactKind.Completed, path)];
        return value switch
        {
            IInvocationOperation { TargetMethod.Name: "WaitAsync", Instance: { } awaited } call when model.Awaitables.IsTask(call.TargetMethod.ContainingType) =>
                normally ? WhenCompleted(awaited, state, normally) : [],
            IInvocationOperation { TargetMethod.Name: "WhenAll", Arguments.Length: 1 } call when IsCall(call, "WhenAll") =>
                ask.Collections.WhenAllCompleted(call.Arguments[0].Value, state),
            IInvocationOperation { TargetMethod: { IsExtensionMethod: true } helper, Arguments.IsEmpty: false } call when IsWhenAll(helper) =>
                ask.Collections.WhenAllCompleted(call.Arguments[0].Value, state),
            IInvocationOperation { TargetMethod.Name: "ContinueWith", Instance: { } antecedent } call
                when model.Awaitables.IsTask(call.TargetMethod.ContainingType)
                    && !call.Arguments.Any(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken)) =>
                WhenCompleted(antecedent, state),
            IInvocationOperation { TargetMethod.Name: "Unwrap", Arguments.Length: 1 } call
                when KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.TaskExtensions) =>
                WhenCompleted(call.Arguments[0].Value, state),
            _ => [],
        };
    }

    /// <summary>Whether an operation calls a static method of <c>Task</c>.</summary>
    public bool IsCall(IOperation? operation, string name) =>
        operation is IInvocationOperation { TargetMethod: { IsStatic: true } method }
        && method.Name == name
        && KnownTypes.Same(method.ContainingType, model.Types.Task);

    /// <summary>Whether a method of a <c>TaskCompletionSource</c> completes its task.</summary>
    public bool EndsSource(IMethodSymbol method) =>
        method.Name is "SetResult" or "SetException" or "SetCanceled" or "SetFromTask" or "TrySetResult" or "TrySetException" or "TrySetCanceled" or "TrySetFromTask"
        && (KnownTypes.Same(method.ContainingType, model.Types.TaskCompletionSource) || KnownTypes.Same(method.ContainingType, model.Types.TaskCompletionSourceOfT));

    private bool IsCompleted(IInvocationOperation call, CompletionState state)
    {
        if (call.Arguments.Length == 1 && IsCall(call, "WhenAll"))
            return ask.Collections.AreAllCompleted(call.Arguments[0].Value, state);
        if (call.TargetMethod.Name == WellKnownMemberNames.GetResult && call.Instance is { } awaiter && model.Awaitables.IsAwaiter(awaiter.Type))
            return YieldsCompleted(awaiter, state);
        return ask.Collections.IsElement(call, state);
    }

    /// <summary>Whether an extension method of this compilation does nothing but give its tasks to <c>Task.WhenAll</c>.</summary>
    private bool IsWhenAll(IMethodSymbol method) =>
        ask.Collections.IsTaskOrTasks((method.ReducedFrom ?? method).Parameters[0].Type)
        && constants.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, key =>
            model.Bodies.OperationOf((IMethodSymbol)key, default) is IMethodBodyOperation body
            && (body.BlockBody ?? body.ExpressionBody) is { Operations.Length: 1 } block
            && block.Operations[0] is IReturnOperation { ReturnedValue: { } returned }
            && ask.Paths.Same(returned is IAwaitOperation await ? await.Operation : returned) is IInvocationOperation { Arguments.Length: 1 } call
            && IsCall(call, "WhenAll")
            && ask.Paths.Same(call.Arguments[0].Value) is IParameterReferenceOperation);

    /// <summary>Whether an expression makes a task that has completed: <c>Task.FromResult(…)</c>, <c>Task.CompletedTask</c>, <c>new ValueTask&lt;T&gt;(value)</c>.</summary>
    private bool IsMade(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "FromResult" or "FromException" or "FromCanceled" } made } =>
            model.Awaitables.IsTaskOrValueTask(made.ContainingType),
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CompletedTask" } property } =>
            model.Awaitables.IsTaskOrValueTask(property.ContainingType),
        IObjectCreationOperation creation => IsMadeOfResult(creation),
        IDefaultValueOperation => model.Awaitables.IsValueTask(value.Type),
        _ => false,
    };

    /// <summary>Whether a <c>ValueTask</c> is made of its result, not of a task or a source.</summary>
    private bool IsMadeOfResult(IObjectCreationOperation creation) =>
        model.Awaitables.IsValueTask(creation.Type)
        && (creation.Arguments.IsEmpty
            || (creation.Arguments.Length == 1 && creation.Constructor?.OriginalDefinition.Parameters[0].Type is ITypeParameterSymbol));

    private bool IsWinnerOf(IOperation? collection, IOperation index) =>
        IsCall(index, "WaitAny")
        && ask.Paths.Of(collection) is { } path
        && path.Equals(ask.Paths.Of(((IInvocationOperation)index).Arguments[0].Value));

    /// <summary>Whether a value of a type may be a task: it is one of the framework's, or of a type above them.</summary>
    public bool MayBeTask(ITypeSymbol? type) =>
        model.Awaitables.IsTaskOrValueTask(type)
        || type is { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Interface or TypeKind.Dynamic or TypeKind.TypeParameter };

    /// <summary>Whether a read-only field or property was initialized with a completed task and keeps it.</summary>
    private bool IsCompletedConstant(ISymbol member) => constants.GetOrAdd(member.OriginalDefinition, key =>
    {
        if (key is not (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }))
            return false;
        var initializer = key.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        return initializer is not null
            && model.Compilation.ContainsSyntaxTree(initializer.SyntaxTree)
            && model.Bodies.SemanticsOf(initializer.SyntaxTree).GetOperation(initializer) is { } value
            && IsMade(ask.Paths.Same(value));
    });
}
