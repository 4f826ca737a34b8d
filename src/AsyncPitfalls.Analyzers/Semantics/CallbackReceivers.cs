using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Who gets a delegate, and whether they know how to deal with asynchronous work in it.</summary>
internal sealed class CallbackReceivers(AsyncModel model)
{
    private readonly RequestHandlers requestHandlers = new(model);

    /// <summary>
    /// Whether who gets a delegate wants it as it is, though its type says nothing of tasks: an event handler, which may be
    /// <c>async void</c>, as may a method that is subscribed to any event or to a field or property like one, a mock that is set up, <c>AsyncContext.Run</c>, which counts operations that return nothing, the
    /// endpoints of ASP.NET Core, which look at what a delegate returns, or a caller who turns the result into a task.
    /// A delegate that is taken away from an event is given to nobody.
    /// </summary>
    public bool TakeAsync(IDelegateCreationOperation creation, IMethodSymbol invoke, UnawaitedCallbackKind kind)
    {
        var receiver = ReceiverOf(creation);
        if (IsRemoval(receiver) || receiver is IInvocationOperation call && model.Mocks.Declare(call.TargetMethod))
            return true;
        if (kind == UnawaitedCallbackKind.HiddenTask)
            return IsRequestHandler(creation) || IsTurnedIntoTask(receiver);
        return EventHandlers.HasShape(invoke, model)
            || kind == UnawaitedCallbackKind.AsyncVoidMethod && EventHandlers.IsSubscription(receiver)
            || kind != UnawaitedCallbackKind.DroppedTask && CountsOperations(receiver);
    }

    /// <summary>Whether a delegate is at once converted to <c>Delegate</c> or a type above it, which do not tell what it returns.</summary>
    public bool SeesNoType(IDelegateCreationOperation creation)
    {
        for (var current = creation.Parent; current is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation; current = current.Parent)
        {
            if (KnownTypes.Same(current.Type, model.Types.Delegate) || KnownTypes.Same(current.Type, model.Types.MulticastDelegate))
                return true;

            // An object gets a lambda without a type of its own; one with a type is on its way to somebody who asks for it.
            if (current.Type?.SpecialType == SpecialType.System_Object)
                return creation.IsImplicit;
        }

        return false;
    }

    /// <summary>What gets a delegate in the end: a call, creation, assignment, subscription, or whatever holds it.</summary>
    public static IOperation? ReceiverOf(IDelegateCreationOperation creation)
    {
        var current = creation.Parent;
        while (current is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation
            or IArrayInitializerOperation { IsImplicit: true } or IArrayCreationOperation { IsImplicit: true } or { Kind: OperationKind.None, IsImplicit: true })
            current = current.Parent;
        return current is IArgumentOperation argument ? argument.Parent : current;
    }

    private static bool IsRemoval(IOperation? receiver) => receiver
        is IEventAssignmentOperation { Adds: false }
        or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract };

    /// <summary>
    /// Whether a call runs a loop that ends only when every <c>async void</c> function it has run has ended: the context of
    /// Nito.AsyncEx overrides <c>OperationStarted</c> and <c>OperationCompleted</c>, and throws what they throw.
    /// </summary>
    private bool CountsOperations(IOperation? receiver) =>
        receiver is IInvocationOperation { TargetMethod: { Name: "Run", ContainingType: var type } } && KnownTypes.Same(type, model.Types.AsyncContext);

    private bool IsRequestHandler(IDelegateCreationOperation creation) =>
        HandOvers.At(creation.Target) is { } handOver
        && (requestHandlers.IsHandedOver(handOver)
            || handOver.Receiver is IInvocationOperation call && KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.RequestDelegateFactory));

    private bool IsTurnedIntoTask(IOperation? receiver) =>
        receiver is IInvocationOperation { Parent: IConversionOperation { IsImplicit: false, Type: { } type } } && model.Awaitables.ResultOf(type) is not null;
}
