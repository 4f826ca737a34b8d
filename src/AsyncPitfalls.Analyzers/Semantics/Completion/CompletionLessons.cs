using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// From where on a member's code tells of anything that it has completed: the first place that awaits a variable, asks a task
/// whether it has ended, makes a completed one… What runs before it knows nothing, whatever its control flow is. It counts
/// places too many, of other tasks too, but none too few: each kind here is one from which <see cref="CompletionFlow"/> learns.
/// </summary>
internal sealed class CompletionLessons(CompletionQuestions ask)
{
    private const int None = int.MaxValue;

    private readonly AsyncModel model = ask.Model;
    private readonly ConditionalWeakTable<IOperation, StrongBox<int>> firsts = new();

    /// <summary>Whether the code that may run before an awaitable is read could tell that it has completed.</summary>
    /// <param name="awaitable">A task, other awaitable or awaiter, as an operation of the body that reads it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool MayReach(IOperation awaitable, CancellationToken cancellation) =>
        !IsFresh(awaitable)
        && (!IsFollowed(ask.Paths.Same(awaitable).Type) || FirstIn(OwnOperations.RootOf(awaitable), cancellation) <= EndBefore(awaitable));

    /// <summary>Whether an awaitable is made where it is read, so that nothing can be known of it.</summary>
    public bool IsFresh(IOperation awaitable) => model.Awaitables.IsAwaitableOrAwaiter(awaitable.Type) && ask.Values.IsFresh(awaitable);

    /// <summary>Whether a type is one of those of which a variable of another type tells nothing, unless <see cref="MayHold"/> says so.</summary>
    private bool IsFollowed(ITypeSymbol? type) => model.Awaitables.IsTaskOrValueTask(type) || type is { IsValueType: true };

    /// <summary>The end of all code that may run before an operation: code runs in the order in which it is written, save for loops, jumps and local functions.</summary>
    private static int EndBefore(IOperation operation)
    {
        var end = operation.Syntax.Span.End;
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is ILocalFunctionOperation)
                return None - 1;
            if (around is ILoopOperation or ISwitchOperation)
                end = Math.Max(end, around.Syntax.Span.End);
        }

        return end;
    }

    private int FirstIn(IOperation root, CancellationToken cancellation) =>
        (firsts.TryGetValue(root, out var known) ? known : firsts.GetValue(root, key => new StrongBox<int>(Find(key, cancellation)))).Value;

    private int Find(IOperation root, CancellationToken cancellation)
    {
        var (first, jumpsBack) = (None, false);
        foreach (var operation in root.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            jumpsBack |= operation is ILabeledOperation;
            first = Math.Min(first, EndOf(operation));
        }

        return jumpsBack && first < None ? 0 : first;
    }

    /// <summary>The end of the code with which an operation has taught something; <see cref="None"/> for most.</summary>
    private int EndOf(IOperation operation) => operation switch
    {
        IInvocationOperation call when IsGivenAntecedent(call.TargetMethod) => call.Syntax.SpanStart,
        IInvocationOperation call => EndIf(call, TeachesByCall(call)),
        // What is awaited ends where its await does, and is not known completed yet.
        IAwaitOperation await => ask.Values.IsFresh(await.Operation) ? None : await.Syntax.Span.End + 1,
        IPropertyReferenceOperation property => EndIf(property, IsAnswer(property) || ask.Values.IsAlwaysCompleted(property) || TeachesByWait(property)),
        IFieldReferenceOperation or IObjectCreationOperation or IDefaultValueOperation when ask.Values.IsAlwaysCompleted(operation) => operation.Syntax.Span.End,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
            EndIf(comparison, IsOfTask(comparison.LeftOperand) || IsOfTask(comparison.RightOperand)),
        ICoalesceOperation { Value: var tested } => EndIf(tested, IsOfTask(tested)),
        ICoalesceAssignmentOperation { Target: var tested } => EndIf(tested, IsOfTask(tested)),
        IConditionalAccessOperation { Operation: var tested } => EndIf(tested, IsOfTask(tested)),
        ISwitchOperation choice => EndIf(choice, IsOfTask(choice.Value)),
        // At the end of its block, what is disposed of is tested for null.
        IUsingOperation { Resources: IVariableDeclarationGroupOperation declared } => EndIf(operation, DeclaresTask(declared)),
        IUsingOperation statement => EndIf(statement, IsOfTask(statement.Resources)),
        IUsingDeclarationOperation declaration => EndIf(declaration, DeclaresTask(declaration.DeclarationGroup)),
        IForEachLoopOperation loop => EndIf(loop, MayHold(loop.Collection)),
        _ => EndIf(operation, IsEmptyListing(operation)),
    };

    private static int EndIf(IOperation operation, bool teaches) => teaches ? operation.Syntax.Span.End : None;

    private bool TeachesByCall(IInvocationOperation call) =>
        ask.Values.IsAlwaysCompleted(call)
        || ask.Values.EndsSource(call.TargetMethod)
        || ask.Values.IsCall(call, "WhenAny")
        || TeachesByWait(call);

    /// <summary>Whether an operation waits for what is not made on the spot.</summary>
    private bool TeachesByWait(IOperation operation) =>
        model.BlockingWaits.Of(operation) is { } wait
        && !(wait.Form is BlockingForm.Result or BlockingForm.Wait or BlockingForm.GetResult && wait.Tasks.All(ask.Values.IsFresh));

    /// <summary>Whether a method runs the delegate that it is given once a task has completed; this alone is learned within the call itself.</summary>
    private static bool IsGivenAntecedent(IMethodSymbol method) =>
        method.Name is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny" or "OnCompleted" or "UnsafeOnCompleted";

    /// <summary>Whether a property tells of a task, or an awaiter, how far it is.</summary>
    private bool IsAnswer(IPropertyReferenceOperation property) =>
        property.Property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled"
        || ask.Guards.IsTaskProperty(property, "Status")
        || ask.Guards.IsTaskProperty(property, "Exception");

    /// <summary>Whether a value is a task in any form, so that it counts as completed where it is null.</summary>
    private bool IsOfTask(IOperation? value)
    {
        while (value is IConversionOperation conversion && !model.Awaitables.IsTask(value.Type))
            value = conversion.Operand;
        return model.Awaitables.IsTask(value?.Type);
    }

    private bool DeclaresTask(IVariableDeclarationGroupOperation declared) => declared.GetDeclaredVariables().Any(local => model.Awaitables.IsTask(local.Type));

    /// <summary>Whether a collection without elements is written out: of those, all have completed. As <c>params</c> it is one to local functions and to <c>Task</c> only.</summary>
    private bool IsEmptyListing(IOperation operation) =>
        operation is IArrayCreationOperation or IObjectCreationOperation || ListedElements.IsCollectionExpression(operation)
            ? ListedElements.Of(operation) is { IsEmpty: true } && !(operation.IsImplicit && !IsTaken(operation.Parent?.Parent as IInvocationOperation))
            : false;

    private bool IsTaken(IInvocationOperation? call) =>
        call is { TargetMethod: { MethodKind: var kind, ContainingType: var type } }
        && (kind == MethodKind.LocalFunction || KnownTypes.Same(type, model.Types.Task));

    /// <summary>Whether a collection may hold tasks, or what holds them: after a walk through it, all that it has given have completed if it gave none.</summary>
    private bool MayHold(IOperation collection)
    {
        while (collection is IConversionOperation { IsImplicit: true } conversion)
            collection = conversion.Operand;
        return collection.Type switch
        {
            { SpecialType: SpecialType.System_String } => false,
            IArrayTypeSymbol array => MayBeAwaited(array.ElementType),
            INamedTypeSymbol named => named.AllInterfaces.Add(named).Where(IsSequence).Select(sequence => sequence.TypeArguments[0]).ToList() is not { Count: > 0 } elements
                || elements.Any(MayBeAwaited),
            _ => true,
        };
    }

    private bool IsSequence(INamedTypeSymbol type) =>
        KnownTypes.Same(type, model.Types.EnumerableOfT) || KnownTypes.Same(type, model.Types.AsyncEnumerableOfT);

    private bool MayBeAwaited(ITypeSymbol type) =>
        ask.Values.MayBeTask(type)
        || model.Awaitables.IsAwaitableOrAwaiter(type)
        || type is INamedTypeSymbol { TypeArguments: { IsEmpty: false } parts } && parts.Any(MayBeAwaited);
}
