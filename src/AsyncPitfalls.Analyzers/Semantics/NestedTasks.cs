using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A task of a task of which nobody observes the inner one.</summary>
/// <param name="Maker">The call or object creation that makes it.</param>
/// <param name="Inner">The type of the inner task.</param>
/// <param name="Use">Where only the outer one is looked at, or is dropped.</param>
internal sealed record NestedTask(IOperation Maker, ITypeSymbol Inner, TaskDestination Use);

/// <summary>Which calls make a task of a task, as <c>StartNew(async …)</c> does, of which only the outer one is observed, or none.</summary>
internal sealed class NestedTasks(AsyncModel model)
{
    private readonly NestedTypes types = new(model);

    /// <summary>What is wrong with the task of a task that a call or object creation makes; null where it makes none, or somebody may observe the inner task.</summary>
    public NestedTask? Of(IOperation maker, CancellationToken cancellation)
    {
        // An object is made of work, or not at all.
        if (maker is IObjectCreationOperation { Arguments: var given } && !IsAnyWork(given))
            return null;
        if (types.InnerOf(maker.Type) is not { } inner || !MakesInner(maker, inner, cancellation) || model.Unexecuted.Holds(maker))
            return null;
        if (maker is IInvocationOperation call && model.DeliberateDrops.Is(call))
            return null;
        return new NestedTaskUses(model, types).LossOf(maker) is { } loss && !model.TaskDefects.HasBefore(maker, TaskDefect.Nested, cancellation)
            ? new NestedTask(maker, inner, loss)
            : null;
    }

    /// <summary>Whether the inner task begins with this call, and may go on after it.</summary>
    private bool MakesInner(IOperation maker, ITypeSymbol inner, CancellationToken cancellation)
    {
        if (maker is IObjectCreationOperation creation)
            return IsGivenWork(creation.Arguments, inner, cancellation) == true;
        if (maker is not IInvocationOperation call || IsWhenAny(call.TargetMethod) || model.Awaitables.Behind(call) != call)
            return false;
        if (IsFromResult(call.TargetMethod))
            return call.Arguments.Any(argument => model.Awaitables.Behind(argument.Value) is IInvocationOperation { TargetMethod: var made } && !IsFromResult(made));
        var declared = call.TargetMethod.MethodKind == MethodKind.DelegateInvoke ? call.Type : call.TargetMethod.OriginalDefinition.ReturnType;
        if (model.Awaitables.ResultOf(declared) is null)
            return false;
        return IsGivenWork(call.Arguments, inner, cancellation) ?? types.InnerOf(declared) is not null && !TakesTasks(call);
    }

    /// <summary>Whether an argument is a function that gives the inner task, still running; null where none of them gives a task.</summary>
    private bool? IsGivenWork(ImmutableArray<IArgumentOperation> arguments, ITypeSymbol inner, CancellationToken cancellation)
    {
        var works = arguments.Select(argument => WorkOf(argument.Value)).Where(work => work is not null && GivesTask(work)).ToList();
        return works.Count == 0 ? null : !works.All(work => IsOver(work!, inner, cancellation));
    }

    private bool IsWhenAny(IMethodSymbol method) => method.Name == "WhenAny" && KnownTypes.Same(method.ContainingType, model.Types.Task);

    /// <summary>Whether a method wraps what it is given: a task that is made on the spot is in nobody else's hands.</summary>
    private bool IsFromResult(IMethodSymbol method) => method.Name == "FromResult" && model.Awaitables.IsTaskOrValueTask(method.ContainingType);

    /// <summary>Whether a method is given the tasks of which it yields one, as those that wait for the first of several do.</summary>
    private bool TakesTasks(IInvocationOperation call) =>
        call.TargetMethod.MethodKind != MethodKind.DelegateInvoke
        && (types.IsTasks(call.Instance?.Type) || call.Arguments.Any(argument => types.IsTasks(argument.Value.Type)));

    /// <summary>What a delegate is made of, or the delegate itself where it comes from elsewhere; null for all other values.</summary>
    private static IOperation? WorkOf(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IDelegateCreationOperation creation ? creation.Target : value.Type?.TypeKind == TypeKind.Delegate ? value : null;
    }

    private static bool IsAnyWork(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (WorkOf(argument.Value) is not null)
                return true;
        }

        return false;
    }

    private bool GivesTask(IOperation work) => model.Awaitables.ResultOf(ReturnTypeOf(work)) is not null;

    private static ITypeSymbol? ReturnTypeOf(IOperation work) => work switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.ReturnType,
        IMethodReferenceOperation group => group.Method.ReturnType,
        _ => (work.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType,
    };

    /// <summary>Whether the task of a lambda has completed when the lambda returns, so that nothing is left running.</summary>
    private bool IsOver(IOperation work, ITypeSymbol inner, CancellationToken cancellation)
    {
        if (work is not IAnonymousFunctionOperation lambda)
            return false;
        if (lambda.Symbol.IsAsync)
            return types.InnerOf(lambda.Symbol.ReturnType) is null && model.NeverAwaits.Of(lambda) is not null;
        var returned = OwnOperations.Of(lambda.Body).OfType<IReturnOperation>().Select(statement => statement.ReturnedValue).ToList();
        return SymbolEqualityComparer.Default.Equals(lambda.Symbol.ReturnType, inner)
            && returned.All(value => value is not null && model.CompletedTasks.IsKnownCompleted(value, cancellation));
    }
}
