using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which uses of a task that its constructor has made start it, or give it to somebody who may. What a task is asked for by
/// its own members, other than <c>Start</c> and <c>RunSynchronously</c>, leaves it as it is, and so do <c>WhenAll</c> and its like.
/// </summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="asksCallers">Whether the callers of a function that returns the task are looked at; else they are taken to start it.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class TaskStarts(AsyncModel model, bool asksCallers, CancellationToken cancellation) : PathQuestion
{
    public override bool IsAnsweredByOneUse => true;

    public override bool AnythingMayFail => true;

    public override bool TrustsQuestionsForState => false;

    public override PathEffect EffectOf(TaskDestination use) => use.End switch
    {
        TaskEnd.Awaited or TaskEnd.WaitedFor => PathEffect.Over,
        TaskEnd.Returned => IsStartedByReceiver(use.Place) ? PathEffect.Found : PathEffect.Over,
        TaskEnd.Inspected => Starts(use.Place) ? PathEffect.Found : PathEffect.GoesOn,
        TaskEnd.PassedOn or TaskEnd.Stored => IsOwnCall(use.Place) ? PathEffect.GoesOn : EffectInCombinator(use.Place),
        TaskEnd.Captured => PathEffect.Found,
        _ => PathEffect.GoesOn,
    };

    /// <summary>Whether the task is what <c>Start</c> or <c>RunSynchronously</c> is called on, or gets another name by a pattern.</summary>
    private static bool Starts(IOperation place) => place switch
    {
        IInvocationOperation { TargetMethod.Name: "Start" or "RunSynchronously" } => true,
        IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation =>
            place.Descendants().Any(operation => operation is IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null }),
        _ => false,
    };

    /// <summary>Whether a place is the call of a method that the framework's tasks declare, on the task itself.</summary>
    private bool IsOwnCall(IOperation place) =>
        place is IInvocationOperation { Instance: not null, TargetMethod.ContainingType: var type }
        && (KnownTypes.Same(type, model.Types.Task) || KnownTypes.Same(type, model.Types.TaskOfT) || type.SpecialType == SpecialType.System_Object);

    private PathEffect EffectInCombinator(IOperation place)
    {
        if (TaskDestinations.CallThatGets(place) is not { TargetMethod: { IsStatic: true } method } call || !KnownTypes.Same(method.ContainingType, model.Types.Task))
            return PathEffect.Found;
        return method.Name switch
        {
            "WaitAll" or "WaitAny" => PathEffect.Over,
            "WhenAll" or "WhenAny" => model.TaskFates.DestinationOf(call).End is TaskEnd.Awaited or TaskEnd.WaitedFor or TaskEnd.Returned ? PathEffect.Over : PathEffect.GoesOn,
            _ => PathEffect.Found,
        };
    }

    /// <summary>
    /// Whether a returned task goes to somebody who may start it: to the consumer of an iterator, whoever gets the lambda
    /// that returns it, or a caller in sight who does, or who returns it again.
    /// </summary>
    private bool IsStartedByReceiver(IOperation place)
    {
        if (!asksCallers || place.Kind == OperationKind.YieldReturn)
            return true;
        for (var current = place.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IAnonymousFunctionOperation lambda:
                    return IsStartedByReceiver(lambda);
                case ILocalFunctionOperation:
                    return IsStartedByCaller(current);
            }
        }

        return IsStartedByCaller(place);
    }

    private bool IsStartedByCaller(IOperation place) =>
        place.SemanticModel is { } semantics
        && (place is ILocalFunctionOperation ? place.Syntax : Functions.Around(place.Syntax)) is { } function
        && model.CallSites.Of(function, semantics, cancellation).Any(call => model.UnstartedTasks.MayBeStarted(call, asksCallers: false, cancellation));

    /// <summary>Whether whoever gets a lambda that returns the task may start it: what calls the parameter or local that holds the lambda.</summary>
    private bool IsStartedByReceiver(IAnonymousFunctionOperation lambda) => HandOvers.At(lambda) switch
    {
        { Parameter: { } parameter } => IsStartedThrough(parameter),
        { Receiver: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } } =>
            model.TaskFates.ReadsOf(local, lambda).Any(IsStartedBy),
        _ => false,
    };

    /// <summary>
    /// Whether the task that a delegate returns may be started by the method that gets it. Of methods that are not in sight,
    /// those may that take a delegate of anything, such as <c>GetOrAdd</c>; one of a task is awaited.
    /// </summary>
    private bool IsStartedThrough(IParameterSymbol parameter) =>
        BodyOf(parameter) is { } body
            ? body.Descendants().OfType<IParameterReferenceOperation>()
                .Any(read => SymbolEqualityComparer.Default.Equals(read.Parameter.OriginalDefinition, parameter.OriginalDefinition) && IsStartedBy(read))
            : parameter.OriginalDefinition.Type is not INamedTypeSymbol { DelegateInvokeMethod.ReturnType: not ITypeParameterSymbol };

    /// <summary>Whether a read of a delegate calls it and may start its task, or hands it to a method that may.</summary>
    private bool IsStartedBy(IOperation read) => read.Parent switch
    {
        IInvocationOperation call when call.Instance == read => model.UnstartedTasks.MayBeStarted(call, asksCallers, cancellation),
        IArgumentOperation { Parameter: { } parameter } =>
            BodyOf(parameter) is null
            && parameter.OriginalDefinition.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: ITypeParameterSymbol },
        _ => false,
    };

    /// <summary>The body of the method that has a parameter; null where it is not in sight.</summary>
    private IOperation? BodyOf(IParameterSymbol parameter) =>
        parameter.ContainingSymbol.OriginalDefinition is IMethodSymbol method ? model.Bodies.OperationOf(method, cancellation) : null;
}
