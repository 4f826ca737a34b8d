using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Work that is handed to the loop of another thread, to be run there later: the <c>DispatcherOperation</c>, task or
/// <c>IAsyncResult</c> of <c>Dispatcher.InvokeAsync</c> and its kin. A value in a variable is followed to its source.
/// </summary>
internal sealed class ForeignWork(AsyncModel model)
{
    private const int Farthest = 8;

    /// <summary>The call that handed over the work which a value stands for; the value itself where only its type tells; null for all other values.</summary>
    public IOperation? SourceOf(IOperation? value, CancellationToken cancellation) => SourceOf(value, Farthest, cancellation);

    private IOperation? SourceOf(IOperation? value, int steps, CancellationToken cancellation)
    {
        if (value is null || steps == 0)
            return null;
        var behind = ConditionalAccesses.Receiver(model.Awaitables.Behind(value))!;
        return behind switch
        {
            IInvocationOperation call => SourceOfCall(call, steps - 1, cancellation),
            IConditionalAccessOperation access => SourceOf(access.WhenNotNull, steps - 1, cancellation),
            IPropertyReferenceOperation { Property.Name: "Task", Instance: { } instance } when IsOperation(instance.Type) =>
                SourceOf(instance, steps - 1, cancellation),
            IArrayCreationOperation { Initializer: { } elements } => AnySource(elements.ElementValues, steps - 1, cancellation),
            _ => SourceOfVariable(behind, steps - 1, cancellation) ?? (IsOperation(behind.Type) ? behind : null),
        };
    }

    /// <summary>Whether a type is a dispatcher's operation.</summary>
    public bool IsOperation(ITypeSymbol? type) =>
        KnownTypes.SameOrBelow(type, model.Types.WpfDispatcherOperation) || KnownTypes.SameOrBelow(type, model.Types.AvaloniaDispatcherOperation);

    /// <summary>Whether a value is read in a handler of the event by which a dispatcher's operation tells that it is done.</summary>
    public bool IsOfCompletedEvent(IOperation value)
    {
        for (var current = value.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation)
                return HandOvers.At(current)?.Receiver is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { Name: "Completed" } handled } } && IsOperation(handled.ContainingType);
        }

        return false;
    }

    private IOperation? SourceOfVariable(IOperation read, int steps, CancellationToken cancellation)
    {
        if (model.AssignedValues.Of(read, cancellation) is not { } values)
            return null;
        IOperation? first = null;
        foreach (var value in values)
        {
            if (SourceOf(value, steps, cancellation) is not { } source)
                return null;
            first ??= source;
        }

        return first;
    }

    private IOperation? SourceOfCall(IInvocationOperation call, int steps, CancellationToken cancellation)
    {
        if (HandsOver(call, cancellation))
            return call;
        var method = call.TargetMethod;
        if (method.Name == "GetTask" && IsOperation(method.ContainingType))
            return SourceOf(call.Instance, steps, cancellation);
        if (method.Name == WellKnownMemberNames.GetAwaiter)
            return SourceOf(call.Instance ?? call.Arguments.FirstOrDefault()?.Value, steps, cancellation);
        if (KnownTypes.SameOrBelow(method.ContainingType, model.Types.Task) || KnownTypes.Same(method.ContainingType, model.Types.TaskExtensions))
            return SourceOf(call.Instance, steps, cancellation) ?? AnySource(call.Arguments.Select(argument => argument.Value), steps, cancellation);
        return IsOperation(call.Type) ? call : null;
    }

    private IOperation? AnySource(System.Collections.Generic.IEnumerable<IOperation> values, int steps, CancellationToken cancellation) =>
        values.Select(value => SourceOf(value, steps, cancellation)).FirstOrDefault(source => source is not null);

    /// <summary>Whether a call hands work over: its result stands for work that the loop of another thread will run.</summary>
    private bool HandsOver(IInvocationOperation call, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        var types = model.Types;
        return method.Name switch
        {
            "InvokeAsync" => KnownTypes.SameOrBelow(type, types.WpfDispatcher) || KnownTypes.SameOrBelow(type, types.AvaloniaDispatcher) || KnownTypes.SameOrBelow(type, types.WinFormsControl),
            "BeginInvoke" => KnownTypes.SameOrBelow(type, types.WpfDispatcher) || KnownTypes.SameOrBelow(type, types.SynchronizeInvoke),
            "InvokeOnMainThreadAsync" => KnownTypes.Same(type, types.MauiMainThread) || KnownTypes.Same(type, types.XamarinMainThread),
            "DispatchAsync" => KnownTypes.Same(type, types.MauiDispatcherExtensions),
            "EnqueueAsync" => Extended(method) is { } queue && IsQueue(queue),
            "ContinueWith" => KnownTypes.SameOrBelow(type, types.Task) && HasUiScheduler(call, cancellation),
            "StartNew" => IsFactory(type) && (HasUiScheduler(call, cancellation) || IsUiFactory(call.Instance, Farthest, cancellation)),
            "Run" => Extended(method) is { } factory && IsFactory(factory)
                && IsUiFactory(call.Arguments[0].Value, Farthest, cancellation),
            _ => false,
        };
    }

    private static ITypeSymbol? Extended(IMethodSymbol method) => method.IsExtensionMethod ? method.Parameters[0].Type : null;

    private bool IsQueue(ITypeSymbol type) =>
        KnownTypes.Same(type, model.Types.WinUIDispatcherQueue) || KnownTypes.Same(type, model.Types.WindowsDispatcherQueue);

    private bool IsFactory(ITypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.TaskFactory) || KnownTypes.SameOrBelow(type, model.Types.TaskFactoryOfT);

    private bool HasUiScheduler(IInvocationOperation call, CancellationToken cancellation) =>
        call.Arguments.Any(argument => IsUiScheduler(argument.Value, Farthest, cancellation));

    /// <summary>Whether a value is a scheduler that runs tasks in a synchronization context that was captured before.</summary>
    private bool IsUiScheduler(IOperation? value, int steps, CancellationToken cancellation) => Strip(value) switch
    {
        null => false,
        IInvocationOperation { TargetMethod: { Name: "FromCurrentSynchronizationContext" } method } => KnownTypes.Same(method.ContainingType, model.Types.TaskScheduler),
        var read => IsEach(read, steps, IsUiScheduler, cancellation),
    };

    /// <summary>Whether a value is a task factory whose tasks run on the loop of another thread.</summary>
    private bool IsUiFactory(IOperation? value, int steps, CancellationToken cancellation) => Strip(value) switch
    {
        null => false,
        IPropertyReferenceOperation { Property: { Name: "Factory" } property } when KnownTypes.Same(property.ContainingType, model.Types.AsyncContextThread) => true,
        IObjectCreationOperation creation => creation.Arguments.Any(argument => IsUiScheduler(argument.Value, steps, cancellation)),
        var read => IsEach(read, steps, IsUiFactory, cancellation),
    };

    private bool IsEach(IOperation read, int steps, System.Func<IOperation?, int, CancellationToken, bool> question, CancellationToken cancellation) =>
        steps > 0
        && model.AssignedValues.Of(read, cancellation) is { } values
        && values.All(value => question(value, steps - 1, cancellation));

    private static IOperation? Strip(IOperation? value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        return value;
    }
}
